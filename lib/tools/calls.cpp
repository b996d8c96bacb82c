#include "tools/calls.hpp"

#include <optional>

#include "json/grammar.hpp"
#include "tools/json_blocks.hpp"

namespace assay::tools {
namespace {

using json::View;
using Calls = std::vector<Call>;

constexpr int kMaxQuoting = 8;

/// Arguments come as JSON text (chat) or as a value (all others).
std::string arguments_of(View call) {
  for (const std::string_view key : {"arguments", "input", "args", "parameters"}) {
    const View arguments = call[key];
    if (arguments.is_string()) return std::string(arguments.string_or(""));
    if (arguments.exists()) return arguments.dump();
  }
  return {};
}

bool is_container(View value) {
  return value.is_object() || value.is_array();
}

void add(Calls& calls, View call) {
  const View name = call["name"];
  if (name.is_string()) calls.push_back({std::string(name.string_or("")), arguments_of(call)});
}

bool typed(View block, std::string_view type) {
  return block["type"].string_or("") == type && block["name"].is_string();
}

void add_chat_calls(Calls& calls, View list) {
  for (const View call : list.elements()) {
    if (call["function"].is_object()) add(calls, call["function"]);
    add(calls, call);
  }
}

void add_element(Calls& calls, View block) {
  if (typed(block, "tool_use")) return add(calls, block);
  if (is_container(block["functionCall"])) return add(calls, block["functionCall"]);
  if (is_container(block["function"])) return add(calls, block["function"]);
  add(calls, block);
}

void add_value(Calls& calls, View value) {
  if (value.is_array()) {
    for (const View element : value.elements()) add_element(calls, element);
  } else if (value["tool_calls"].is_array()) {
    add_chat_calls(calls, value["tool_calls"]);
  } else if (typed(value, "tool_use") || typed(value, "function_call")) {
    add(calls, value);
  } else if (is_container(value["functionCall"])) {
    add(calls, value["functionCall"]);
  } else {
    for (const View call : value["toolCall"]["functionCalls"].elements()) add(calls, call);
  }
}

std::optional<std::string> add_blocks(Calls& calls, std::string_view text) {
  const auto blocks = json_blocks(text);
  if (!blocks) return blocks.error();
  for (const json::Document& block : *blocks) add_value(calls, block.root());
  return std::nullopt;
}

}  // namespace

Result<Calls, std::string> read_calls(const Output& output) {
  Calls calls;
  if (!output.is_text()) {
    add_value(calls, output.value());
    return calls;
  }
  std::string text(output.text());
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 512;
  for (int quoting = 0; quoting < kMaxQuoting; ++quoting) {
    const auto document = json::parse(text, limits);
    if (!document) {
      if (json::is_json(text)) return failure("the output as JSON: " + to_string(document.error()));
      if (const auto limit = add_blocks(calls, text)) return failure(*limit);
      return calls;
    }
    if (!document->root().is_string()) {
      add_value(calls, document->root());
      return calls;
    }
    text = std::string(document->root().string_or(""));
  }
  return failure("the output is JSON text inside JSON text more than 8 times");
}

}  // namespace assay::tools
