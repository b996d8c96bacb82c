#include "yaml/builder.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "json/number.hpp"
#include "yaml/scalar.hpp"

namespace assay::yaml {
namespace {

constexpr std::size_t most_faults = 100;
constexpr std::string_view tag_start = "tag:yaml.org,2002:";

/// A key as JavaScript names an object's property.
std::string key_text(const Node& key) {
  const Meaning meaning = meaning_of(key);
  switch (meaning.kind) {
    case Meaning::Kind::null:
      return "null";
    case Meaning::Kind::boolean:
      return meaning.truth ? "true" : "false";
    case Meaning::Kind::number:
      return json::javascript_number(meaning.number);
    case Meaning::Kind::text:
      break;
  }
  return key.text;
}

bool is_no_tag(const std::string& tag) {
  return tag.empty() || tag == "?" || tag == "!";
}

/// Whether a tag of the core schema allows what a plain scalar means.
bool allows(std::string_view name, const Meaning& meaning) {
  if (name == "null") return meaning.kind == Meaning::Kind::null;
  if (name == "bool") return meaning.kind == Meaning::Kind::boolean;
  if (name == "float") return meaning.kind == Meaning::Kind::number;
  return name == "int" && meaning.kind == Meaning::Kind::number && meaning.number == std::trunc(meaning.number);
}

std::string tag_name(const std::string& tag) {
  return tag.starts_with(tag_start) ? "!!" + tag.substr(tag_start.size()) : tag;
}

}  // namespace

Fault Builder::fault(const YAML::Mark& mark, std::string message) const {
  Fault made;
  made.place = mark.is_null() ? Place{source_, 1, 1} : place(mark);
  made.message = std::move(message);
  quote_line(made, lines_, "");
  return made;
}

Fault Builder::syntax_fault(const YAML::Exception& reason) const {
  const bool at_the_end = reason.mark.line >= lines_.count();
  if (at_the_end) return fault(last_, "YAML: a quote or bracket is opened here or below and never closed");
  return fault(reason.mark, "YAML: " + reason.msg);
}

void Builder::OnDocumentStart(const YAML::Mark& mark) {
  if (documents_++ > 0) throw Refused{mark, "a second document; one file holds one"};
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  refuse_extras(mark, "", anchor);
  Value value{node(Node::Kind::null, mark)};
  keep(anchor, mark, value);
  add(std::move(value), mark);
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (limits_.extras == Limits::Extras::refused) throw Refused{mark, "aliases are not accepted; write the value out"};
  const auto found = kept_.find(anchor);
  if (found == kept_.end()) throw Refused{mark, "an alias of a value that it is part of"};
  spend(mark, found->second.nodes);
  if (stack_.size() + found->second.height > limits_.depth)
    throw Refused{mark, "nested more than " + std::to_string(limits_.depth) + " deep"};
  add(found->second, mark);
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       const std::string& value) {
  refuse_extras(mark, tag, anchor);
  Value made{node(Node::Kind::scalar, mark)};
  made.node.text = value;
  made.node.plain = tag == "?";
  if (!is_no_tag(tag) && tag != std::string(tag_start) + "str") {
    const std::string_view name = tag.starts_with(tag_start) ? std::string_view(tag).substr(tag_start.size()) : "";
    const bool known = name == "int" || name == "float" || name == "bool" || name == "null";
    if (!known) throw Refused{mark, "the tag " + tag_name(tag) + " is not accepted"};
    if (!allows(name, meaning_of(std::string_view(value)))) throw Refused{mark, "this is no " + tag_name(tag)};
    made.node.plain = true;
  }
  keep(anchor, mark, made);
  add(std::move(made), mark);
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                              YAML::EmitterStyle::value) {
  open(Node::Kind::list, mark, tag, anchor);
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) {
  open(Node::Kind::map, mark, tag, anchor);
}

Place Builder::place(const YAML::Mark& mark) const {
  const int line = mark.line + 1;
  const auto byte = static_cast<std::size_t>(std::max(mark.column, 0));
  return {source_, line, columns_.column(lines_, line, byte)};
}

Node Builder::node(Node::Kind kind, const YAML::Mark& mark) const {
  Node node;
  node.kind = kind;
  node.place = place(mark);
  return node;
}

void Builder::refuse_extras(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  last_ = mark;
  spend(mark, 1);
  if (limits_.extras == Limits::Extras::taken) return;
  if (anchor != 0) throw Refused{mark, "anchors are not accepted; write the value out"};
  if (!is_no_tag(tag)) throw Refused{mark, "tags are not accepted"};
}

void Builder::open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  refuse_extras(mark, tag, anchor);
  if (!is_no_tag(tag) && tag != std::string(tag_start) + (kind == Node::Kind::list ? "seq" : "map"))
    throw Refused{mark, "the tag " + tag_name(tag) + " is not accepted"};
  if (stack_.size() >= limits_.depth)
    throw Refused{mark, "nested more than " + std::to_string(limits_.depth) + " deep"};
  if (expects_key()) throw Refused{mark, "a key must be plain text"};
  Open fresh;
  fresh.value.node = node(kind, mark);
  fresh.value.height = 1;
  fresh.anchor = anchor;
  fresh.mark = mark;
  stack_.push_back(std::move(fresh));
}

