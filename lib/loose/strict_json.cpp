#include <algorithm>

#include "loose/find_json.hpp"
#include "loose/flow_chars.hpp"

namespace assay::loose {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Walks over JSON from a bracket on; notes where each bracket inside began and ended.
class Walk {
 public:
  Walk(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  /// Up to the end of the first bracket's value, or to the first fault.
  void run() {
    bool value_next = true;
    while (value_next) {
      skip_space();
      if (!take_value(value_next) || (!value_next && !take_what_follows(value_next))) return;
    }
  }
  std::size_t at() const { return at_; }
  const std::vector<std::pair<std::size_t, std::size_t>>& closed() const { return closed_; }
  const std::vector<std::size_t>& open() const { return open_; }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) { return at_ < text_.size() && text_[at_] == c && (++at_, true); }
  bool take_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  void skip_space() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r') ++at_;
  }
  void close() {
    closed_.emplace_back(open_.back(), at_);
    open_.pop_back();
  }

  bool take_value(bool& value_next) {
    value_next = false;
    const char c = peek();
    if (c != '{' && c != '[') return take_scalar();
    open_.push_back(at_++);
    skip_space();
    if (take(c == '{' ? '}' : ']')) {
      close();
      return true;
    }
    value_next = true;
    return c == '[' || take_key();
  }
  bool take_what_follows(bool& value_next) {
    while (!open_.empty()) {
      const bool object = text_[open_.back()] == '{';
      skip_space();
      if (take(',')) {
        value_next = true;
        skip_space();
        return !object || take_key();
      }
      if (!take(object ? '}' : ']')) return false;
      close();
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
    const std::size_t from = at_;
    while (is_digit(peek())) ++at_;
    return at_ > from;
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
      if (static_cast<unsigned char>(c) < 0x20 || (c == '\\' && !take_escape())) return false;
    }
    return false;
  }
  bool take_escape() {
    const char c = peek();
    if (c == '\0') return false;
    ++at_;
    if (c != 'u') return std::string_view("\"\\/bfnrt").find(c) != npos;
    for (int digit = 0; digit < 4; ++digit, ++at_) {
      if (!is_hex(peek())) return false;
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  std::vector<std::size_t> open_;
  std::vector<std::pair<std::size_t, std::size_t>> closed_;
};

}  // namespace

/// Behind the JSON that begins at a bracket, or npos. A bracket that was met inside another reads the same by itself,
/// so its answer is kept: a text of brackets alone is walked over once.
std::size_t StrictJson::end_of(std::size_t begin) {
  if (const auto known = ends_.find(begin); known != ends_.end()) return known->second;
  Walk walk(text_, begin);
  walk.run();
  steps_.take(1 + walk.at() - begin);
  known_to_ = std::max(known_to_, walk.at());
  for (const auto& [from, to] : walk.closed()) ends_[from] = to;
  for (const std::size_t from : walk.open()) ends_[from] = npos;
  return ends_.at(begin);
}

Result<std::optional<Found>, OutOfSteps> StrictJson::next() {
  while (!steps_.run_out()) {
    const std::size_t begin = text_.find_first_of("{[", at_);
    if (begin == npos) return std::nullopt;
    at_ = begin + 1;
    const std::size_t end = end_of(begin);
    if (end == npos || steps_.run_out()) continue;
    at_ = end;
    if (at_ >= known_to_) ends_.clear();
    return Found{begin, end - begin, std::string(text_.substr(begin, end - begin))};
  }
  return failure(OutOfSteps("looking for JSON takes more steps than allowed"));
}

}  // namespace assay::loose
