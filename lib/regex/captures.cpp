#include "regex/captures.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "regex/case_closure.hpp"

namespace assay::regex {
namespace {

using Kind = RegexTree::Kind;
using Node = RegexTree::Node;

enum class Meaning { kept, empty, refused };

/// What a walk from a group outwards has found of it so far.
struct Passage {
  bool always_set = true;  ///< whoever passes has set the group anew
  bool same = true;        ///< who comes with the group unset leaves with what JavaScript has
};

class Captures {
 public:
  explicit Captures(RegexTree& tree)
      : tree_(tree), parents_(tree.nodes.size(), 0), groups_(tree.groups + 1, 0), nullable_(tree.nodes.size()) {
    for (std::uint32_t at = 0; at < tree.nodes.size(); ++at) {
      const Node& node = tree.nodes[at];
      for (const std::uint32_t child : node.children) parents_[child] = at;
      if (node.kind == Kind::group) groups_[node.group] = at;
      nullable_[at] = can_be_empty(node);
    }
  }

  std::optional<RegexFault> resolve() {
    std::vector<bool> used(groups_.size());
    for (std::uint32_t at = 0; at < tree_.nodes.size(); ++at) {
      Node& node = tree_.nodes[at];
      if (node.kind != Kind::back_reference) continue;
      const Meaning meaning = meaning_of(at);
      if (meaning == Meaning::refused) return RegexFault{refusal_, node.offset};
      if (meaning == Meaning::kept) used[node.group] = true;
      if (meaning == Meaning::empty) node.kind = Kind::choice;
    }
    for (Node& node : tree_.nodes) {
      if (node.kind == Kind::group && !used[node.group]) node.kind = Kind::sequence;
    }
    return std::nullopt;
  }

 private:
  bool can_be_empty(const Node& node) const {
    const auto empty = [this](std::uint32_t child) { return nullable_[child]; };
    switch (node.kind) {
      case Kind::character:
      case Kind::set:
        return false;
      case Kind::choice:
        return node.children.empty() || std::any_of(node.children.begin(), node.children.end(), empty);
      case Kind::sequence:
      case Kind::group:
        return std::all_of(node.children.begin(), node.children.end(), empty);
      case Kind::repeat:
        return node.least == 0 || empty(node.children.front());
      default:
        return true;
    }
  }

  Meaning refuse(Refusal refusal) {
    refusal_ = refusal;
    return Meaning::refused;
  }

  /// The innermost node that holds both. A parent stands behind its children.
  std::uint32_t common(std::uint32_t a, std::uint32_t b) const {
    while (a != b) (a < b ? a : b) = parents_[std::min(a, b)];
    return a;
  }

  Meaning meaning_of(std::uint32_t reference) {
    const std::uint32_t group = groups_[tree_.nodes[reference].group];
    const std::uint32_t common = this->common(reference, group);
    const bool before_or_inside = reference < group;
    if (before_or_inside || tree_.nodes[common].kind == Kind::choice) return Meaning::empty;

    for (std::uint32_t at = parents_[group]; at != common; at = parents_[at]) {
      const Node& node = tree_.nodes[at];
      const bool never = (node.kind == Kind::look && node.negative) || (node.kind == Kind::repeat && node.most == 0);
      if (never) return Meaning::empty;
    }
    if (tree_.flags.ignore_case && folds_beyond_ascii(group)) return refuse(Refusal::case_backreference);
    return meaning_after(group, common);
  }

  /// The reference stands behind the group, both in `common`, a sequence.
  Meaning meaning_after(std::uint32_t group, std::uint32_t common) {
    Passage passage;
    for (std::uint32_t at = parents_[group]; at != common; at = parents_[at]) {
      const Node& node = tree_.nodes[at];
      if (node.kind == Kind::look && !node.ahead) return refuse(Refusal::capture_in_lookbehind);
      // A look takes the first way that works; where rounds may be empty, JavaScript's first is another.
      if (node.kind == Kind::look && has_empty_rounds(at)) return refuse(Refusal::capture_reset);
      if (node.kind == Kind::choice && node.children.size() > 1) passage.always_set = false;
      if (node.kind != Kind::repeat) continue;
      if (may_have_empty_rounds(node)) return refuse(Refusal::capture_reset);
      passage = repeated(passage, node);
    }
    const bool kept = passage.same && (passage.always_set || !is_repeated(common));
    return kept ? Meaning::kept : refuse(Refusal::capture_reset);
  }

  static Passage repeated(const Passage& round, const Node& repeat) {
    return {round.always_set && repeat.least > 0, repeat.most > 1 ? round.always_set : round.same};
  }

  bool may_have_empty_rounds(const Node& node) const {
    const bool more_or_none = node.most > 1 || node.least == 0;
    return node.kind == Kind::repeat && more_or_none && nullable_[node.children.front()];
  }

  template <class Question>
  bool any_inside(std::uint32_t outer, const Question& question) const {
    std::vector<std::uint32_t> open{outer};
    while (!open.empty()) {
      const Node& node = tree_.nodes[open.back()];
      open.pop_back();
      if (question(node)) return true;
      open.insert(open.end(), node.children.begin(), node.children.end());
    }
    return false;
  }
  bool has_empty_rounds(std::uint32_t outer) const {
    return any_inside(outer, [this](const Node& node) { return may_have_empty_rounds(node); });
  }
  bool folds_beyond_ascii(std::uint32_t group) const {
    const CharSet& folded = folded_beyond_ascii(tree_.flags.unicode);
    return any_inside(
        group, [&](const Node& node) { return node.kind == Kind::set && tree_.sets[node.set].overlaps(folded); });
  }
  bool is_repeated(std::uint32_t node) const {
    for (; node != tree_.root(); node = parents_[node]) {
      if (tree_.nodes[node].kind == Kind::repeat && tree_.nodes[node].most > 1) return true;
    }
    return false;
  }

  RegexTree& tree_;
  std::vector<std::uint32_t> parents_, groups_;
  std::vector<bool> nullable_;
  Refusal refusal_ = Refusal::capture_reset;
};

}  // namespace

std::optional<RegexFault> resolve_back_references(RegexTree& tree) {
  return Captures(tree).resolve();
}

}  // namespace assay::regex
