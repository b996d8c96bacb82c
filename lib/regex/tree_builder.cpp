#include "regex/tree_builder.hpp"

#include <algorithm>
#include <utility>

#include "regex/case_closure.hpp"

namespace assay::regex {

TreeBuilder::TreeBuilder(Flags flags) {
  tree_.flags = flags;
  groups_.emplace_back();
}

std::uint32_t TreeBuilder::add(Node node) {
  for (const std::uint32_t child : node.children) node.weight = std::max(node.weight, tree_.nodes[child].weight);
  if (node.kind == Kind::repeat) node.weight *= std::max(1u, node.most == RegexTree::no_end ? node.least : node.most);
  tree_.nodes.push_back(std::move(node));
  return tree_.root();
}

void TreeBuilder::add_term(Node node, bool repeatable) {
  groups_.back().terms.push_back(add(std::move(node)));
  groups_.back().repeatable = repeatable;
}

void TreeBuilder::add_mark(Kind kind) {
  Node node;
  node.kind = kind;
  add_term(std::move(node), false);
}

void TreeBuilder::add_character(char32_t character) {
  const Flags& flags = tree_.flags;
  if (flags.ignore_case) {
    CharSet same = case_closure(CharSet(character, character), flags.unicode);
    if (same != CharSet(character, character)) return add_set(std::move(same));
  }
  Node node;
  node.kind = Kind::character;
  node.character = character;
  add_term(std::move(node), true);
}

void TreeBuilder::add_set(CharSet set) {
  Node node;
  node.kind = Kind::set;
  node.set = static_cast<std::uint32_t>(tree_.sets.size());
  tree_.sets.push_back(std::move(set));
  add_term(std::move(node), true);
}

std::uint32_t TreeBuilder::add_back_reference(std::uint32_t group, std::size_t offset) {
  Node node;
  node.kind = Kind::back_reference;
  node.group = group;
  node.offset = static_cast<std::uint32_t>(offset);
  add_term(std::move(node), true);
  return tree_.root();
}

void TreeBuilder::open(Node group) {
  const Group& outer = groups_.back();
  Group inner;
  const bool look = group.kind == Kind::look;
  if (group.kind == Kind::group) group.group = ++tree_.groups;
  inner.inside_behind = outer.inside_behind || (look && !group.ahead);
  inner.backwards = look ? !group.ahead : outer.backwards;
  inner.node = std::move(group);
  groups_.push_back(std::move(inner));
}

void TreeBuilder::next_alternative() {
  Group& group = groups_.back();
  Node sequence;
  sequence.children = std::exchange(group.terms, {});
  group.alternatives.push_back(add(std::move(sequence)));
  group.repeatable = false;
}

std::uint32_t TreeBuilder::close_group() {
  next_alternative();
  Group group = std::move(groups_.back());
  groups_.pop_back();
  Node choice;
  choice.kind = Kind::choice;
  choice.children = std::move(group.alternatives);
  const std::uint32_t inside = add(std::move(choice));
  if (group.node.kind == Kind::sequence) return inside;
  group.node.children = {inside};
  return add(std::move(group.node));
}

void TreeBuilder::close() {
  const std::uint32_t closed = close_group();
  const Node& node = tree_.nodes[closed];
  groups_.back().terms.push_back(closed);
  groups_.back().repeatable = node.kind != Kind::look || (node.ahead && !tree_.flags.unicode);
}

void TreeBuilder::repeat(std::uint32_t least, std::uint32_t most, bool lazy) {
  Group& group = groups_.back();
  Node node;
  node.kind = Kind::repeat;
  node.least = least;
  node.most = most;
  node.lazy = lazy;
  node.children = {group.terms.back()};
  group.terms.back() = add(std::move(node));
  group.repeatable = false;
}

RegexTree TreeBuilder::finish() {
  close_group();
  if (tree_.flags.sticky) {
    const std::uint32_t root = tree_.root();
    Node start, both;
    start.kind = Kind::start;
    both.children = {add(std::move(start)), root};
    add(std::move(both));
  }
  return std::move(tree_);
}

}  // namespace assay::regex
