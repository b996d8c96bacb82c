#include "tools/gemini_call.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "json/grammar.hpp"
#include "json/utf8.hpp"
#include "json/writer.hpp"
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

std::optional<std::string_view> lower_type(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> types = {
      {{"TYPE_UNSPECIFIED", "type_unspecified"},
       {"STRING", "string"},
       {"NUMBER", "number"},
       {"INTEGER", "integer"},
       {"BOOLEAN", "boolean"},
       {"ARRAY", "array"},
       {"OBJECT", "object"}}};
  for (const auto& [upper, lower] : types) {
    if (type == upper) return lower;
  }
  return std::nullopt;
}

/// Recurses as deep as the document does, which its reader has bounded.
void write_lowered(json::Writer& out, View node, bool is_type) {
  if (node.is_object()) {
    out.begin_object();
    for (const auto& [key, value] : node.members()) {
      out.key(key);
      write_lowered(out, value, key == "type");
    }
    out.end_object();
  } else if (node.is_array()) {
    out.begin_array();
    for (const View element : node.elements()) write_lowered(out, element, is_type);
    out.end_array();
  } else if (const auto lower = is_type ? lower_type(node.string_or("")) : std::nullopt) {
    out.string(*lower);
  } else {
    out.view(node);
  }
}

/// A value that may also be given as JSON text. Owns what it parsed.
struct Parsed {
  std::optional<json::Document> document;
  View value;
};

Result<Parsed, std::string> parsed(View value, std::string_view text, bool is_text) {
  if (!is_text) return Parsed{std::nullopt, value};
  auto document = json::parse(text, json::Limits::foreign());
  if (!document) {
    if (json::is_json(text)) return failure("a function call: " + to_string(document.error()));
    return Parsed{};
  }
  const View root = document->root();
  return Parsed{std::move(*document), root};
}

View declaration_of(View tools, std::string_view name) {
  for (const View tool : tools.elements()) {
    const View declarations = tool["functionDeclarations"];
    if (!declarations.exists()) continue;
    for (const View declaration : declarations.elements()) {
      if (declaration["name"].as_string() == name) return declaration;
    }
    return {};
  }
  return {};
}

Answer check_call(View call, View tools, const SchemaCheck& check) {
  const std::string_view name = call["name"].string_or("");
  const std::string shown = "\"" + std::string(json::truncate_utf8(name, 120)) + "\"";
  const auto arguments = parsed(call["args"], call["args"].string_or(""), call["args"].is_string());
  if (!arguments) return failure(arguments.error());
  if (!arguments->value.exists() || arguments->value.is_null()) return verdict(false, shown + " has no arguments");
  const View declaration = declaration_of(tools, name);
  if (!declaration.exists()) return verdict(false, "no function " + shown + " was offered");

  const bool takes_some = truthy(declaration["parameters"]);
  if (arguments->value.size() == 0) {
    if (arguments->value.is_object() && !takes_some) return verdict(true, "the call of " + shown + " is valid");
    return verdict(false, shown + " was called without arguments");
  }
  if (!takes_some) return verdict(false, shown + " takes no arguments");
  std::string lowered;
  json::Writer writer(lowered);
  write_lowered(writer, declaration["parameters"], false);
  const auto schema = json::parse(lowered, json::Limits::foreign());
  if (!schema) return failure("the parameters of " + shown + ": " + to_string(schema.error()));
  const auto answer = check(schema->root(), arguments->value);
  if (!answer) return failure(answer.error());
  if (answer->kind == SchemaAnswer::Kind::fits) return verdict(true, "the call of " + shown + " is valid");
  return verdict(false, shown + ": " + answer->why);
}

std::optional<std::vector<View>> calls_in(View output) {
  std::vector<View> calls;
  if (output.is_object() && output["toolCall"].exists()) {
    const View list = output["toolCall"]["functionCalls"];
    if (!list.is_array()) return std::nullopt;
    for (const View call : list.elements()) calls.push_back(call);
    return calls;
  }
  if (!output.is_array()) return std::nullopt;
  for (const View part : output.elements()) {
    if (part["functionCall"].exists()) calls.push_back(part["functionCall"]);
  }
  return calls;
}

}  // namespace

Answer valid_gemini_call(const Output& output, View tools, const SchemaCheck& check) {
  const auto value = parsed(output.value(), output.text(), output.is_text());
  if (!value) return failure(value.error());
  const auto calls = calls_in(value->value);
  if (!calls) return verdict(false, "the output holds no function calls");
  for (const View call : *calls) {
    Answer answer = check_call(call, tools, check);
    if (!answer || !answer->holds) return answer;
  }
  return verdict(true, std::to_string(calls->size()) + " valid function calls");
}

}  // namespace assay::tools
