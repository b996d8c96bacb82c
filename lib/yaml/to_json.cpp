#include "yaml/to_json.hpp"

#include <optional>

#include "json/document.hpp"
#include "json/number.hpp"
#include "json/writer.hpp"
#include "yaml/scalar.hpp"

namespace assay::yaml {
namespace {

std::string number_text(double value) {
  const std::string text = json::javascript_number(value);
  return text == "NaN" || text.ends_with("Infinity") ? "null" : text;
}

void write_scalar(json::Writer& out, const Node& node) {
  const Meaning meaning = meaning_of(node);
  switch (meaning.kind) {
    case Meaning::Kind::null:
      out.null();
      break;
    case Meaning::Kind::boolean:
      out.boolean(meaning.truth);
      break;
    case Meaning::Kind::number:
      out.raw(number_text(meaning.number));
      break;
    case Meaning::Kind::text:
      out.string(node.text);
      break;
  }
}

// Recursion is as deep as the tree, which its reader has bounded.
void write(json::Writer& out, const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
    case Node::Kind::scalar:
      write_scalar(out, node);
      break;
    case Node::Kind::list:
      out.begin_array();
      for (const Node& item : node.items) write(out, item);
      out.end_array();
      break;
    case Node::Kind::map:
      out.begin_object();
      for (const Node::Member& member : node.members) write(out.key(member.key), member.value);
      out.end_object();
      break;
  }
}

// Recursion is as deep as the parser allows.
void write(json::Writer& out, json::View value) {
  if (value.is_object()) {
    out.begin_object();
    for (const auto& [key, member] : value.members()) write(out.key(key), member);
    out.end_object();
  } else if (value.is_array()) {
    out.begin_array();
    for (const json::View item : value.elements()) write(out, item);
    out.end_array();
  } else if (const auto number = value.as_double()) {
    out.raw(number_text(*number));
  } else {
    out.view(value);
  }
}

/// JSON is YAML, but for pairs of escapes ("\ud83d\ude00"): those only JSON puts together.
std::optional<std::string> from_json(std::string_view text) {
  json::Limits limits;
  limits.max_bytes = Limits::foreign().bytes;
  limits.max_depth = Limits::foreign().depth;
  limits.max_values = Limits::foreign().nodes;
  limits.duplicates = json::Limits::Duplicates::refuse;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool may_be = first != text.npos && (text[first] == '{' || text[first] == '[' || text[first] == '"');
  const auto document = may_be ? json::parse(text, limits) : failure(json::ParseError());
  if (!document) return std::nullopt;
  std::string made;
  json::Writer out(made);
  write(out, document->root());
  return made;
}

}  // namespace

std::string to_json(const Node& node) {
  std::string text;
  json::Writer out(text);
  write(out, node);
  return text;
}

Result<std::string, std::string> to_json(std::string_view text) {
  if (auto json = from_json(text)) return std::move(*json);
  const Tree tree = read("", text, Limits::foreign());
  if (tree.faults.empty()) return to_json(tree.root);
  const Fault& fault = tree.faults.front();
  return failure("line " + std::to_string(fault.place.line) + ", column " + std::to_string(fault.place.column) + ": " +
                 fault.message);
}

}  // namespace assay::yaml
