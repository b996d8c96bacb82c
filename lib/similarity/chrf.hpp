#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "similarity/limits.hpp"

namespace assay::similarity {

/// chrF2 of one text (M. Popović, "chrF: character n-gram F-score for automatic MT evaluation", 2015), 0 to 1, with
/// the choices of sacreBLEU: characters of all kinds but white space, case kept; n-grams of 1 to 6; precision and
/// recall are means over the orders that both texts have; F with beta 2, recall counting four times; the best
/// reference. Neither side having a character gives 0. A step is one character of a text compared with a reference.
Result<double, std::string> chrf(std::string_view candidate, std::span<const std::string> references,
                                 std::uint64_t max_steps = default_max_steps);

}  // namespace assay::similarity
