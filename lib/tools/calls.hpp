#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/document.hpp"

namespace assay::tools {

/// What a model gave back: a text, or a JSON value (a string among them is a text too). A view; keep the owner alive.
class Output {
 public:
  explicit Output(std::string_view text) : text_(text), is_text_(true) {}
  explicit Output(json::View value) : text_(value.string_or("")), value_(value), is_text_(value.is_string()) {}

  bool is_text() const { return is_text_; }
  std::string_view text() const { return text_; }  ///< empty unless a text
  json::View value() const { return value_; }      ///< missing when a text was given as such

 private:
  std::string_view text_;
  json::View value_;
  bool is_text_;
};

struct Call {
  std::string name;
  std::string arguments;  ///< JSON text, as the model wrote it; empty when the call has none
};

/// The tool calls in an output, in order, of whatever vendor's shape: tool_calls (chat), function_call items, tool_use
/// blocks, functionCall parts, toolCall.functionCalls, plain {name} in a list; each as a value, as JSON text, or as
/// JSON blocks in a text (see json_blocks, whose limits apply). What is none of these holds no call.
Result<std::vector<Call>, std::string> read_calls(const Output& output);

}  // namespace assay::tools
