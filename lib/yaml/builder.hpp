#pragma once
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "source/fault.hpp"
#include "yaml/tree.hpp"

namespace assay::yaml {

/// Leaves the parser: nothing after this can be read.
struct Refused {
  YAML::Mark mark;
  std::string message;
};

/// Builds the tree from the parser's events. Maps and lists that are open wait on a stack; what has an anchor is kept
/// until the end. Throws Refused. Private to this room.
class Builder final : public YAML::EventHandler {
 public:
  Builder(const std::string& source, const source::Lines& lines, Limits limits)
      : source_(source), lines_(lines), limits_(limits) {}

  Tree take() && { return {std::move(root_), std::move(faults_)}; }
  Fault fault(const YAML::Mark& mark, std::string message) const;
  /// At the end of the text the parser only knows that something is still open: it began after the last thing read.
  Fault syntax_fault(const YAML::Exception& reason) const;

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override;
  void OnMapEnd() override { close(); }

 private:
  /// A finished value, the values in it, and the lists and maps open at its deepest place.
  struct Value {
    Node node;
    std::size_t nodes = 1, height = 0;
  };
  struct Open {
    Value value;
    YAML::anchor_t anchor = 0;
    YAML::Mark mark;
    bool has_key = false, merges = false;
    std::string key;
    Place key_place;
    std::unordered_map<std::string, std::size_t> index;  ///< of a map: where a key's member stands
    std::unordered_set<std::string> borrowed;            ///< keys that came by `<<`: the map's own replace them
  };

  Place place(const YAML::Mark& mark) const;
  Node node(Node::Kind kind, const YAML::Mark& mark) const;
  void refuse_extras(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void close();
  void spend(const YAML::Mark& mark, std::size_t nodes);
  void keep(YAML::anchor_t anchor, const YAML::Mark& mark, const Value& value);

  bool expects_key() const;
  void add(Value value, const YAML::Mark& mark);
  void take_key(const Node& key, const YAML::Mark& mark);
  void take_member(Open& map, Node member);
  void merge(Open& map, const Node& from, const YAML::Mark& mark);
  void twice(const Open& map, const Node::Member& first);

  const std::string& source_;
  const source::Lines& lines_;
  Limits limits_;
  int documents_ = 0;
  std::size_t nodes_ = 0;
  YAML::Mark last_;
  std::vector<Open> stack_;
  std::unordered_map<YAML::anchor_t, Value> kept_;
  Node root_;
  std::vector<Fault> faults_;
  mutable source::ColumnCounter columns_;
};

}  // namespace assay::yaml
