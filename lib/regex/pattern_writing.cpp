#include "regex/pattern_writing.hpp"

#include <array>
#include <cstdio>

namespace assay::regex {
namespace {

void write_code(std::string& out, char32_t code) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "\\x{%x}", static_cast<unsigned>(code));
  out += text.data();
}

}  // namespace

void write_literal(std::string& out, char32_t c) {
  const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (plain) {
    out += static_cast<char>(c);
  } else {
    write_code(out, c);
  }
}

void write_class(std::string& out, const std::vector<CharSet::Range>& ranges, bool negated) {
  if (ranges.empty()) return;
  out += negated ? "[^" : "[";
  for (const CharSet::Range& range : ranges) {
    write_code(out, range.first);
    if (range.first == range.last) continue;
    out += '-';
    write_code(out, range.last);
  }
  out += ']';
}

void write_bounds(std::string& out, const RegexTree::Node& repeat) {
  if (repeat.least == 0 && repeat.most == RegexTree::no_end) {
    out += '*';
  } else if (repeat.least == 1 && repeat.most == RegexTree::no_end) {
    out += '+';
  } else if (repeat.least == 0 && repeat.most == 1) {
    out += '?';
  } else {
    out += '{' + std::to_string(repeat.least);
    if (repeat.most != repeat.least) out += ',';
    if (repeat.most != repeat.least && repeat.most != RegexTree::no_end) out += std::to_string(repeat.most);
    out += '}';
  }
}

}  // namespace assay::regex
