#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/tree.hpp"

namespace assay::imports {

using Members = std::vector<yaml::Node::Member>;

/// One of promptfoo's tests (or its defaults, or a row of a scenario), read and checked: what is here is carried over.
struct Test {
  source::Place place;
  std::optional<std::string> description;
  Members vars, metadata;
  Members options;                     ///< prefix, suffix, repeat, disableVarExpansion, disableDefaultAsserts
  std::vector<yaml::Node> assertions;  ///< maps in the suite's form
  std::optional<double> threshold;
  std::optional<std::vector<std::string>> prompts, providers;  ///< which it is limited to, by label or id
  std::optional<std::string> provider;                         ///< what is asked instead
};

/// `over` upon `base`, as `{...base, ...over}`: keys keep the place that they had first.
Members merged(Members base, const Members& over);
void put(Members& members, yaml::Node::Member member);

yaml::Node text_node(std::string text, source::Place place);
yaml::Node number_node(double number, source::Place place);

/// A test as it runs: the defaults under it, their assertions in front.
Test with_defaults(const Test& defaults, Test test);

/// A test of a scenario: row under test, the defaults' vars, options and metadata under both.
Test in_scenario(const Test& defaults, const Test& row, const Test& test);

}  // namespace assay::imports
