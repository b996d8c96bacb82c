#include "regex/pattern_text.hpp"

#include "text/surrogate.hpp"

namespace assay::regex {

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
std::optional<unsigned> hex_value(char32_t c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

PatternText::PatternText(std::string_view pattern, bool unicode) : bytes_(pattern.size()) {
  codes_.reserve(pattern.size());
  for (std::size_t at = 0; at < pattern.size();) {
    const text::Step step = text::next_character(pattern, at);
    append(step.code_point, at, unicode);
    at += step.length;
  }
  count_groups();
}

void PatternText::append(char32_t character, std::size_t offset, bool unicode) {
  if (unicode || character < 0x10000) {
    codes_.push_back({character, offset});
    return;
  }
  codes_.push_back({0xD800 + ((character - 0x10000) >> 10), offset});
  codes_.push_back({0xDC00 + ((character - 0x10000) & 0x3FF), offset});
}

bool PatternText::looking_at(std::u32string_view text) const {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (peek(i) != text[i]) return false;
  }
  return true;
}

/// Whether \1 is a back reference and \k a name depends on what follows it, so this is known before anything is read.
void PatternText::count_groups() {
  bool in_class = false;
  for (; !at_end(); skip(1)) {
    if (peek() == '\\') {
      skip(1);
    } else if (in_class || peek() == '[') {
      in_class = peek() != ']';
    } else if (peek() == '(') {
      const bool named = looking_at(U"(?<") && peek(3) != '=' && peek(3) != '!';
      if (named || peek(1) != '?') ++groups_;
      has_names_ = has_names_ || named;
    }
  }
  at_ = 0;
}

}  // namespace assay::regex
