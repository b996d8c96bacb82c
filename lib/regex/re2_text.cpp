#include "regex/re2_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "regex/pattern_writing.hpp"
#include "text/unit_set.hpp"

namespace assay::regex {
namespace {

using Kind = RegexTree::Kind;
using Node = RegexTree::Node;
using Range = CharSet::Range;

constexpr std::uint32_t re2_most = 1000;
constexpr std::string_view any_character =
    "(?:[^\\x{100000}-\\x{1007ff}]|[\\x{100000}-\\x{1003ff}][\\x{100400}-\\x{1007ff}])";
constexpr std::string_view after_line = "(?:\\A|[\\n\\r\\x{2028}\\x{2029}])";
constexpr std::string_view before_line = "(?:\\z|[\\n\\r\\x{2028}\\x{2029}])";

bool is_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDFFF;
}

/// ^ and $ at the outer ends may match the line end itself: nobody asks what is before or behind them.
void mark_outer(const RegexTree& tree, std::uint32_t at, std::vector<bool>& outer) {
  const Node& node = tree.nodes[at];
  if (node.kind == Kind::choice) {
    for (const std::uint32_t child : node.children) mark_outer(tree, child, outer);
  } else if (node.kind == Kind::sequence && !node.children.empty()) {
    const std::uint32_t first = node.children.front(), last = node.children.back();
    if (node.children.size() == 1 && tree.nodes[first].kind != Kind::line_start &&
        tree.nodes[first].kind != Kind::line_end)
      return mark_outer(tree, first, outer);
    if (tree.nodes[first].kind == Kind::line_start) outer[first] = true;
    if (tree.nodes[last].kind == Kind::line_end) outer[last] = true;
  }
}

/// [Kk] and [Ss] are written with a third character, one that no subject has: RE2 takes a class of one letter's two
/// cases for a letter without case, and may then find the Kelvin sign or ſ.
constexpr char32_t never_there = 0xDFFF;
bool looks_caseless(const CharSet& set) {
  const auto is = [&set](char32_t a, char32_t b) { return set.ranges() == std::vector<Range>{{a, a}, {b, b}}; };
  return is('K', 'k') || is('S', 's');
}

/// The set as characters of a subject that are shown whole. U+D800 to U+DFFF never occur in a subject, nor does
/// anything from U+10000 on that shows no surrogate: where a range goes on on both sides the gaps are filled, because
/// RE2 has a far smaller program for ranges without gaps.
CharSet shown_whole(const CharSet& set, const RegexTree& tree) {
  std::vector<Range> shown;
  for (const Range& range : set.ranges()) {
    const char32_t last = std::min(range.last, last_unit);
    if (range.first < 0xD800) shown.push_back({range.first, std::min<char32_t>(last, 0xD7FF)});
    if (last > 0xDFFF && range.first <= last) shown.push_back({std::max<char32_t>(range.first, 0xE000), last});
    const char32_t low = std::max<char32_t>(range.first, 0xD800), high = std::min<char32_t>(range.last, 0xDFFF);
    if (low <= high) {
      shown.push_back({shown_alone + (low - 0xD800), shown_alone + (high - 0xD800)});
      if (!tree.flags.unicode) shown.push_back({shown_pairs + (low - 0xD800), shown_pairs + (high - 0xD800)});
    }
    if (range.first >= 0xD800 || last <= 0xDFFF) continue;
    shown.push_back({0xD800, 0xDFFF});
    if (range.last < tree.last()) continue;
    shown.push_back({0x10000, shown_pairs - 1});
    shown.push_back({shown_end, last_character});
  }
  if (looks_caseless(set)) shown.push_back({never_there, never_there});
  return CharSet::of(std::move(shown));
}

class Writer {
 public:
  explicit Writer(const RegexTree& tree) : tree_(tree) {}

  std::string write() {
    write_node(tree_.root());
    return std::move(out_);
  }

 private:
  void write_character(char32_t character) {
    if (character > 0xFFFF || is_surrogate(character)) return write_set(CharSet(character, character));
    write_literal(out_, character);
  }

