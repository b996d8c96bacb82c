#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "similarity/limits.hpp"

namespace assay::similarity {

/// Likeness of two short texts, such as names, 0 to 1, by characters. One empty side gives 0, two give 1. A step is a
/// pair of characters within the window; memory grows with the sum of the lengths.

/// Jaro (M. A. Jaro, 1989): the mean of m/|a|, m/|b| and (m - t)/m, with m the characters that match within a window
/// of half the longer text, and t half of those out of order.
Result<double, std::string> jaro(std::string_view a, std::string_view b, std::uint64_t max_steps = default_max_steps);

/// Jaro-Winkler (W. E. Winkler, 1990): above 0.7, plus a tenth of what is missing for each of up to four characters
/// that both begin with.
Result<double, std::string> jaro_winkler(std::string_view a, std::string_view b,
                                         std::uint64_t max_steps = default_max_steps);

}  // namespace assay::similarity
