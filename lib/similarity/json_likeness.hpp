#pragma once
#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "json/document.hpp"
#include "similarity/limits.hpp"
#include "similarity/numbers.hpp"

namespace assay::similarity {

/// How alike two JSON values are, 0 to 1, by structure:
///   different kinds 0 · null with null 1 · booleans 1 when equal, else 0
///   numbers: 1 within the tolerance, else 1 - |a - b| / (|a| + |b|), which is 0 for opposite signs
///   texts: levenshtein_ratio()
///   objects: the mean over the keys of either; a key that one lacks counts 0; the last of duplicate keys counts
///   arrays: the sum over the best pairing that keeps the order of both, divided by the longer length, so that one
///   inserted element costs one element
///   two empty objects or arrays 1
///
/// A step is a pair of values compared, or 64 cells of an edit distance; pairs inside arrays that differ multiply.
/// A missing value and more than 128 levels are errors.
Result<double, std::string> json_likeness(json::View a, json::View b, const Tolerance& tolerance = {},
                                          std::uint64_t max_steps = default_max_steps);

}  // namespace assay::similarity
