#pragma once
#include <string>
#include <string_view>

namespace assay::javascript {

/// The body of `(output, context) => …` from an assertion's value, as promptfoo reads it: what has several lines is a
/// body already; one line is the expression to return, or declarations (const, let, var) followed by one after their
/// last semicolon. Semicolons inside quotes and templates do not count; those inside regex literals do.
std::string function_body(std::string_view value);

}  // namespace assay::javascript
