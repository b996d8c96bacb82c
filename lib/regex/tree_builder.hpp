#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "regex/regex_tree.hpp"

namespace assay::regex {

/// Puts a tree together from its terms in reading order; knows which groups are open. Case is written out here.
class TreeBuilder {
 public:
  using Kind = RegexTree::Kind;
  using Node = RegexTree::Node;

  explicit TreeBuilder(Flags flags);

  void add_character(char32_t character);
  void add_set(CharSet set);
  void add_mark(Kind kind);
  /// Its node, for set_group() when the number is not known yet.
  std::uint32_t add_back_reference(std::uint32_t group, std::size_t offset);
  void set_group(std::uint32_t back_reference, std::uint32_t group) { tree_.nodes[back_reference].group = group; }
  std::uint32_t groups() const { return tree_.groups; }  ///< how many that capture were opened

  /// Opens (?: ), ( ) or a look. A look's node is given with its kind and its questions.
  void open(Node group);
  bool has_open() const { return groups_.size() > 1; }
  /// Closes the group that was opened last, which must be there.
  void close();
  void next_alternative();

  bool repeatable() const { return groups_.back().repeatable; }
  std::uint32_t last_weight() const { return tree_.nodes[groups_.back().terms.back()].weight; }
  void repeat(std::uint32_t least, std::uint32_t most, bool lazy);

  bool inside_lookbehind() const { return groups_.back().inside_behind; }  ///< at any depth
  bool reads_backwards() const { return groups_.back().backwards; }        ///< no lookahead between

  RegexTree finish();

 private:
  /// An open group: what was read in it so far.
  struct Group {
    Node node;  ///< what it becomes; a sequence for one that only holds together
    std::vector<std::uint32_t> alternatives, terms;
    bool repeatable = false;  ///< the last term may be followed by a quantifier
    bool inside_behind = false, backwards = false;
  };

  std::uint32_t add(Node node);
  void add_term(Node node, bool repeatable);
  std::uint32_t close_group();

  RegexTree tree_;
  std::vector<Group> groups_;
};

}  // namespace assay::regex
