#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::routing {

/// How many insertions, deletions, changes and swaps of neighbours turn one name into the other (optimal string
/// alignment), without regard to case. Names beyond 128 bytes are as far apart as they are long.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The at most `most` names nearest to `name`, nearest first, then by name; only those within a third of its length, at
/// least two edits.
std::vector<std::string> near_matches(std::string_view name, const std::vector<std::string>& known,
                                      std::size_t most = 3);

/// "; did you mean a, b or c?" or nothing.
std::string did_you_mean(const std::vector<std::string>& names);

}  // namespace assay::routing
