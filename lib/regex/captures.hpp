#pragma once
#include <optional>

#include "regex/refusal.hpp"
#include "regex/regex_tree.hpp"

namespace assay::regex {

/// Decides what each back reference means. One that JavaScript always finds unset (it stands before, inside or in
/// another alternative than its group, or the group is in a negative look) matches the empty text and becomes an empty
/// choice. One that is kept sees, in an engine that never forgets a group, what JavaScript sees, although JavaScript
/// forgets the groups of a repetition before each round and takes back rounds that matched nothing. Any other is
/// refused. Groups that nothing refers to become sequences.
///
/// Walks along the branches between a reference and its group: references × depth at most, 4 million steps.
std::optional<RegexFault> resolve_back_references(RegexTree& tree);

}  // namespace assay::regex
