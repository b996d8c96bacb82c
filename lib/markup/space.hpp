#pragma once
#include <cstddef>
#include <string_view>

#include "text/surrogate.hpp"

namespace assay::markup {

/// How many bytes of JavaScript white space stand at a place: 0 when another character does.
inline std::size_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (static_cast<unsigned char>(c) < 0x80) return c == ' ' || (c >= '\t' && c <= '\r') ? 1 : 0;
  const text::Step step = text::next_character(text, at);
  const char32_t p = step.code_point;
  const bool space = p == 0xA0 || p == 0x1680 || (p >= 0x2000 && p <= 0x200A) || p == 0x2028 || p == 0x2029 ||
                     p == 0x202F || p == 0x205F || p == 0x3000 || p == 0xFEFF;
  return space ? step.length : 0;
}

inline std::size_t past_spaces(std::string_view text, std::size_t at) {
  while (const std::size_t length = space_at(text, at)) at += length;
  return at;
}

inline bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace assay::markup
