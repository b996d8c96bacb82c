#pragma once
#include <cstddef>
#include <string_view>

namespace assay::schema {

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_letter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}
inline bool is_hex(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return is_digit(c) || (lower >= 'a' && lower <= 'f');
}
inline bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

/// Walks over a text; each take_… says whether the thing stood at the cursor, and if so moves behind it.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  char peek() const { return rest_.empty() ? '\0' : rest_[0]; }
  bool take(char c) { return peek_is(c) && skip(1); }
  bool take_any(std::string_view set) { return !rest_.empty() && is_one_of(rest_[0], set) && skip(1); }
  bool take_text(std::string_view text) { return rest_.starts_with(text) && skip(text.size()); }
  /// ASCII text with its letters in either case; `lower` is lower case.
  bool take_letters(std::string_view lower) {
    if (rest_.size() < lower.size()) return false;
    for (std::size_t at = 0; at < lower.size(); ++at) {
      const bool same =
          is_letter(rest_[at]) ? static_cast<char>(rest_[at] | 0x20) == lower[at] : rest_[at] == lower[at];
      if (!same) return false;
    }
    return skip(lower.size());
  }

  /// As many as fit, up to `most`; returns how many.
  template <class Fits>
  std::size_t take_while(Fits fits, std::size_t most = static_cast<std::size_t>(-1)) {
    std::size_t count = 0;
    while (count < most && count < rest_.size() && fits(rest_[count])) ++count;
    skip(count);
    return count;
  }
  std::size_t take_digits(std::size_t most = static_cast<std::size_t>(-1)) { return take_while(is_digit, most); }
  /// "%41"
  bool take_percent_code() {
    return rest_.size() >= 3 && rest_[0] == '%' && is_hex(rest_[1]) && is_hex(rest_[2]) && skip(3);
  }
  /// Exactly `count` digits as a number, or -1.
  int take_number(std::size_t count) {
    if (rest_.size() < count) return -1;
    int number = 0;
    for (std::size_t at = 0; at < count; ++at) {
      if (!is_digit(rest_[at])) return -1;
      number = number * 10 + (rest_[at] - '0');
    }
    skip(count);
    return number;
  }

 private:
  bool peek_is(char c) const { return !rest_.empty() && rest_[0] == c; }
  bool skip(std::size_t count) {
    rest_.remove_prefix(count);
    return true;
  }
  std::string_view rest_;
};

}  // namespace assay::schema
