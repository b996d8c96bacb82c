#include "json/number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace assay::json {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes digits from `at`; false when there is none.
bool skip_digits(std::string_view text, std::size_t& at) {
  const std::size_t start = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at > start;
}

bool is_number_text(std::string_view text) {
  std::size_t at = 0;
  if (at < text.size() && text[at] == '-') ++at;
  if (at < text.size() && text[at] == '0') {
    ++at;
  } else if (!skip_digits(text, at)) {
    return false;
  }
  if (at < text.size() && text[at] == '.' && !skip_digits(text, ++at)) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (!skip_digits(text, at)) return false;
  }
  return at == text.size();
}

/// Digits and exponent of the shortest form: 0.d1d2d3… × 10^point.
struct Shortest {
  std::string digits;
  int point = 0;
};

Shortest shortest(double positive) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), positive, std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const std::size_t mark = text.find('e');
  Shortest result;
  for (const char c : text.substr(0, mark)) {
    if (c != '.') result.digits += c;
  }
  result.point = std::atoi(std::string(text.substr(mark + 1)).c_str()) + 1;
  return result;
}

std::string scientific(const Shortest& number) {
  std::string text = number.digits.substr(0, 1);
  if (number.digits.size() > 1) text += '.' + number.digits.substr(1);
  const int exponent = number.point - 1;
  return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

}  // namespace

std::string javascript_number(double number) {
  if (std::isnan(number)) return "NaN";
  if (number == 0) return "0";
  if (number < 0) return '-' + javascript_number(-number);
  if (std::isinf(number)) return "Infinity";
  const Shortest form = shortest(number);
  const int digits = static_cast<int>(form.digits.size());
  if (form.point > 21 || form.point <= -6) return scientific(form);
  if (form.point <= 0) return "0." + std::string(static_cast<std::size_t>(-form.point), '0') + form.digits;
  if (form.point >= digits) return form.digits + std::string(static_cast<std::size_t>(form.point - digits), '0');
  const auto point = static_cast<std::size_t>(form.point);
  return form.digits.substr(0, point) + '.' + form.digits.substr(point);
}

std::optional<double> parse_number(std::string_view text) {
  if (!is_number_text(text)) return std::nullopt;
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec == std::errc()) return number;
  return std::strtod(std::string(text).c_str(), nullptr);  // out of range: infinity or zero, with its sign
}

}  // namespace assay::json
