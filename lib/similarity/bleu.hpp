#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "similarity/limits.hpp"

namespace assay::similarity {

/// Scores of a translation by n-grams of one to four words, with the exact choices of promptfoo 0.123.1: words are
/// lowered and split at white space, punctuation stays with them. No reference is an error. A step is one word of a
/// text compared with a reference.

/// BLEU of one sentence (K. Papineni and others, 2002): brevity × exp(mean of log precision over the orders that the
/// candidate is long enough for). For each order the precision against the best reference, 1e-7 when nothing is met.
/// Brevity is exp(1 - r/c) for a candidate of c <= r words; r is the nearest reference length, of two the shorter.
Result<double, std::string> bleu(std::string_view candidate, std::span<const std::string> references,
                                 std::uint64_t max_steps = default_max_steps);

/// Google-BLEU (Y. Wu and others, 2016): n-grams of all orders met, over those of the longer text; the best reference.
/// Points at the end of each word are dropped. 1 for the same words, 0 when none is left.
Result<double, std::string> gleu(std::string_view candidate, std::span<const std::string> references,
                                 std::uint64_t max_steps = default_max_steps);

}  // namespace assay::similarity
