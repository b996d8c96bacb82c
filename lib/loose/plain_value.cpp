#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "json/number.hpp"
#include "loose/flow_chars.hpp"
#include "loose/timestamp.hpp"
#include "loose/value.hpp"

namespace assay::loose {
namespace {

std::size_t count_digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

Value number(double value) {
  Value made;
  made.kind = Value::Kind::number;
  made.number = value;
  return made;
}

template <class Fits>
bool all_fit(std::string_view text, Fits fits) {
  for (const char c : text) {
    if (!fits(c)) return false;
  }
  return !text.empty();
}

double in_base(std::string_view digits, int base) {
  double value = 0;
  for (const char digit : digits) {
    const char lower = static_cast<char>(digit | 0x20);
    value = value * base + (is_digit(digit) ? digit - '0' : lower - 'a' + 10);
  }
  return value;
}

/// 0o17, 0x1F; with a tag also 0b1 and signs.
std::optional<double> based_number(std::string_view text, bool tagged) {
  double sign = 1;
  if (tagged && !text.empty() && (text[0] == '-' || text[0] == '+')) {
    if (text[0] == '-') sign = -1;
    text.remove_prefix(1);
  }
  if (text.size() < 3 || text[0] != '0') return std::nullopt;
  const std::string_view digits = text.substr(2);
  if (text[1] == 'o' && all_fit(digits, [](char c) { return c >= '0' && c <= '7'; })) return sign * in_base(digits, 8);
  if (text[1] == 'x' && all_fit(digits, is_hex)) return sign * in_base(digits, 16);
  if (tagged && text[1] == 'b' && all_fit(digits, [](char c) { return c == '0' || c == '1'; }))
    return sign * in_base(digits, 2);
  return std::nullopt;
}

/// [-+]digits[.digits][e[-+]digits], also with nothing on one side of the dot.
std::optional<double> decimal_number(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = count_digits(text, at);
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t part = count_digits(text, ++at);
    if (whole == 0 && part == 0) return std::nullopt;
    at += part;
  } else if (whole == 0) {
    return std::nullopt;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t exponent = count_digits(text, at);
    if (exponent == 0) return std::nullopt;
    at += exponent;
  }
  if (at != text.size()) return std::nullopt;
  return std::strtod(std::string(text).c_str(), nullptr);
}

std::optional<double> special_number(std::string_view text) {
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return std::numeric_limits<double>::quiet_NaN();
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text != ".inf" && text != ".Inf" && text != ".INF") return std::nullopt;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return negative ? -infinity : infinity;
}

std::optional<double> any_number(std::string_view text) {
  for (const auto& found : {based_number(text, false), decimal_number(text)}) {
    if (found && std::isfinite(*found)) return found;
  }
  return special_number(text);
}

std::optional<bool> truth(std::string_view text) {
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  return std::nullopt;
}
bool is_null(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

Value of_kind(Value::Kind kind) {
  Value value;
  value.kind = kind;
  return value;
}
Value text_value(std::string_view text) {
  Value value = of_kind(Value::Kind::text);
  value.text = text;
  return value;
}
Value boolean_value(bool truth) {
  Value value = of_kind(Value::Kind::boolean);
  value.truth = truth;
  return value;
}

}  // namespace

Value plain_value(std::string_view text) {
  if (is_null(text)) return {};
  if (const auto known = truth(text)) return boolean_value(*known);
  const char first = text[0];
  if (is_digit(first) || first == '-' || first == '+' || first == '.') {
    if (const auto known = any_number(text)) return number(*known);
  }
  if (text == "<<") {
    Value merge = text_value(text);
    merge.kind = Value::Kind::merge;
    return merge;
  }
  if (is_digit(first) && is_timestamp(text)) return of_kind(Value::Kind::date);
  return text_value(text);
}

std::optional<Value> tagged_value(std::string_view tag, std::string_view text) {
  if (tag == "str") return text_value(text);
  if (tag == "null") return is_null(text) ? std::optional(Value{}) : std::nullopt;
  if (tag == "bool") {
    const auto known = truth(text);
    return known ? std::optional(boolean_value(*known)) : std::nullopt;
  }
  if (tag == "int" || tag == "float") {
    auto known = tag == "int" ? based_number(text, true) : special_number(text);
    const bool whole = text.find_first_of(".eE") == std::string_view::npos;
    if (!known && (tag == "float" || whole)) known = decimal_number(text);
    if (!known || (!std::isfinite(*known) && !special_number(text))) return std::nullopt;
    return number(*known);
  }
  if (tag == "timestamp") return is_timestamp(text) ? std::optional(of_kind(Value::Kind::date)) : std::nullopt;
  if (text.empty() && tag == "map") return of_kind(Value::Kind::map);
  if (text.empty() && tag == "seq") return of_kind(Value::Kind::list);
  return std::nullopt;
}

std::optional<std::string> name_of(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::boolean:
      return value.truth ? "true" : "false";
    case Value::Kind::number:
      return json::javascript_number(value.number);
    case Value::Kind::text:
    case Value::Kind::merge:
      return value.text;
    case Value::Kind::date:
    case Value::Kind::list:
    case Value::Kind::map:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace assay::loose
