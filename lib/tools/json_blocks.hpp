#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/document.hpp"

namespace assay::tools {

/// The JSON objects and arrays in text that is not JSON as a whole: those that start a line (after white space), end
/// one, and stand outside fenced code. Brackets are matched outside strings; a string ends with its line, and list
/// items may hold fences. A block that is not JSON is searched for smaller ones.
///
/// The error names a limit: 65,536 brackets without a partner, work of four times the text, or one of json::Limits.
Result<std::vector<json::Document>, std::string> json_blocks(std::string_view text);

}  // namespace assay::tools
