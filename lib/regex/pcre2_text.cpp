#include "regex/pcre2_text.hpp"

#include <algorithm>
#include <vector>

#include "regex/case_closure.hpp"
#include "regex/lookbehind.hpp"
#include "regex/pattern_writing.hpp"
#include "text/unit_set.hpp"

namespace assay::regex {
namespace {

using Kind = RegexTree::Kind;
using Node = RegexTree::Node;

/// How many terms stand there when every count is written out, as the engine does it with groups.
std::size_t count_terms(const RegexTree& tree, std::size_t limit) {
  std::vector<std::size_t> terms(tree.nodes.size(), 1);
  for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
    const Node& node = tree.nodes[at];
    for (const std::uint32_t child : node.children) terms[at] = std::min(terms[at] + terms[child], limit + 1);
    if (node.kind != Kind::repeat) continue;
    const Kind inside = tree.nodes[node.children.front()].kind;
    if (inside == Kind::character || inside == Kind::set) continue;
    const std::size_t times = std::max<std::size_t>(1, node.most == RegexTree::no_end ? node.least : node.most);
    terms[at] = std::min(terms[at] * times, limit + 1);
  }
  return terms.back();
}

class Writer {
 public:
  Writer(const RegexTree& tree, const Pcre2Bounds& bounds)
      : tree_(tree), bounds_(bounds), numbers_(tree.groups + 1, 0) {
    const auto behind = [](const Node& node) { return node.kind == Kind::look && !node.ahead; };
    if (std::any_of(tree.nodes.begin(), tree.nodes.end(), behind)) widths_.emplace(tree);
  }

  std::optional<std::string> write() {
    write_node(tree_.root());
    if (too_large_) return std::nullopt;
    return std::move(out_);
  }

 private:
  bool full() { return too_large_ = too_large_ || out_.size() > bounds_.text_bytes || depth_ > bounds_.depth; }

  void write_set(const CharSet& set) {
    const auto& ranges = set.ranges();
    if (ranges.empty()) {
      write_class(out_, {{0, last_character}}, true);  // one character wide, as a lookbehind needs it
    } else if (ranges.front().first == 0 && ranges.front().last == tree_.last()) {
      write_class(out_, {{0, last_character}});
    } else if (ranges.back().last == tree_.last()) {
      write_class(out_, set.complement(tree_.last()).ranges(), true);
    } else {
      write_class(out_, ranges);
    }
  }

  void write_edge(bool negated) {
    if (!tree_.folded_words()) {
      out_ += negated ? "\\B" : "\\b";
      return;
    }
    std::string word;
    write_class(word, case_closure(CharSet(text::UnitSet::word()), true).ranges());
    const std::string here = negated ? "(?!" : "(?=", other = negated ? "(?=" : "(?!";
    out_ += "(?:(?<=" + word + ")" + other + word + ")|(?<!" + word + ")" + here + word + "))";
  }

  template <class Inside>
  void write_bracket(const char* open, const Inside& inside) {
    out_ += open;
    ++depth_;
    if (!full()) inside();
    --depth_;
    out_ += ')';
  }

  template <class Each>
  void write_alternatives(std::size_t count, const Each& each) {
    write_bracket("(?:", [&] {
      for (std::size_t i = 0; i < count && !full(); ++i) {
        if (i > 0) out_ += '|';
        each(i);
      }
    });
  }

  void write_look(const Node& node) {
    if (node.ahead) return write_bracket(node.negative ? "(?!" : "(?=", [&] { write_node(node.children.front()); });
    const auto& choices = widths_->of(node.children.front());
    write_bracket(node.negative ? "(?<!" : "(?<=", [&] {
      for (std::size_t i = 0; i < choices.size() && !full(); ++i) {
        if (i > 0) out_ += '|';
        write_exact(node.children.front(), choices[i]);
      }
    });
  }

  void write_back_reference(const Node& node) {
    // The callout is a term of its own, so the two stand in brackets for a quantifier.
    out_ += "(?:(?C" + std::to_string(back_reference_callout) + ")" + (tree_.flags.ignore_case ? "(?i:" : "(?:") +
            "\\g{" + std::to_string(numbers_[node.group]) + "}))";
  }

  void write_repeat(const Node& node) {
    const Node& inside = tree_.nodes[node.children.front()];
    if (inside.kind == Kind::look) {
      // Looks match nothing: rounds that need not be are taken back, the others say the same.
      if (node.least > 0) write_look(inside);
      return;
    }
    if (node.most == 0) return;
    write_node(node.children.front());
    write_bounds(out_, node);
    if (node.lazy) out_ += '?';
  }

