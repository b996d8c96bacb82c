#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace assay::source {

/// Edits (insert, delete, replace, swap of neighbours) that turn one name into the other, without regard to case.
/// Names are compared by their first 80 bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate a mistyped name most likely means; empty when none is near: more than 2 edits or a third of the name.
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace assay::source
