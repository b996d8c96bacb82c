#include "schema/reader.hpp"

#include <algorithm>
#include <utility>

#include "json/pointer.hpp"
#include "schema/keywords.hpp"
#include "schema/metaschema.hpp"
#include "schema/uri.hpp"

namespace assay::schema {

void Reader::refuse(const Place& place, std::string_view keyword, std::string message) {
  Fault fault{place.location, std::move(message)};
  if (!keyword.empty()) json::append_pointer(fault.path, keyword);
  throw Refused{std::move(fault)};
}

void Reader::remark(const Place& place, std::string_view keyword, std::string message) {
  if (program_.options.unknown == Options::Unknown::refuse) refuse(place, keyword, std::move(message));
  program_.remarks.push_back({place.location, std::string(keyword), std::move(message)});
}

/// A keyword's value, which must be of a kind; missing when the keyword is not there.
json::View Reader::keyword(const Place& place, std::string_view name, json::Kind kind) const {
  const json::View value = place.view.get(name);
  if (value.exists() && value.kind() != kind) {
    refuse(place, name, "must be " + std::string(to_string(kind)) + ", not " + std::string(to_string(value.kind())));
  }
  return value;
}

std::vector<std::string_view> Reader::names(const Place& place, std::string_view keyword, json::View list) const {
  std::vector<std::string_view> names;
  for (const json::View name : list.elements()) {
    if (!name.is_string()) refuse(place, keyword, "must be a list of names");
    names.push_back(*name.as_string());
  }
  return names;
}

std::shared_ptr<const Pattern> Reader::pattern(const Place& place, std::string_view keyword,
                                               std::string_view text) const {
  if (!program_.options.patterns) refuse(place, keyword, "patterns are not available here");
  auto compiled = program_.options.patterns->compile(text);
  if (!compiled) refuse(place, keyword, "the pattern cannot be used: " + compiled.error());
  return std::shared_ptr<const Pattern>(std::move(*compiled));
}

NodeId Reader::node_of(const Place& place) {
  const auto [known, added] = ids_.emplace(place.view.raw().data(), static_cast<NodeId>(program_.nodes.size()));
  if (added) {
    program_.nodes.push_back({});
    program_.nodes.back().location = place.location;
    ahead_.emplace_back(known->second, place);
  }
  return known->second;
}

NodeId Reader::node_below(const Place& place, std::string_view keyword) {
  const json::View below = place.view.get(keyword);
  return below.exists() ? node_of(program_.resources.child(place, keyword, below)) : no_node;
}

std::vector<NodeId> Reader::nodes_below(const Place& place, std::string_view keyword) {
  std::vector<NodeId> nodes;
  const Place list = program_.resources.child(place, keyword, this->keyword(place, keyword, json::Kind::array));
  for (const json::View element : list.view.elements()) {
    nodes.push_back(node_of(program_.resources.child(list, std::to_string(nodes.size()), element)));
  }
  if (list.view.exists() && nodes.empty()) refuse(place, keyword, "must not be empty");
  return nodes;
}

std::optional<Fault> Reader::read(const Place& root) {
  try {
    node_of(root);
    while (!ahead_.empty()) {
      const auto [id, place] = std::move(ahead_.front());
      ahead_.pop_front();
      read_node(id, place);
    }
    look_for_circle();
  } catch (Refused& refused) {
    return std::move(refused.fault);
  }
  return std::nullopt;
}

void Reader::read_node(NodeId id, const Place& place) {
  if (const auto constant = place.view.as_bool()) {
    program_.nodes[id].kind = *constant ? Node::Kind::always : Node::Kind::never;
    return;
  }
  if (!place.view.is_object()) {
    refuse(place, "", "a schema is an object or a boolean, not " + std::string(to_string(place.view.kind())));
  }
  look_at_keywords(place);
  std::vector<Rule> rules;
  const bool alone = !program_.ajv() && place.view["$ref"].exists();
  if (!alone) {
    read_values(place, rules);
    read_numbers(place, rules);
    read_strings(place, rules);
    read_arrays(place, rules);
    read_objects(place, rules);
  }
  read_reference(place, rules);
  if (!alone) read_combinations(place, rules);
  program_.nodes[id].rules = std::move(rules);
}

void Reader::look_for_unknown(const Place& place) {
  for (const auto& [key, value] : place.view.members()) {
    const bool known = known_to_ajv_alone(key) ? program_.ajv() : what_holds(key) != Holds::unknown;
    if (!known) remark(place, key, "is not a keyword of draft-07");
  }
}

/// Unknown keywords, and those without an effect. In the standard's dialect the definitions nobody names are read too.
void Reader::look_at_keywords(const Place& place) {
  look_for_unknown(place);
  const auto has = [&](std::string_view key) { return place.view.get(key).exists(); };
  if (has("if") && !has("then") && !has("else")) remark(place, "if", "has no effect without then or else");
  for (const std::string_view branch : {"then", "else"}) {
    if (has(branch) && !has("if")) remark(place, branch, "has no effect without if");
  }
  if (has("additionalItems") && !place.view["items"].is_array()) {
    remark(place, "additionalItems", "has no effect unless items is an array");
  }
  const std::string_view dialect = place.view["$schema"].string_or("");
  if (!dialect.empty() && split_fragment(dialect).document != metaschema_uri) {
    if (program_.ajv()) refuse(place, "$schema", "is not draft-07");
    remark(place, "$schema", "is not draft-07; it is read as if it were");
  }
  if (program_.ajv()) {
    look_at_ajv_matters(place);
  } else {
    const Place below = program_.resources.child(place, "definitions", place.view["definitions"]);
    for (const auto& [key, value] : below.view.members()) node_of(program_.resources.child(below, key, value));
  }
}

void Reader::read_reference(const Place& place, std::vector<Rule>& rules) {
  const json::View reference = keyword(place, "$ref", json::Kind::string);
  if (!reference.exists()) return;
  auto target = program_.resources.find(place, *reference.as_string());
  if (!target) throw Refused{std::move(target.error())};
  rules.emplace_back(RefRule{node_of(*target)});
}

void Reader::read_combinations(const Place& place, std::vector<Rule>& rules) {
  if (auto nodes = nodes_below(place, "allOf"); !nodes.empty()) rules.emplace_back(AllRule{std::move(nodes)});
  if (!program_.ajv() || !skips_alternatives(place)) {
    if (auto nodes = nodes_below(place, "anyOf"); !nodes.empty()) rules.emplace_back(AnyRule{std::move(nodes)});
  }
  if (auto nodes = nodes_below(place, "oneOf"); !nodes.empty()) rules.emplace_back(OneRule{std::move(nodes)});
  if (const NodeId node = node_below(place, "not"); node != no_node) rules.emplace_back(NotRule{node});
  const auto asks = [&](std::string_view branch) {
    const json::View below = place.view.get(branch);
    if (!program_.ajv() || !below.exists()) return below.exists();
    look_for_unknown(program_.resources.child(place, branch, below));
    return !is_idle(below);
  };
  const bool then_asks = asks("then"), else_asks = asks("else");
  if (place.view["if"].exists() && (then_asks || else_asks)) {
    const NodeId condition = node_below(place, "if");
    rules.emplace_back(IfRule{condition, node_below(place, "then"), node_below(place, "else")});
  }
}

/// Nodes that reach themselves through $ref and allOf alone can never be satisfied or broken. Ajv finds only those that
/// are nothing but a $ref, and not the schema itself; the others end at the depth limit, as they do there.
void Reader::look_for_circle() const {
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(program_.nodes.size(), Mark::fresh);
  const auto next_of = [&](NodeId id) {
    std::vector<NodeId> next;
    if (program_.ajv() && (id == 0 || program_.nodes[id].rules.size() != 1)) return next;
    for (const Rule& rule : program_.nodes[id].rules) {
      if (const auto* reference = std::get_if<RefRule>(&rule)) next.push_back(reference->node);
      const auto* all = program_.ajv() ? nullptr : std::get_if<AllRule>(&rule);
      if (all != nullptr) next.insert(next.end(), all->nodes.begin(), all->nodes.end());
    }
    return next;
  };
  for (NodeId start = 0; start < program_.nodes.size(); ++start) {
    std::vector<std::pair<NodeId, bool>> ahead{{start, false}};  // true: all below it has been seen
    while (!ahead.empty()) {
      const auto [id, seen] = ahead.back();
      ahead.pop_back();
      if (seen) {
        marks[id] = Mark::done;
        continue;
      }
      if (marks[id] == Mark::open) {
        throw Refused{{program_.nodes[id].location, "the $ref leads back to itself without a step in the value"}};
      }
      if (marks[id] == Mark::done) continue;
      marks[id] = Mark::open;
      ahead.emplace_back(id, true);
      for (const NodeId next : next_of(id)) ahead.emplace_back(next, false);
    }
  }
}

}  // namespace assay::schema
