#include "tools/valid_call.hpp"

#include <optional>

#include "json/grammar.hpp"
#include "json/utf8.hpp"
#include "tools/gemini_call.hpp"
#include "tools/values.hpp"

namespace assay::tools {
namespace {

using json::View;

Finding verdict(bool holds, std::string found) {
  Finding finding;
  finding.holds = holds;
  finding.fixed = true;
  finding.found = std::move(found);
  return finding;
}

std::string quoted(std::string_view name) {
  return "\"" + std::string(json::truncate_utf8(name, 120)) + "\"";
}

std::optional<Finding> mcp_verdict(const Output& output) {
  const std::string dumped = output.is_text() ? std::string() : output.value().dump();
  const std::string_view text = output.is_text() ? output.text() : std::string_view(dumped);
  if (text.find("MCP Tool Error") != text.npos) return verdict(false, "the output tells of an MCP tool's error");
  if (text.find("MCP Tool Result") != text.npos) return verdict(true, "the output holds an MCP tool's result");
  return std::nullopt;
}

/// Of functions by the same name the first, as the vendor's own helper takes it.
View parameters_of(const std::vector<View>& functions, std::string_view name) {
  for (const View function : functions) {
    if (function["name"].as_string() == name) return function["parameters"];
  }
  return {};
}

bool well_shaped(View call) {
  return call["name"].is_string() && call["arguments"].is_string();
}

Answer check_call(View call, const std::vector<View>& functions, const SchemaCheck& check) {
  if (call["function_call"].exists()) call = call["function_call"];
  if (!well_shaped(call)) return verdict(false, "a function call needs a name and arguments as JSON text");
  const std::string_view name = call["name"].string_or(""), text = call["arguments"].string_or("");
  const auto arguments = json::parse(text, json::Limits::foreign());
  if (!arguments) {
    if (json::is_json(text)) return failure("arguments of " + quoted(name) + ": " + to_string(arguments.error()));
    return verdict(false, "the arguments of " + quoted(name) + " are not JSON: " + to_string(arguments.error()));
  }
  const View schema = parameters_of(functions, name);
  if (!truthy(schema)) return verdict(false, "no function " + quoted(name) + " with parameters was offered");
  const auto answer = check(schema, arguments->root());
  if (!answer) return failure(answer.error());
  if (answer->kind == SchemaAnswer::Kind::fits) return verdict(true, "the call of " + quoted(name) + " is valid");
  return verdict(false, quoted(name) + ": " + answer->why);
}

std::vector<View> chat_functions(View tools) {
  std::vector<View> functions;
  for (const View tool : tools.elements()) {
    if (tool["type"].string_or("") == "function" && tool["function"].exists()) functions.push_back(tool["function"]);
  }
  return functions;
}

bool has_declarations(View functions) {
  for (const View tool : functions.elements()) {
    if (tool["functionDeclarations"].exists()) return true;
  }
  return false;
}

}  // namespace

Answer valid_tools_call(const Output& output, View tools, const SchemaCheck& check) {
  if (auto mcp = mcp_verdict(output)) return *std::move(mcp);
  const View listed_calls = output.value()["tool_calls"];
  const View calls = listed_calls.exists() ? listed_calls : output.value();
  if (!calls.is_array() || calls.size() == 0) return verdict(false, "the output is not a list of tool calls");
  for (const View call : calls.elements()) {
    if (!well_shaped(call["function"])) {
      return verdict(false, "a tool call needs a function with a name and arguments as JSON text");
    }
  }
  if (!truthy(tools)) return verdict(false, "tools were called, but none were offered");
  const std::vector<View> functions = chat_functions(tools);
  for (const View call : calls.elements()) {
    Answer answer = check_call(call["function"], functions, check);
    if (!answer || !answer->holds) return answer;
  }
  return verdict(true, std::to_string(calls.size()) + " valid tool calls");
}

Answer valid_function_call(const Output& output, View functions, const SchemaCheck& check) {
  if (has_declarations(functions)) return valid_gemini_call(output, functions, check);
  if (output.is_text()) return verdict(false, "the output is text, not a function call");
  std::vector<View> offered;
  for (const View function : functions.elements()) offered.push_back(function);
  return check_call(output.value(), offered, check);
}

}  // namespace assay::tools
