#include "yaml/scalar.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "json/number.hpp"

namespace assay::yaml {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

/// Takes the digits at the front.
std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view digits(text.begin(), end);
  text.remove_prefix(digits.size());
  return digits;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// 0x1F, 0o17. The nearest double; JavaScript rounds once at the end, and so does this below 2^53.
std::optional<double> based(std::string_view text) {
  const int base = text.starts_with("0x") ? 16 : text.starts_with("0o") ? 8 : 0;
  if (base == 0 || text.size() == 2) return std::nullopt;
  double value = 0;
  for (const char c : text.substr(2)) {
    const int digit = digit_value(c);
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
  }
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

/// [digits][.[digits]][e[±]digits] with at least one digit before the exponent; "1." and ".5" count.
std::optional<double> decimal(std::string_view text) {
  std::string clean;
  const std::string_view whole = take_digits(text);
  clean = whole.empty() ? "0" : std::string(whole.substr(std::min(whole.find_first_not_of('0'), whole.size() - 1)));
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
    if (!fraction.empty()) clean += "." + std::string(fraction);
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  if (text.starts_with('e') || text.starts_with('E')) {
    std::string_view exponent = text.substr(1);
    const std::string sign = exponent.starts_with('-') ? "-" : "";
    if (exponent.starts_with('-') || exponent.starts_with('+')) exponent.remove_prefix(1);
    const std::string_view digits = take_digits(exponent);
    if (digits.empty() || !exponent.empty()) return std::nullopt;
    clean += "e" + sign + std::string(digits);
    text = exponent;
  }
  const auto value = text.empty() ? json::parse_number(clean) : std::nullopt;
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> number(std::string_view text) {
  if (is_one_of(text, {".nan", ".NaN", ".NAN"})) return std::numeric_limits<double>::quiet_NaN();
  if (const auto value = based(text)) return value;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const bool infinite = is_one_of(text, {".inf", ".Inf", ".INF"});
  const auto value = infinite ? std::numeric_limits<double>::infinity() : decimal(text);
  if (!value) return std::nullopt;
  return negative ? -*value : *value;
}

/// Digits in groups, each with what must follow it: "4-2-2" and so on.
bool takes(std::string_view& text, std::size_t least, std::size_t most, std::string_view after) {
  const std::size_t digits = take_digits(text).size();
  if (digits < least || digits > most || !text.starts_with(after)) return false;
  text.remove_prefix(after.size());
  return true;
}

}  // namespace

Meaning meaning_of(std::string_view plain) {
  Meaning meaning;
  if (is_one_of(plain, {"", "~", "null", "Null", "NULL"})) {
    meaning.kind = Meaning::Kind::null;
  } else if (is_one_of(plain, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    meaning.kind = Meaning::Kind::boolean;
    meaning.truth = plain.front() == 't' || plain.front() == 'T';
  } else if (const auto value = number(plain)) {
    meaning.kind = Meaning::Kind::number;
    meaning.number = *value;
  }
  return meaning;
}

Meaning meaning_of(const Node& node) {
  if (node.kind == Node::Kind::null) return {Meaning::Kind::null, false, 0};
  return node.kind == Node::Kind::scalar && node.plain ? meaning_of(node.text) : Meaning();
}

std::optional<std::string_view> as_text(const Node& node) {
  const bool text = node.kind == Node::Kind::scalar && meaning_of(node).kind == Meaning::Kind::text;
  return text ? std::optional<std::string_view>(node.text) : std::nullopt;
}

std::optional<double> as_number(const Node& node) {
  const Meaning meaning = meaning_of(node);
  return meaning.kind == Meaning::Kind::number ? std::optional(meaning.number) : std::nullopt;
}

std::optional<bool> as_boolean(const Node& node) {
  const Meaning meaning = meaning_of(node);
  return meaning.kind == Meaning::Kind::boolean ? std::optional(meaning.truth) : std::nullopt;
}

bool looks_like_a_date(std::string_view plain) {
  if (!takes(plain, 4, 4, "-") || !takes(plain, 1, 2, "-")) return false;
  const std::size_t day = take_digits(plain).size();
  if (day < 1 || day > 2) return false;
  if (plain.empty()) return day == 2;
  if (!is_one_of(plain.substr(0, 1), {"T", "t", " ", "\t"})) return false;
  plain.remove_prefix(std::min(std::max<std::size_t>(plain.find_first_not_of(" \t"), 1), plain.size()));
  return takes(plain, 1, 2, ":") && takes(plain, 2, 2, ":") && takes(plain, 2, 2, "");
}

}  // namespace assay::yaml
