#include "yaml/to_json.hpp"

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

}  // namespace

std::string to_json(const Node& node) {
  std::string text;
  json::Writer out(text);
  write(out, node);
  return text;
}

Result<std::string, std::string> to_json(std::string_view text) {
  const Tree tree = read("", text, Limits::foreign());
  if (tree.faults.empty()) return to_json(tree.root);
  const Fault& fault = tree.faults.front();
  return failure("line " + std::to_string(fault.place.line) + ", column " + std::to_string(fault.place.column) + ": " +
                 fault.message);
}

}  // namespace assay::yaml