void Builder::close() {
  Value done = std::move(stack_.back().value);
  const YAML::anchor_t anchor = stack_.back().anchor;
  const YAML::Mark mark = stack_.back().mark;
  stack_.pop_back();
  keep(anchor, mark, done);
  add(std::move(done), mark);
}

void Builder::spend(const YAML::Mark& mark, std::size_t nodes) {
  nodes_ += nodes;
  if (nodes_ > limits_.nodes) throw Refused{mark, "more than " + std::to_string(limits_.nodes) + " values"};
}

void Builder::keep(YAML::anchor_t anchor, const YAML::Mark& mark, const Value& value) {
  if (anchor == 0) return;
  spend(mark, value.nodes);
  kept_.insert_or_assign(anchor, value);
}

bool Builder::expects_key() const {
  return !stack_.empty() && stack_.back().value.node.kind == Node::Kind::map && !stack_.back().has_key;
}

void Builder::add(Value value, const YAML::Mark& mark) {
  if (stack_.empty()) {
    root_ = std::move(value.node);
    return;
  }
  if (expects_key()) return take_key(value.node, mark);
  Open& top = stack_.back();
  top.value.nodes += value.nodes;
  top.value.height = std::max(top.value.height, value.height + 1);
  if (top.value.node.kind == Node::Kind::list) {
    top.value.node.items.push_back(std::move(value.node));
  } else if (std::exchange(top.has_key, false); top.merges) {
    merge(top, value.node, mark);
  } else {
    take_member(top, std::move(value.node));
  }
}

void Builder::take_key(const Node& key, const YAML::Mark& mark) {
  if (key.kind == Node::Kind::list || key.kind == Node::Kind::map) throw Refused{mark, "a key must be plain text"};
  Open& map = stack_.back();
  map.has_key = true;
  map.key = key_text(key);
  map.key_place = place(mark);
  map.merges = limits_.extras == Limits::Extras::taken && key.plain && key.text == "<<";
}

void Builder::take_member(Open& map, Node member) {
  if (member.kind == Node::Kind::null) member.place = map.key_place;
  auto& members = map.value.node.members;
  const auto [found, fresh] = map.index.try_emplace(map.key, members.size());
  if (fresh) {
    members.push_back({std::move(map.key), std::move(map.key_place), std::move(member)});
  } else if (map.borrowed.erase(map.key) != 0) {
    members[found->second] = {std::move(map.key), std::move(map.key_place), std::move(member)};
  } else {
    twice(map, members[found->second]);
  }
}

void Builder::merge(Open& map, const Node& from, const YAML::Mark& mark) {
  const bool list = from.kind == Node::Kind::list;
  const std::vector<Node> one = list ? std::vector<Node>() : std::vector<Node>{from};
  for (const Node& part : list ? from.items : one) {
    if (part.kind != Node::Kind::map) throw Refused{mark, "only maps can be merged"};
    for (const Node::Member& member : part.members) {
      if (!map.index.try_emplace(member.key, map.value.node.members.size()).second) continue;
      map.value.node.members.push_back(member);
      map.borrowed.insert(member.key);
    }
  }
}

void Builder::twice(const Open& map, const Node::Member& first) {
  if (faults_.size() >= most_faults) return;
  Fault twice;
  twice.place = map.key_place;
  twice.message = map.key + ": written twice; the first is in line " + std::to_string(first.place.line);
  quote_line(twice, lines_, map.key);
  faults_.push_back(std::move(twice));
}

}  // namespace assay::yaml
