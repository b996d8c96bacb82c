#pragma once
#include <functional>
#include <string>

#include "base/result.hpp"
#include "json/document.hpp"
#include "tools/calls.hpp"
#include "tools/finding.hpp"

namespace assay::tools {

/// What a JSON Schema says of a value. A schema that cannot be used is an answer here, not an error: the call counts as
/// invalid.
struct SchemaAnswer {
  enum class Kind { fits, differs, broken };
  Kind kind = Kind::fits;
  std::string why;
};

/// Checks a value against a schema; the error names a limit.
using SchemaCheck = std::function<Result<SchemaAnswer, std::string>(json::View schema, json::View value)>;

/// is-valid-openai-tools-call: the output (a value, or its tool_calls) is a list of {function: {name, arguments: JSON
/// text}}, each name among `tools` and its arguments fitting that tool's parameters. Text with "MCP Tool Error" does
/// not hold, text with "MCP Tool Result" does. The verdict is fixed: `not-` does not turn it.
Answer valid_tools_call(const Output& output, json::View tools, const SchemaCheck& check);

/// is-valid-function-call: one {name, arguments: JSON text} (or the function_call of the output) whose name is among
/// `functions` and whose arguments fit its parameters. `functions` that hold functionDeclarations mean the other
/// vendor's form: functionCall parts, or toolCall.functionCalls, with their `args`. The verdict is fixed.
Answer valid_function_call(const Output& output, json::View functions, const SchemaCheck& check);

}  // namespace assay::tools
