#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"
#include "similarity/limits.hpp"

namespace assay::similarity {

/// How alike two lists are when their items need not be equal, 0 to 1: items are paired, each at most once and whatever
/// their order, so that the sum of levenshtein_ratio() is largest; that sum over the length of the longer list. Two
/// empty lists are alike, an empty one is unlike any other.
///
/// The assignment is solved exactly (H. W. Kuhn, "The Hungarian method for the assignment problem", 1955). Steps: a
/// pair of items or 64 cells of an edit distance; shorter² × longer for the assignment.
Result<double, std::string> list_likeness(std::span<const std::string> found, std::span<const std::string> wanted,
                                          std::uint64_t max_steps = default_max_steps);

}  // namespace assay::similarity
