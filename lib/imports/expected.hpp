#pragma once
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "imports/test.hpp"

namespace assay::imports {

/// What a cell of an `__expected` column asserts: "contains: Paris", "not-similar(0.9): text", "llm-rubric: …",
/// "fn: code"; anything else is text to be equal to. The cell is trimmed before. An assertion in the suite's form, or
/// why there is none (a quoted list that does not close; a script in a file).
Result<yaml::Node, std::string> assertion_from_text(std::string_view expected, const source::Place& place);

/// A number as promptfoo's tables know it: a decimal literal with spaces around, nothing else. Empty when it is none.
std::optional<double> number_in_cell(std::string_view cell);

}  // namespace assay::imports
