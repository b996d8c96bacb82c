#pragma once
#include <vector>

#include "json/document.hpp"
#include "tools/finding.hpp"
#include "tools/skill_used.hpp"
#include "tools/step.hpp"

namespace assay::tools {

/// trajectory:tool-used. Text or a list: each pattern matches some tool step (forbidden: none does). An object {name |
/// pattern, min = 1, max}: how many tool steps match. The verdict is fixed: `sense` has been taken into account.
Answer tool_used(const std::vector<Step>& steps, json::View value, Sense sense);

/// trajectory:tool-sequence: a list of patterns or matchers, or {mode: in_order | exact, steps}. Over tool steps only;
/// in_order is a subsequence.
Answer tool_sequence(const std::vector<Step>& steps, json::View value);

/// trajectory:tool-args-match {name | pattern, args, mode: partial | exact, defaults, ignore}: some matching tool call
/// has these arguments. Partial: every expected key is there and matches likewise, lists have equal lengths. Ignored
/// keys (names or globs, at the top) and arguments equal to their default are left out first.
Answer tool_args_match(const std::vector<Step>& steps, json::View value);

/// trajectory:step-count {type?, pattern?, min?, max?}: how many steps match.
Answer step_count(const std::vector<Step>& steps, json::View value);

}  // namespace assay::tools
