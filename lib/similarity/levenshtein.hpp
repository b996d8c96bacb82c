#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "similarity/limits.hpp"

namespace assay::similarity {

/// The edit distance of two texts in UTF-16 code units, as JavaScript libraries count it: insertions, deletions and
/// replacements of one unit, each costing 1.
///
/// Bit-parallel (G. Myers, "A fast bit-vector algorithm for approximate string matching", 1999, in blocks of 64 rows
/// as H. Hyyrö, 2003), only as wide as the distance needs (E. Ukkonen, 1985). One step is 64 cells. Memory grows with
/// the sum of the lengths. Two texts of 100 KiB that have nothing in common take about 2^28 steps; texts that are
/// nearly equal take a thousandth of that.
Result<std::size_t, std::string> levenshtein(std::string_view a, std::string_view b,
                                             std::uint64_t max_steps = default_max_steps);

/// The same when it is at most `most`, else nothing: steps grow with length × most / 64.
Result<std::optional<std::size_t>, std::string> levenshtein_within(std::string_view a, std::string_view b,
                                                                   std::size_t most,
                                                                   std::uint64_t max_steps = default_max_steps);

/// 1 - distance / length of the longer text; 1 for two empty ones.
Result<double, std::string> levenshtein_ratio(std::string_view a, std::string_view b,
                                              std::uint64_t max_steps = default_max_steps);

}  // namespace assay::similarity
