#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "json/decimal.hpp"
#include "schema/formats.hpp"
#include "schema/resources.hpp"
#include "schema/schema.hpp"

namespace assay::schema {

/// A subschema's place in the program.
using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFF;

// One struct for each keyword that can be broken. Views and names point into the texts that Resources owns.

struct TypeRule {
  static constexpr std::array<std::string_view, 7> names{"array",  "boolean", "integer", "null",
                                                         "number", "object",  "string"};
  std::uint8_t allowed = 0;  ///< bit n: names[n]

  static constexpr std::uint8_t bit_of(std::string_view name) {
    std::uint8_t bit = 1;
    for (const std::string_view each : names) {
      if (each == name) return bit;
      bit = static_cast<std::uint8_t>(bit << 1);
    }
    return 0;
  }
};
struct ConstRule {
  json::View value;
};
struct EnumRule {
  std::vector<json::View> values;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_hash;  ///< sorted; into `values`
  std::uint8_t kinds = 0;                                        ///< bit n: json::Kind n occurs
};
struct BoundRule {
  enum class Side : std::uint8_t { minimum, exclusive_minimum, maximum, exclusive_maximum };
  Side side = Side::minimum;
  json::View limit;
  double rounded = 0;
  json::Decimal exact;
};
struct MultipleRule {
  double divisor = 1;
  json::View text;
};
struct SizeRule {
  enum class Of : std::uint8_t { characters, elements, members };
  Of of = Of::characters;
  bool at_most = false;
  double limit = 0;
};
struct PatternRule {
  std::shared_ptr<const Pattern> pattern;
  std::string_view text;
};
struct FormatRule {
  const Format* format = nullptr;
};
struct UniqueRule {};
struct ItemsRule {
  std::vector<NodeId> first;  ///< one for each of the first elements
  NodeId rest = no_node;
};
struct ContainsRule {
  NodeId node = no_node;
};
struct RequiredRule {
  std::vector<std::string_view> names;
};
struct DependenciesRule {
  struct Dependency {
    std::string_view name;
    std::vector<std::string_view> needed;
    NodeId node = no_node;
  };
  std::vector<Dependency> dependencies;
};
struct NamesRule {
  NodeId node = no_node;
};
struct PropertiesRule {
  struct Matching {
    std::shared_ptr<const Pattern> pattern;
    NodeId node = no_node;
  };
  std::vector<std::pair<std::string_view, NodeId>> by_name;  ///< sorted
  std::vector<Matching> by_pattern;
  NodeId additional = no_node;
};
struct RefRule {
  NodeId node = no_node;
};
struct AllRule {
  std::vector<NodeId> nodes;
};
struct AnyRule {
  std::vector<NodeId> nodes;
};
struct OneRule {
  std::vector<NodeId> nodes;
};
struct NotRule {
  NodeId node = no_node;
};
struct IfRule {
  NodeId condition = no_node, then_node = no_node, else_node = no_node;
};

using Rule = std::variant<TypeRule, ConstRule, EnumRule, BoundRule, MultipleRule, SizeRule, PatternRule, FormatRule,
                          UniqueRule, ItemsRule, ContainsRule, RequiredRule, DependenciesRule, NamesRule,
                          PropertiesRule, RefRule, AllRule, AnyRule, OneRule, NotRule, IfRule>;

struct Node {
  enum class Kind : std::uint8_t { rules, always, never };
  Kind kind = Kind::rules;
  std::string location;
  std::vector<Rule> rules;  ///< in the order in which they are tried
};

struct Schema::Program {
  explicit Program(Options read_with) : options(std::move(read_with)) {}

  const Options options;
  Resources resources{options};
  std::vector<Node> nodes;  ///< the schema itself first
  std::vector<Remark> remarks;

  bool ajv() const { return options.dialect == Options::Dialect::ajv; }
};

}  // namespace assay::schema
