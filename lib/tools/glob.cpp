#include "tools/glob.hpp"

#include <cstddef>

#include "text/javascript_text.hpp"
#include "text/surrogate.hpp"

namespace assay::tools {
namespace {

constexpr std::size_t kMaxUnits = 1024;

void append_units(std::u16string& units, char32_t character) {
  if (character > 0xFFFF) {
    units += static_cast<char16_t>(0xD800 + ((character - 0x10000) >> 10));
    units += static_cast<char16_t>(0xDC00 + ((character - 0x10000) & 0x3FF));
  } else {
    units += static_cast<char16_t>(character);
  }
}

/// One character at a time, so that a letter's place in its word does not matter.
std::u16string folded(std::string_view text) {
  std::u16string units;
  units.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const text::Step step = text::next_character(text, at);
    char32_t character = step.code_point;
    if (character < 0x80) {
      if (character >= 'A' && character <= 'Z') character += 'a' - 'A';
    } else {
      const std::string lower = text::to_lower_case(text.substr(at, step.length));
      const text::Step first = text::next_character(lower, 0);
      if (first.length == lower.size()) character = first.code_point;
    }
    append_units(units, character);
    at += step.length;
  }
  return units;
}

bool line_break(char16_t unit) {
  return unit == u'\n' || unit == u'\r' || unit == 0x2028 || unit == 0x2029;
}

}  // namespace

Result<Glob, std::string> Glob::compile(std::string_view pattern) {
  if (pattern.size() > 3 * kMaxUnits) return failure("a pattern for names may have at most 1024 characters");
  Glob glob;
  glob.pattern_ = folded(pattern);
  if (glob.pattern_.size() > kMaxUnits) return failure("a pattern for names may have at most 1024 characters");
  return glob;
}

bool Glob::matches(std::string_view name) const {
  constexpr std::size_t none = std::u16string::npos;
  const std::u16string units = folded(name);
  std::size_t at = 0, in_pattern = 0, after_star = none, star_took = 0;
  while (at < units.size()) {
    const char16_t want = in_pattern < pattern_.size() ? pattern_[in_pattern] : u'\0';
    if (in_pattern < pattern_.size() && want == u'*') {
      after_star = ++in_pattern;
      star_took = at;
    } else if (in_pattern < pattern_.size() && (want == u'?' ? !line_break(units[at]) : want == units[at])) {
      ++at;
      ++in_pattern;
    } else if (after_star != none && !line_break(units[star_took])) {
      at = ++star_took;
      in_pattern = after_star;
    } else {
      return false;
    }
  }
  while (in_pattern < pattern_.size() && pattern_[in_pattern] == u'*') ++in_pattern;
  return in_pattern == pattern_.size();
}

}  // namespace assay::tools
