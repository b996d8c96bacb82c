#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "tools/calls.hpp"
#include "tools/finding.hpp"

namespace assay::tools {

/// The names that a tool-call-f1 value expects: an array, or text with commas. The error says what is wrong with it.
Result<std::vector<std::string>, std::string> expected_tools(json::View value);

/// The set of names called against the set expected: F1 = 2PR/(P+R), held against the threshold (promptfoo's default
/// is 1). Order and repetition do not count.
Answer tool_call_f1(const Output& output, const std::vector<std::string>& expected, double threshold);

}  // namespace assay::tools