  void write_node(std::uint32_t at) {
    const Node& node = tree_.nodes[at];
    if (full()) return;
    switch (node.kind) {
      case Kind::character:
        return write_literal(out_, node.character);
      case Kind::set:
        return write_set(tree_.sets[node.set]);
      case Kind::start:
        out_ += "\\A";
        return;
      case Kind::end:
        out_ += "\\z";
        return;
      case Kind::line_start:
        out_ += "(?<![^\\n\\r\\x{2028}\\x{2029}])";
        return;
      case Kind::line_end:
        out_ += "(?![^\\n\\r\\x{2028}\\x{2029}])";
        return;
      case Kind::word_edge:
      case Kind::no_word_edge:
        return write_edge(node.kind == Kind::no_word_edge);
      case Kind::choice:
        if (node.children.size() == 1 && at == tree_.root()) return write_node(node.children.front());
        return write_alternatives(node.children.size(), [&](std::size_t i) { write_node(node.children[i]); });
      case Kind::repeat:
        return write_repeat(node);
      case Kind::group:
        numbers_[node.group] = ++written_groups_;
        return write_bracket("(", [&] { write_node(node.children.front()); });
      case Kind::back_reference:
        return write_back_reference(node);
      case Kind::look:
        return write_look(node);
      case Kind::sequence:
        for (const std::uint32_t child : node.children) write_node(child);
        return;
    }
  }

  // ---- in a lookbehind: what matches exactly `width` characters. Groups do not capture there.

  void write_exact(std::uint32_t at, std::uint32_t width) {
    const Node& node = tree_.nodes[at];
    if (full()) return;
    switch (node.kind) {
      case Kind::choice: {
        std::vector<std::uint32_t> fitting;
        for (const std::uint32_t child : node.children) {
          if (has(widths_->of(child), width)) fitting.push_back(child);
        }
        return write_alternatives(fitting.size(), [&](std::size_t i) { write_exact(fitting[i], width); });
      }
      case Kind::sequence:
      case Kind::group:
        return write_exact_terms(node.children.data(), node.children.data() + node.children.size(), width);
      case Kind::repeat:
        return write_exact_repeat(node, width);
      default:
        return write_node(at);
    }
  }

  static bool has(const Widths::Choices& choices, std::uint32_t width) {
    return std::binary_search(choices.begin(), choices.end(), width);
  }

  void write_exact_terms(const std::uint32_t* first, const std::uint32_t* last, std::uint32_t width) {
    while (first != last && widths_->of(*first).size() == 1) {
      const std::uint32_t own = widths_->of(*first).front();
      write_exact(*first++, own);
      width -= own;
    }
    if (first == last) return;
    const auto rest = widths_->of(first + 1, last);
    std::vector<std::uint32_t> own;
    for (const std::uint32_t choice : widths_->of(*first)) {
      if (choice <= width && has(rest, width - choice)) own.push_back(choice);
    }
    write_alternatives(own.size(), [&](std::size_t i) {
      write_exact(*first, own[i]);
      write_exact_terms(first + 1, last, width - own[i]);
    });
  }

  void write_exact_repeat(const Node& node, std::uint32_t width) {
    const std::uint32_t inside = node.children.front();
    const auto& once = widths_->of(inside);
    if (node.most == 0) return;
    if (node.most == 1) {
      // Nothing at all also when a round that may be left out matches nothing.
      if (width > 0 || node.least > 0) write_exact(inside, width);
      return;
    }
    if (once.front() == 0) return write_empty_rounds(node, inside);
    const std::uint32_t rounds = width / once.front();
    if (rounds == 0) return;
    write_bracket("(?:", [&] { write_exact(inside, once.front()); });
    out_ += '{' + std::to_string(rounds) + '}';
  }

  /// Edges and looks, which say the same each time.
  void write_empty_rounds(const Node& node, std::uint32_t inside) {
    if (node.least > 0) write_exact(inside, 0);
  }

  const RegexTree& tree_;
  const Pcre2Bounds& bounds_;
  std::optional<Widths> widths_;        ///< when there is a lookbehind
  std::vector<std::uint32_t> numbers_;  ///< of the groups that were written; a reference stands behind its group
  std::uint32_t written_groups_ = 0;
  std::string out_;
  std::size_t depth_ = 0;
  bool too_large_ = false;
};

}  // namespace

std::optional<std::string> pattern_for_pcre2(const RegexTree& tree, const Pcre2Bounds& bounds) {
  if (count_terms(tree, bounds.terms) > bounds.terms) return std::nullopt;
  return Writer(tree, bounds).write();
}

}  // namespace assay::regex
