#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/program.hpp"

namespace assay::schema {

/// The way to a value, as a chain on the stack.
struct Spot {
  const Spot* parent = nullptr;
  std::optional<std::string_view> key;  ///< else an element
  std::size_t index = 0;
};

/// The members of an object, each key once (the last counts), in the order of the text.
class Fields {
 public:
  explicit Fields(json::View object);
  const std::vector<json::Member>& all() const { return all_; }
  bool has(std::string_view key) const;

 private:
  std::vector<json::Member> all_;
  std::vector<std::string_view> sorted_;  ///< filled when there are many
};

/// One validation. Recurses as deep as the budget allows.
class Run {
 public:
  Run(const Schema::Program& program, const Budget& budget) : program_(program), budget_(budget) {}
  Result<Outcome, LimitError> go(json::View instance);

 private:
  /// One subschema at one value.
  struct Here {
    const Node& node;
    json::View value;
    const Spot& spot;
    std::optional<Fields> fields;
  };
  bool apply(NodeId id, json::View value, const Spot& spot);
  bool apply_quietly(NodeId id, json::View value, const Spot& spot);

  bool check(const TypeRule& rule, Here& here);
  bool check(const ConstRule& rule, Here& here);
  bool check(const EnumRule& rule, Here& here);
  bool check(const BoundRule& rule, Here& here);
  bool check(const MultipleRule& rule, Here& here);
  bool check(const SizeRule& rule, Here& here);
  bool check(const PatternRule& rule, Here& here);
  bool check(const FormatRule& rule, Here& here);
  bool check(const UniqueRule& rule, Here& here);
  bool check(const ItemsRule& rule, Here& here);
  bool check(const ContainsRule& rule, Here& here);
  bool check(const RequiredRule& rule, Here& here);
  bool check(const DependenciesRule& rule, Here& here);
  bool check(const NamesRule& rule, Here& here);
  bool check(const PropertiesRule& rule, Here& here);
  bool check(const RefRule& rule, Here& here);
  bool check(const AllRule& rule, Here& here);
  bool check(const AnyRule& rule, Here& here);
  bool check(const OneRule& rule, Here& here);
  bool check(const NotRule& rule, Here& here);
  bool check(const IfRule& rule, Here& here);

  const std::vector<json::Member>* fields_of(Here& here);
  bool apply_to_name(NodeId id, std::string_view name, const Here& here);
  bool found(const Pattern& pattern, std::string_view text);
  bool is_type(const TypeRule& rule, json::View value) const;
  bool same(json::View left, json::View right);

  /// Takes steps; false when none are left, and then everything ends.
  bool charge(std::uint64_t steps);
  void stop(LimitError::Limit limit, std::string message);
  /// Notes a violation unless it is only a try; always false.
  bool broken(const Here& here, std::string_view keyword, std::string expected, std::string found = {});
  /// Whether looking for further violations is of no use.
  bool enough() const;

  const Schema::Program& program_;
  const Budget& budget_;
  std::uint64_t taken_ = 0;
  std::size_t depth_ = 0, tries_ = 0;
  std::vector<Violation> violations_;
  std::optional<LimitError> stopped_;
};

}  // namespace assay::schema
