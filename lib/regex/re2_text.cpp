#include "regex/re2_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "text/surrogate.hpp"
#include "text/unit_set.hpp"

namespace assay::regex {
using text::UnitSet;
namespace {

using Kind = RegexTree::Kind;
using Node = RegexTree::Node;

constexpr char32_t last_character = 0x10FFFF;

char32_t shown(char16_t unit) {
  const bool surrogate = unit >= 0xD800 && unit <= 0xDFFF;
  return surrogate ? shown_surrogates + (unit - 0xD800u) : char32_t{unit};
}

void append_code(std::string& out, char32_t code) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "\\x{%x}", static_cast<unsigned>(code));
  out += text.data();
}

void append_range(std::string& out, char32_t first, char32_t last) {
  append_code(out, first);
  if (first == last) return;
  out += '-';
  append_code(out, last);
}

/// A range of units as ranges of what they are shown as. U+D800 to U+DFFF never occur in a subject, nor does anything
/// from U+10000 on that shows no surrogate: where a range holds all surrogates these gaps are filled, because RE2 has a
/// far smaller program for ranges without gaps.
void append_range(std::string& out, UnitSet::Range range) {
  if (range.first < 0xD800 && range.last >= 0xE000) {
    if (range.last == 0xFFFF) return append_range(out, range.first, last_character);
    append_range(out, range.first, range.last);
    return append_range(out, 0x10000, last_character);
  }
  if (range.first < 0xD800) append_range(out, range.first, std::min<char32_t>(range.last, 0xD7FF));
  const char32_t low = std::max<char32_t>(range.first, 0xD800), high = std::min<char32_t>(range.last, 0xDFFF);
  if (low <= high) append_range(out, shown_surrogates + (low - 0xD800), shown_surrogates + (high - 0xD800));
  if (range.last > 0xDFFF) append_range(out, std::max<char32_t>(range.first, 0xE000), range.last);
}

void append_set(std::string& out, const UnitSet& set) {
  if (set.ranges().empty()) {
    out += "[^\\x{0}-\\x{10ffff}]";
    return;
  }
  out += '[';
  for (const UnitSet::Range& range : set.ranges()) append_range(out, range);
  out += ']';
}

void append_unit(std::string& out, char16_t unit) {
  const bool plain = (unit >= '0' && unit <= '9') || (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
  if (plain) {
    out += static_cast<char>(unit);
  } else {
    append_code(out, shown(unit));
  }
}

void append_bounds(std::string& out, const Node& node) {
  if (node.least == 0 && node.most == RegexTree::no_end) {
    out += '*';
  } else if (node.least == 1 && node.most == RegexTree::no_end) {
    out += '+';
  } else if (node.least == 0 && node.most == 1) {
    out += '?';
  } else {
    out += '{' + std::to_string(node.least);
    if (node.most != node.least) out += ',';
    if (node.most != node.least && node.most != RegexTree::no_end) out += std::to_string(node.most);
    out += '}';
  }
}

/// Recursion is bounded by the pattern's length: each level takes two bytes of it.
void append_node(std::string& out, const RegexTree& tree, std::uint32_t index) {
  const Node& node = tree.nodes[index];
  switch (node.kind) {
    case Kind::unit:
      return append_unit(out, node.unit);
    case Kind::set:
      return append_set(out, tree.sets[node.set]);
    case Kind::start:
      out += "\\A";
      return;
    case Kind::end:
      out += "\\z";
      return;
    case Kind::word_edge:
      out += "\\b";
      return;
    case Kind::no_word_edge:
      out += "\\B";
      return;
    case Kind::sequence:
      for (const std::uint32_t child : node.children) append_node(out, tree, child);
      return;
    case Kind::choice:
      out += "(?:";
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i > 0) out += '|';
        append_node(out, tree, node.children[i]);
      }
      out += ')';
      return;
    case Kind::repeat:
      append_node(out, tree, node.children.front());
      append_bounds(out, node);
      return;
  }
}

}  // namespace

std::string pattern_for_re2(const RegexTree& tree) {
  std::string out;
  append_node(out, tree, static_cast<std::uint32_t>(tree.nodes.size() - 1));
  return out;
}

bool must_step_by_character(const RegexTree& tree) {
  return std::any_of(tree.nodes.begin(), tree.nodes.end(),
                     [](const Node& node) { return node.kind == Kind::no_word_edge; });
}

bool shown_as_it_is(std::string_view text) {
  unsigned highest = 0;
  for (const char c : text) highest = std::max<unsigned>(highest, static_cast<unsigned char>(c));
  return highest < 0xF0;
}

std::string subject_for_re2(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 4);
  const auto put = [&out](char32_t unit) { json::append_utf8(out, shown(static_cast<char16_t>(unit))); };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t run = json::skip_ascii(text, at);
    out += text.substr(at, run - at);
    if (run == text.size()) break;
    at = run;
    const text::Step step = text::next_character(text, at);
    if (step.code_point > 0xFFFF) {
      put(0xD800 + ((step.code_point - 0x10000) >> 10));
      put(0xDC00 + ((step.code_point - 0x10000) & 0x3FF));
    } else {
      put(step.code_point);
    }
    at += step.length;
  }
  return out;
}

}  // namespace assay::regex
