#pragma once
#include <deque>
#include <optional>
#include <unordered_map>

#include "schema/program.hpp"

namespace assay::schema {

/// Turns the subschemas that can be reached from the root into nodes, one for each place, without recursing.
class Reader {
 public:
  explicit Reader(Schema::Program& program) : program_(program) {}

  /// Fills nodes and remarks. The first fault in reading order, or none.
  std::optional<Fault> read(const Place& root);

 private:
  /// Leaves the reading of the schema; caught by read().
  struct Refused {
    Fault fault;
  };
  NodeId node_of(const Place& place);
  NodeId node_below(const Place& place, std::string_view keyword);
  std::vector<NodeId> nodes_below(const Place& place, std::string_view keyword);
  void read_node(NodeId id, const Place& place);
  void look_for_unknown(const Place& place);
  bool skips_alternatives(const Place& place);
  void look_at_keywords(const Place& place);
  void look_at_ajv_matters(const Place& place);
  void look_for_circle() const;
  static bool is_idle(json::View schema);
  static bool patterns_matter(json::View patterns);

  // Each appends what its keywords ask for.
  void read_reference(const Place& place, std::vector<Rule>& rules);
  void read_values(const Place& place, std::vector<Rule>& rules);
  void read_numbers(const Place& place, std::vector<Rule>& rules);
  void read_strings(const Place& place, std::vector<Rule>& rules);
  void read_arrays(const Place& place, std::vector<Rule>& rules);
  void read_objects(const Place& place, std::vector<Rule>& rules);
  void read_dependencies(const Place& place, std::vector<Rule>& rules);
  void read_properties(const Place& place, std::vector<Rule>& rules);
  void read_combinations(const Place& place, std::vector<Rule>& rules);
  void read_size(const Place& place, std::string_view keyword, SizeRule rule, std::vector<Rule>& rules);

  json::View keyword(const Place& place, std::string_view name, json::Kind kind) const;
  std::vector<std::string_view> names(const Place& place, std::string_view keyword, json::View list) const;
  std::shared_ptr<const Pattern> pattern(const Place& place, std::string_view keyword, std::string_view text) const;
  void remark(const Place& place, std::string_view keyword, std::string message);
  [[noreturn]] static void refuse(const Place& place, std::string_view keyword, std::string message);

  Schema::Program& program_;
  std::unordered_map<const char*, NodeId> ids_;  ///< by where the subschema begins in its text
  std::deque<std::pair<NodeId, Place>> ahead_;
};

}  // namespace assay::schema
