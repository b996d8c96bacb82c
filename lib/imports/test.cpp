#include "imports/test.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "json/number.hpp"
#include "yaml/scalar.hpp"

namespace assay::imports {
namespace {

template <class Value>
std::optional<Value> first_of(const std::optional<Value>& strong, const std::optional<Value>& weak) {
  return strong ? strong : weak;
}

bool drops_defaults(const Test& test) {
  const auto option = std::find_if(test.options.begin(), test.options.end(),
                                   [](const auto& member) { return member.key == "disableDefaultAsserts"; });
  return option != test.options.end() && yaml::as_boolean(option->value) == true;
}

void prepend(std::vector<yaml::Node>& list, const std::vector<yaml::Node>& front) {
  list.insert(list.begin(), front.begin(), front.end());
}

}  // namespace

void put(Members& members, yaml::Node::Member member) {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& known) { return known.key == member.key; });
  if (found == members.end()) {
    members.push_back(std::move(member));
  } else {
    *found = std::move(member);
  }
}

Members merged(Members base, const Members& over) {
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < base.size(); ++i) index.try_emplace(base[i].key, i);
  for (const auto& member : over) {
    const auto [place, fresh] = index.try_emplace(member.key, base.size());
    if (fresh)
      base.push_back(member);
    else
      base[place->second] = member;
  }
  return base;
}

yaml::Node text_node(std::string text, source::Place place) {
  yaml::Node node;
  node.kind = yaml::Node::Kind::scalar;
  node.text = std::move(text);
  node.place = std::move(place);
  return node;
}

yaml::Node number_node(double number, source::Place place) {
  yaml::Node node = text_node(json::javascript_number(number), std::move(place));
  node.plain = true;
  return node;
}

Test with_defaults(const Test& defaults, Test test) {
  if (!drops_defaults(test)) prepend(test.assertions, defaults.assertions);
  test.vars = merged(defaults.vars, test.vars);
  test.options = merged(defaults.options, test.options);
  test.metadata = merged(defaults.metadata, test.metadata);
  test.threshold = first_of(test.threshold, defaults.threshold);
  test.prompts = first_of(test.prompts, defaults.prompts);
  test.providers = first_of(test.providers, defaults.providers);
  test.provider = first_of(test.provider, defaults.provider);
  return test;
}

Test in_scenario(const Test& defaults, const Test& row, const Test& test) {
  Test made = test;
  made.description = first_of(test.description, row.description);
  made.vars = merged(merged(defaults.vars, row.vars), test.vars);
  made.options = merged(merged(defaults.options, row.options), test.options);
  made.metadata = merged(merged(defaults.metadata, row.metadata), test.metadata);
  prepend(made.assertions, row.assertions);
  made.threshold = first_of(test.threshold, row.threshold);
  made.prompts = first_of(test.prompts, row.prompts);
  made.providers = first_of(test.providers, row.providers);
  made.provider = first_of(test.provider, row.provider);
  return made;
}

}  // namespace assay::imports
