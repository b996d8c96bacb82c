#include <algorithm>
#include <utility>

#include "json/equal.hpp"
#include "json/writer.hpp"
#include "schema/describe.hpp"
#include "schema/run.hpp"

namespace assay::schema {

bool Run::check(const ItemsRule& rule, Here& here) {
  bool valid = true;
  std::size_t index = 0;
  for (const json::View element : here.value.elements()) {
    const NodeId node = index < rule.first.size() ? rule.first[index] : rule.rest;
    if (node == no_node) break;
    const Spot spot{&here.spot, std::nullopt, index++};
    if (apply(node, element, spot)) continue;
    valid = false;
    if (enough()) break;
  }
  return valid;
}

bool Run::check(const ContainsRule& rule, Here& here) {
  if (!here.value.is_array()) return true;
  std::size_t index = 0;
  for (const json::View element : here.value.elements()) {
    const Spot spot{&here.spot, std::nullopt, index++};
    if (apply_quietly(rule.node, element, spot)) return true;
    if (stopped_) return false;
  }
  return broken(here, "contains", "an element that fits");
}

/// Elements of the same hash are compared one by one: few, unless the hash was attacked, and then steps run out.
bool Run::check(const UniqueRule&, Here& here) {
  if (!here.value.is_array() || here.value.size() < 2) return true;
  if (!charge(1 + here.value.raw().size() / 16 + here.value.size())) return false;
  struct Element {
    std::uint64_t hash;
    std::size_t index;
    json::View value;
  };
  std::vector<Element> elements;
  elements.reserve(here.value.size());
  for (const json::View element : here.value.elements()) {
    elements.push_back({json::deep_hash(element), elements.size(), element});
  }
  std::sort(elements.begin(), elements.end(),
            [](const Element& a, const Element& b) { return std::pair(a.hash, a.index) < std::pair(b.hash, b.index); });
  std::optional<std::pair<std::size_t, std::size_t>> twins;  // the later first
  for (std::size_t later = 1; later < elements.size(); ++later) {
    for (std::size_t earlier = later; earlier-- > 0 && elements[earlier].hash == elements[later].hash;) {
      if (!same(elements[earlier].value, elements[later].value)) {
        if (stopped_) return false;
        continue;
      }
      const std::pair pair(elements[later].index, elements[earlier].index);
      if (!twins || pair < *twins) twins = pair;
      break;
    }
  }
  if (!twins) return true;
  return broken(here, "uniqueItems", "no element twice",
                "elements " + std::to_string(twins->second) + " and " + std::to_string(twins->first) + " are the same");
}

bool Run::check(const RequiredRule& rule, Here& here) {
  if (fields_of(here) == nullptr) return true;
  if (!charge(rule.names.size())) return false;
  bool valid = true;
  for (const std::string_view name : rule.names) {
    if (here.fields->has(name)) continue;
    valid = broken(here, "required", "a member " + quoted(name));
    if (enough()) break;
  }
  return valid;
}

bool Run::check(const DependenciesRule& rule, Here& here) {
  if (fields_of(here) == nullptr) return true;
  bool valid = true;
  for (const auto& [name, needed, node] : rule.dependencies) {
    if (!charge(1 + needed.size())) return false;
    if (!here.fields->has(name)) continue;
    for (const std::string_view other : needed) {
      if (here.fields->has(other)) continue;
      valid = broken(here, "dependencies", "a member " + quoted(other) + " beside " + quoted(name));
      if (enough()) return false;
    }
    if (node != no_node && !apply(node, here.value, here.spot)) valid = false;
    if (!valid && enough()) return false;
  }
  return valid;
}

/// A key is no value of the document: it is read as one of its own.
bool Run::apply_to_name(NodeId id, std::string_view name, const Here& here) {
  std::string text;
  json::append_quoted(text, name);
  const auto document = json::parse(text, json::Limits::foreign());
  const Spot spot{&here.spot, name, 0};
  return !document || apply(id, document->root(), spot);
}

bool Run::check(const NamesRule& rule, Here& here) {
  const auto* fields = fields_of(here);
  if (fields == nullptr) return true;
  bool valid = true;
  for (const auto& [name, value] : *fields) {
    if (!charge(1 + name.size() / 16)) return false;
    if (apply_to_name(rule.node, name, here)) continue;
    valid = false;
    if (enough()) break;
  }
  return valid;
}

bool Run::check(const PropertiesRule& rule, Here& here) {
  const auto* fields = fields_of(here);
  if (fields == nullptr) return true;
  bool valid = true;
  const auto reached = [&](NodeId node, const json::Member& member) {
    const Spot spot{&here.spot, member.key, 0};
    if (!apply(node, member.value, spot)) valid = false;
  };
  for (const json::Member& member : *fields) {
    bool named = false;
    const auto property = std::lower_bound(rule.by_name.begin(), rule.by_name.end(), std::pair(member.key, NodeId{0}));
    if (property != rule.by_name.end() && property->first == member.key) {
      named = true;
      reached(property->second, member);
    }
    for (const auto& [pattern, node] : rule.by_pattern) {
      if (!found(*pattern, member.key)) continue;
      named = true;
      reached(node, member);
    }
    if (!named && rule.additional != no_node) reached(rule.additional, member);
    if (!valid && enough()) break;
    if (stopped_) return false;
  }
  return valid;
}

bool Run::check(const RefRule& rule, Here& here) {
  return apply(rule.node, here.value, here.spot);
}

bool Run::check(const AllRule& rule, Here& here) {
  bool valid = true;
  for (const NodeId node : rule.nodes) {
    if (apply(node, here.value, here.spot)) continue;
    valid = false;
    if (enough()) break;
  }
  return valid;
}

bool Run::check(const AnyRule& rule, Here& here) {
  for (const NodeId node : rule.nodes) {
    if (apply_quietly(node, here.value, here.spot)) return true;
    if (stopped_) return false;
  }
  return broken(here, "anyOf", "one of " + counted(rule.nodes.size(), "alternative"));
}

bool Run::check(const OneRule& rule, Here& here) {
  std::size_t fitting = 0;
  for (const NodeId node : rule.nodes) {
    if (!apply_quietly(node, here.value, here.spot)) continue;
    if (++fitting > 1) break;
  }
  if (stopped_ || fitting == 1) return !stopped_;
  const std::string expected = "exactly one of " + counted(rule.nodes.size(), "alternative");
  return fitting == 0 ? broken(here, "oneOf", expected)
                      : broken(here, "oneOf", expected, describe(here.value) + ", which fits more than one");
}

bool Run::check(const NotRule& rule, Here& here) {
  const bool fits = apply_quietly(rule.node, here.value, here.spot);
  if (!fits) return !stopped_;
  return broken(here, "not", "a value that does not fit");
}

bool Run::check(const IfRule& rule, Here& here) {
  const bool fits = apply_quietly(rule.condition, here.value, here.spot);
  if (stopped_) return false;
  const NodeId branch = fits ? rule.then_node : rule.else_node;
  return branch == no_node || apply(branch, here.value, here.spot);
}

}  // namespace assay::schema
