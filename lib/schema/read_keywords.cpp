#include <algorithm>
#include <utility>

#include "json/equal.hpp"
#include "json/number.hpp"
#include "schema/reader.hpp"

namespace assay::schema {
namespace {

/// Ajv never misses the member "", unless it has this many names to look for.
constexpr std::size_t ajv_loops_from = 200;

/// The bits of the type names, or none when one is unknown.
std::optional<std::uint8_t> bits_of(json::View types) {
  std::vector<json::View> names{types};
  if (types.is_array()) {
    names.clear();
    for (const json::View name : types.elements()) names.push_back(name);
  }
  unsigned bits = 0;
  for (const json::View name : names) {
    const std::uint8_t bit = TypeRule::bit_of(name.string_or(""));
    if (bit == 0) return std::nullopt;
    bits |= bit;
  }
  return bits == 0 ? std::nullopt : std::optional(static_cast<std::uint8_t>(bits));
}

EnumRule enum_of(json::View list) {
  EnumRule rule;
  for (const json::View value : list.elements()) {
    rule.by_hash.emplace_back(json::deep_hash(value), static_cast<std::uint32_t>(rule.values.size()));
    rule.values.push_back(value);
    rule.kinds = static_cast<std::uint8_t>(rule.kinds | 1u << static_cast<unsigned>(value.kind()));
  }
  std::sort(rule.by_hash.begin(), rule.by_hash.end());
  return rule;
}

bool has_twins(const EnumRule& rule) {
  for (std::size_t index = 1; index < rule.by_hash.size(); ++index) {
    const auto& [hash, place] = rule.by_hash[index];
    const auto& [before, other] = rule.by_hash[index - 1];
    if (hash == before && json::deep_equal(rule.values[place], rule.values[other], json::Numbers::equal)) return true;
  }
  return false;
}

}  // namespace

void Reader::read_values(const Place& place, std::vector<Rule>& rules) {
  if (const json::View types = place.view["type"]; types.exists()) {
    auto allowed = bits_of(types);
    if (!allowed) refuse(place, "type", "must be a type of JSON or a list of them");
    if (program_.ajv() && keyword(place, "nullable", json::Kind::boolean).as_bool() == true) {
      *allowed |= TypeRule::bit_of("null");
    }
    rules.emplace_back(TypeRule{*allowed});
  }
  if (const json::View value = place.view["const"]; value.exists()) rules.emplace_back(ConstRule{value});
  if (const json::View list = keyword(place, "enum", json::Kind::array); list.exists()) {
    EnumRule rule = enum_of(list);
    if (program_.ajv() && rule.values.empty()) refuse(place, "enum", "must not be empty");
    if (program_.ajv() && has_twins(rule)) refuse(place, "enum", "holds a value twice");
    rules.emplace_back(std::move(rule));
  }
}

void Reader::read_numbers(const Place& place, std::vector<Rule>& rules) {
  using Side = BoundRule::Side;
  constexpr std::array<std::pair<std::string_view, Side>, 4> sides{{{"minimum", Side::minimum},
                                                                    {"exclusiveMinimum", Side::exclusive_minimum},
                                                                    {"maximum", Side::maximum},
                                                                    {"exclusiveMaximum", Side::exclusive_maximum}}};
  for (const auto& [name, side] : sides) {
    const json::View limit = keyword(place, name, json::Kind::number);
    if (!limit.exists()) continue;
    const std::string_view text = limit.number_text();
    rules.emplace_back(BoundRule{side, limit, json::parse_number(text).value_or(0), *json::read_decimal(text)});
  }
  if (const json::View divisor = keyword(place, "multipleOf", json::Kind::number); divisor.exists()) {
    const double number = json::parse_number(divisor.number_text()).value_or(0);
    if (!(number > 0)) refuse(place, "multipleOf", "must be greater than 0");
    rules.emplace_back(MultipleRule{number, divisor});
  }
}

void Reader::read_size(const Place& place, std::string_view name, SizeRule rule, std::vector<Rule>& rules) {
  const json::View limit = keyword(place, name, json::Kind::number);
  if (!limit.exists()) return;
  const auto exact = json::read_decimal(limit.number_text());
  if (exact->negative || !exact->whole()) refuse(place, name, "must be a whole number from 0");
  rule.limit = json::parse_number(limit.number_text()).value_or(0);
  rules.emplace_back(rule);
}

void Reader::read_strings(const Place& place, std::vector<Rule>& rules) {
  read_size(place, "maxLength", {SizeRule::Of::characters, true}, rules);
  read_size(place, "minLength", {SizeRule::Of::characters, false}, rules);
  if (const json::View text = keyword(place, "pattern", json::Kind::string); text.exists()) {
    rules.emplace_back(PatternRule{pattern(place, "pattern", *text.as_string()), *text.as_string()});
  }
  if (const json::View name = keyword(place, "format", json::Kind::string); name.exists()) {
    const Format* format = find_format(*name.as_string());
    if (format == nullptr || (program_.ajv() && format->known == Format::Known::not_to_ajv)) {
      remark(place, "format", "the format \"" + std::string(*name.as_string()) + "\" is not known");
    } else {
      rules.emplace_back(FormatRule{format});
    }
  }
}

void Reader::read_arrays(const Place& place, std::vector<Rule>& rules) {
  read_size(place, "maxItems", {SizeRule::Of::elements, true}, rules);
  read_size(place, "minItems", {SizeRule::Of::elements, false}, rules);
  if (keyword(place, "uniqueItems", json::Kind::boolean).as_bool() == true) rules.emplace_back(UniqueRule{});
  if (const json::View items = place.view["items"]; items.is_array()) {
    ItemsRule rule;
    const Place list = program_.resources.child(place, "items", items);
    for (const json::View element : items.elements()) {
      rule.first.push_back(node_of(program_.resources.child(list, std::to_string(rule.first.size()), element)));
    }
    rule.rest = node_below(place, "additionalItems");
    rules.emplace_back(std::move(rule));
  } else if (items.exists()) {
    rules.emplace_back(ItemsRule{{}, node_below(place, "items")});
  }
  if (const NodeId node = node_below(place, "contains"); node != no_node) rules.emplace_back(ContainsRule{node});
}

void Reader::read_objects(const Place& place, std::vector<Rule>& rules) {
  read_size(place, "maxProperties", {SizeRule::Of::members, true}, rules);
  read_size(place, "minProperties", {SizeRule::Of::members, false}, rules);
  if (const json::View list = keyword(place, "required", json::Kind::array); list.exists()) {
    RequiredRule rule{names(place, "required", list)};
    if (program_.ajv() && rule.names.size() < ajv_loops_from) std::erase(rule.names, std::string_view());
    rules.emplace_back(std::move(rule));
  }
  read_dependencies(place, rules);
  if (const NodeId node = node_below(place, "propertyNames"); node != no_node) rules.emplace_back(NamesRule{node});
  read_properties(place, rules);
}

void Reader::read_dependencies(const Place& place, std::vector<Rule>& rules) {
  const Place all = program_.resources.child(place, "dependencies", keyword(place, "dependencies", json::Kind::object));
  if (!all.view.exists()) return;
  DependenciesRule rule;
  for (const auto& [name, value] : json::sorted_members(all.view)) {
    DependenciesRule::Dependency dependency{name, names(place, "dependencies", value), no_node};
    if (program_.ajv()) std::erase(dependency.needed, std::string_view());
    if (!value.is_array()) dependency.node = node_of(program_.resources.child(all, name, value));
    rule.dependencies.push_back(std::move(dependency));
  }
  rules.emplace_back(std::move(rule));
}

void Reader::read_properties(const Place& place, std::vector<Rule>& rules) {
  const Resources& resources = program_.resources;
  PropertiesRule rule;
  const Place named = resources.child(place, "properties", keyword(place, "properties", json::Kind::object));
  for (const auto& [name, value] : json::sorted_members(named.view)) {
    rule.by_name.emplace_back(name, node_of(resources.child(named, name, value)));
  }
  Place matching = resources.child(place, "patternProperties", keyword(place, "patternProperties", json::Kind::object));
  if (program_.ajv() && !patterns_matter(matching.view) && !place.view["additionalProperties"].exists())
    matching.view = {};
  for (const auto& [text, value] : json::sorted_members(matching.view)) {
    rule.by_pattern.push_back(
        {pattern(place, "patternProperties", text), node_of(resources.child(matching, text, value))});
  }
  rule.additional = node_below(place, "additionalProperties");
  if (!rule.by_name.empty() || !rule.by_pattern.empty() || rule.additional != no_node) {
    rules.emplace_back(std::move(rule));
  }
}

}  // namespace assay::schema
