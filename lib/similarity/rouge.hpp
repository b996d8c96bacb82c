#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "similarity/limits.hpp"

namespace assay::similarity {

/// ROUGE of two texts (C.-Y. Lin, "ROUGE: a package for automatic evaluation of summaries", 2004), lowered as
/// JavaScript does it, over treebank_tokens(): F1 of precision and recall, 0 when one side has no token.

/// promptfoo's rouge-n: single tokens, each met as often as it is there. As there, a text of more than 1,000,000 units
/// in its tokens is an error.
Result<double, std::string> rouge_n(std::string_view candidate, std::string_view reference);

/// ROUGE-L of one sentence: the longest common subsequence of the tokens. A step is 64 pairs of tokens.
Result<double, std::string> rouge_l(std::string_view candidate, std::string_view reference,
                                    std::uint64_t max_steps = default_max_steps);

/// The harmonic mean of two shares, in the order of operations that js-rouge uses.
double f1(double precision, double recall);

}  // namespace assay::similarity
