#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "job/suite.hpp"
#include "json/document.hpp"

namespace assay::suite {

/// Why a text is not a suite, and where: "cases[3].assertions[0].type"; the path is empty for the text as a whole.
struct Fault {
  std::string path, message;
};

/// Reads a suite in the form in which it is stored (docs: the columns of the suite table):
///
///   {"name", "prompt": text | {"sections": […]} | any JSON,
///    "cases": [{"title", "input", "expected_output"?, "tags"?, "assertions": [{"type"?, "value"?}]}],
///    "dialect"?, "on_unknown"?, "defaults"?: {as read_sampling() takes it}}
///
/// In the dialects promptfoo and strict the suite may have "templates", a case "vars", "threshold" and "metadata" and
/// no input, an assertion "threshold", "weight", "metric", "config", "transform", and in a set its members as "assert".
///
/// Null counts as absent. Keys it does not know are faults, so that a suite written for a newer program is not half
/// understood. Whether the assertions can be judged is not asked here (assertions::compile_suite). Nesting up to 1024.
Result<Suite, Fault> read(std::string_view json_text);

/// The list of assertions of one case; paths begin at "assertions".
Result<std::vector<AssertionSpec>, Fault> read_assertions(json::View list, AssertionDialect dialect);

}  // namespace assay::suite