  void write_set(const CharSet& set) {
    const std::size_t pairs = write_pairs(set);
    const CharSet whole = shown_whole(set, tree_);
    if (pairs == 0) {
      if (whole.ranges().empty()) out_ += "[^\\x{0}-\\x{10ffff}]";
      return write_class(out_, whole.ranges());
    }
    if (!whole.ranges().empty()) write_class(out_ += '|', whole.ranges());
    out_ += ')';
  }

  /// The characters above U+FFFF, as an open group of alternatives; how many there are.
  std::size_t write_pairs(const CharSet& set) {
    std::size_t count = 0;
    const auto put = [&](char32_t first_high, char32_t last_high, char32_t first_low, char32_t last_low) {
      out_ += count++ == 0 ? "(?:" : "|";
      write_class(out_, {{shown_pairs + first_high, shown_pairs + last_high}});
      write_class(out_, {{shown_pairs + first_low, shown_pairs + last_low}});
    };
    constexpr char32_t low = 0x400, last_low = 0x7FF;
    for (const Range& range : set.ranges()) {
      if (range.last < 0x10000) continue;
      char32_t first = std::max<char32_t>(range.first, 0x10000) - 0x10000, last = range.last - 0x10000;
      const char32_t a = first & 0x3FF, b = last & 0x3FF;
      first >>= 10, last >>= 10;
      if (first == last) {
        put(first, first, low + a, low + b);
        continue;
      }
      if (a != 0) put(first, first, low + a, last_low), ++first;
      if (b != 0x3FF) put(last, last, low, low + b), --last;
      if (first <= last) put(first, last, low, last_low);
    }
    return count;
  }

  /// As deep as the pattern's brackets: each level takes two bytes of it.
  void write_node(std::uint32_t at) {
    const Node& node = tree_.nodes[at];
    switch (node.kind) {
      case Kind::character:
        return write_character(node.character);
      case Kind::set:
        return write_set(tree_.sets[node.set]);
      case Kind::start:
        out_ += "\\A";
        return;
      case Kind::end:
        out_ += "\\z";
        return;
      case Kind::line_start:
        out_ += after_line;
        return;
      case Kind::line_end:
        out_ += before_line;
        return;
      case Kind::word_edge:
        out_ += "\\b";
        return;
      case Kind::no_word_edge:
        out_ += "\\B";
        return;
      case Kind::choice:
        out_ += "(?:";
        for (std::size_t i = 0; i < node.children.size(); ++i) {
          if (i > 0) out_ += '|';
          write_node(node.children[i]);
        }
        out_ += ')';
        return;
      case Kind::repeat:
        write_node(node.children.front());
        return write_bounds(out_, node);
      default:
        for (const std::uint32_t child : node.children) write_node(child);
        return;
    }
  }

  const RegexTree& tree_;
  std::string out_;
};

}  // namespace

bool fits_re2(const RegexTree& tree) {
  if (tree.nodes.back().weight > re2_most) return false;
  std::vector<bool> outer(tree.nodes.size());
  mark_outer(tree, tree.root(), outer);
  for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
    const Node& node = tree.nodes[at];
    const bool line = node.kind == Kind::line_start || node.kind == Kind::line_end;
    const bool edge = node.kind == Kind::word_edge || node.kind == Kind::no_word_edge;
    if (node.kind == Kind::look || node.kind == Kind::back_reference || (line && !outer[at])) return false;
    if (edge && tree.folded_words()) return false;
    if (node.kind == Kind::repeat &&
        (node.least > re2_most || (node.most > re2_most && node.most != RegexTree::no_end)))
      return false;
  }
  return true;
}

Re2Text text_for_re2(const RegexTree& tree) {
  Re2Text text;
  text.from_start = std::any_of(tree.nodes.begin(), tree.nodes.end(),
                                [](const Node& node) { return node.kind == Kind::no_word_edge; });
  if (text.from_start) text.pattern = tree.flags.unicode ? std::string(any_character) + "*?" : "(?s:.)*?";
  text.pattern += Writer(tree).write();
  return text;
}

}  // namespace assay::regex
