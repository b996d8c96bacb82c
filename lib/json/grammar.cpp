#include "json/grammar.hpp"

#include <cstddef>
#include <vector>

namespace assay::json {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Walks over the text; each take_… says whether the thing stood at the cursor and moves behind it.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  bool document() {
    bool value_next = true;
    while (value_next) {
      skip_space();
      if (!value_or_opening(value_next)) return false;
      if (!value_next && !after_value(value_next)) return false;
    }
    return at_ == text_.size();
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) { return at_ < text_.size() && text_[at_] == c && (++at_, true); }

  bool take_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
      ++at_;
  }

  /// A scalar, an empty container, or an opening bracket (then a value is next).
  bool value_or_opening(bool& value_next) {
    value_next = false;
    if (take('{')) {
      skip_space();
      if (take('}')) return true;
      open_.push_back(true);
      value_next = true;
      return take_key();
    }
    if (take('[')) {
      skip_space();
      if (take(']')) return true;
      open_.push_back(false);
      value_next = true;
      return true;
    }
    return take_scalar();
  }

  /// Closing brackets and at most one comma; after a comma a value is next.
  bool after_value(bool& value_next) {
    for (skip_space(); !open_.empty(); skip_space()) {
      if (take(',')) {
        value_next = true;
        skip_space();
        return open_.back() ? take_key() : true;
      }
      if (!take(open_.back() ? '}' : ']')) return false;
      open_.pop_back();
    }
    return true;
  }

  bool take_key() {
    if (!take_string()) return false;
    skip_space();
    return take(':');
  }

  bool take_scalar() {
    switch (peek()) {
      case '"':
        return take_string();
      case 't':
        return take_word("true");
      case 'f':
        return take_word("false");
      case 'n':
        return take_word("null");
      default:
        return take_number();
    }
  }

  bool take_digits() {
    const std::size_t start = at_;
    while (is_digit(peek())) ++at_;
    return at_ > start;
  }

  bool take_number() {
    take('-');
    if (!take('0') && !take_digits()) return false;
    if (take('.') && !take_digits()) return false;
    if (!take('e') && !take('E')) return true;
    if (!take('+')) take('-');
    return take_digits();
  }

  bool take_string() {
    if (!take('"')) return false;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\' && !take_escape()) return false;
    }
    return false;
  }

  bool take_escape() {
    if (at_ >= text_.size()) return false;
    const char c = text_[at_++];
    if (c != 'u') return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    for (int digit = 0; digit < 4; ++digit) {
      if (!is_hex(peek())) return false;
      ++at_;
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<bool> open_;  ///< true: an object
};

}  // namespace

bool is_json(std::string_view text) {
  return Walker(text).document();
}

}  // namespace assay::json
