#include "regex/lookbehind.hpp"

#include <algorithm>
#include <utility>

namespace assay::regex {
namespace {

using Kind = RegexTree::Kind;
using Node = RegexTree::Node;
using Choices = Widths::Choices;

Choices tidy(Choices choices) {
  std::sort(choices.begin(), choices.end());
  choices.erase(std::unique(choices.begin(), choices.end()), choices.end());
  if (choices.size() > Widths::most_choices) choices.clear();
  return choices;
}

Choices sums(const Choices& a, const Choices& b) {
  Choices both;
  for (const std::uint32_t x : a) {
    for (const std::uint32_t y : b) both.push_back(x + y);
  }
  return tidy(std::move(both));
}

bool is_lookbehind(const Node& node) {
  return node.kind == Kind::look && !node.ahead;
}

}  // namespace

Widths::Widths(const RegexTree& tree) {
  choices_.reserve(tree.nodes.size());
  for (const Node& node : tree.nodes) choices_.push_back(choices_of(node));
}

Choices Widths::of(const std::uint32_t* first, const std::uint32_t* last) const {
  Choices all{0};
  for (; first != last && !all.empty(); ++first) all = sums(all, choices_[*first]);
  return all;
}

Choices Widths::choices_of(const Node& node) const {
  switch (node.kind) {
    case Kind::character:
    case Kind::set:
      return {1};
    case Kind::sequence:
    case Kind::group:
      return of(node.children.data(), node.children.data() + node.children.size());
    case Kind::choice: {
      Choices all;
      for (const std::uint32_t child : node.children) {
        const Choices& some = choices_[child];
        if (some.empty()) return {};
        all.insert(all.end(), some.begin(), some.end());
      }
      return node.children.empty() ? Choices{0} : tidy(std::move(all));
    }
    case Kind::repeat:
      return repeated(node);
    default:
      return {0};  // nothing is matched by edges and looks; no back reference stands in a lookbehind
  }
}

Choices Widths::repeated(const Node& node) const {
  const Choices& once = choices_[node.children.front()];
  if (node.most == 0) return {0};
  if (once.empty() || node.most == RegexTree::no_end) return {};
  if (node.most == 1) {
    Choices choices = once;
    if (node.least == 0) choices.push_back(0);
    return tidy(std::move(choices));
  }
  if (once.size() > 1) return {};
  Choices choices;
  for (std::uint32_t count = node.least; count <= node.most && choices.size() <= most_choices; ++count)
    choices.push_back(count * once.front());
  return tidy(std::move(choices));
}

std::optional<RegexFault> find_variable_lookbehind(const RegexTree& tree) {
  if (std::none_of(tree.nodes.begin(), tree.nodes.end(), is_lookbehind)) return std::nullopt;
  const Widths widths(tree);
  for (const Node& node : tree.nodes) {
    if (is_lookbehind(node) && widths.of(node.children.front()).empty())
      return RegexFault{Refusal::variable_lookbehind, node.offset};
  }
  return std::nullopt;
}

}  // namespace assay::regex
