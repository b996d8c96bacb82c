#pragma once

namespace assay::loose {

// What YAML calls its characters.
inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
inline bool is_break(char c) {
  return c == '\n' || c == '\r';
}
inline bool is_space(char c) {
  return is_blank(c) || is_break(c);
}
inline bool is_indicator(char c) {
  return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_hex(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return is_digit(c) || (lower >= 'a' && lower <= 'f');
}

}  // namespace assay::loose
