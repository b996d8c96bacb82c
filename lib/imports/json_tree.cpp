#include "imports/json_tree.hpp"

#include <algorithm>
#include <vector>

#include "json/document.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

json::Limits limits() {
  json::Limits limits;
  limits.max_values = 1'000'000;
  limits.duplicates = json::Limits::Duplicates::refuse;
  limits.nul = json::Limits::Nul::refuse;
  return limits;
}

/// Where bytes of a text stand. Asked mostly from left to right.
class Places {
 public:
  Places(const std::string& source, std::string_view text, int first_line)
      : source_(source), lines_(text), first_line_(first_line) {
    starts_.push_back(0);
    for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) starts_.push_back(at + 1);
  }

  source::Place of(std::size_t byte) {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), byte);
    const auto line = static_cast<int>(next - starts_.begin());
    return {source_, line + first_line_ - 1, columns_.column(lines_, line, byte - *(next - 1))};
  }

 private:
  const std::string& source_;
  source::Lines lines_;
  int first_line_;
  std::vector<std::size_t> starts_;
  source::ColumnCounter columns_;
};

/// Where the key begins whose value begins at `value`.
std::size_t key_start(std::string_view text, std::size_t value) {
  const std::size_t closing = text.rfind('"', text.rfind(':', value - 1));
  std::size_t at = closing;
  do {
    at = text.rfind('"', at - 1);
    const std::size_t plain = text.find_last_not_of('\\', at - 1);
    if ((at - 1 - plain) % 2 == 0) return at;
  } while (at > 0);
  return value;
}

class Converter {
 public:
  Converter(std::string_view text, json::View root, Places& places)
      : text_(text), start_(root.raw().data() - text.find_first_not_of(" \t\r\n")), places_(places) {}

  // Recursion is bounded by the depth that the parser allows.
  Node node(json::View value) {
    Node made;
    made.place = places_.of(offset(value));
    switch (value.kind()) {
      case json::Kind::array:
        made.kind = Node::Kind::list;
        for (const json::View item : value.elements()) made.items.push_back(node(item));
        break;
      case json::Kind::object:
        made.kind = Node::Kind::map;
        for (const auto& [key, member] : value.members()) {
          source::Place place = places_.of(key_start(text_, offset(member)));
          made.members.push_back({std::string(key), std::move(place), node(member)});
        }
        break;
      case json::Kind::string:
        made.kind = Node::Kind::scalar;
        made.text = *value.as_string();
        break;
      case json::Kind::boolean:
      case json::Kind::number:
        made.kind = Node::Kind::scalar;
        made.plain = true;
        made.text = value.raw();
        break;
      case json::Kind::missing:
      case json::Kind::null:
        break;
    }
    return made;
  }

 private:
  std::size_t offset(json::View value) const { return static_cast<std::size_t>(value.raw().data() - start_); }

  std::string_view text_;
  const char* start_;
  Places& places_;
};

}  // namespace

Result<Node, source::Fault> read_json(const std::string& source, std::string_view text, int first_line) {
  const auto document = json::parse(text, limits());
  if (!document) {
    const json::ParseError& error = document.error();
    source::Fault fault;
    fault.place = {source, static_cast<int>(error.line) + first_line - 1, static_cast<int>(error.column)};
    fault.message = "JSON: " + error.message;
    return failure(std::move(fault));
  }
  Places places(source, text, first_line);
  return Converter(text, document->root(), places).node(document->root());
}

}  // namespace assay::imports
