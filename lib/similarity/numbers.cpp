#include "similarity/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "json/number.hpp"
#include "similarity/treebank_quotes.hpp"
#include "text/javascript_text.hpp"
#include "text/surrogate.hpp"
#include "text/unicode.hpp"

namespace assay::similarity {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Walks over a text; every take_… moves on only when it finds what it names.
class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  bool ends() const { return at_ >= text_.size(); }
  std::string_view rest() const { return text_.substr(at_); }
  char32_t character() const { return ends() ? 0 : text::next_character(text_, at_).code_point; }
  bool digit(std::size_t ahead = 0) const { return at_ + ahead < text_.size() && is_digit(text_[at_ + ahead]); }

  bool take(std::string_view what) {
    if (!rest().starts_with(what)) return false;
    at_ += what.size();
    return true;
  }
  std::string_view take_digits() {
    const std::size_t start = at_;
    while (digit()) ++at_;
    return text_.substr(start, at_ - start);
  }
  void take_character() { at_ += text::next_character(text_, at_).length; }

 private:
  std::string_view text_;
  std::size_t at_;
};

bool take_minus(Cursor& cursor) {
  return cursor.take("-") || cursor.take("\xE2\x88\x92");
}

/// What may stand between groups of three digits: comma, apostrophe, no-break space, thin spaces.
std::size_t separator_at(std::string_view rest) {
  static constexpr std::array<std::string_view, 5> separators{",", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
  for (const std::string_view separator : separators) {
    if (rest.starts_with(separator)) return separator.size();
  }
  return 0;
}

std::string take_grouped_digits(Cursor& cursor) {
  std::string digits(cursor.take_digits());
  if (digits.empty() || digits.size() > 3) return digits;
  for (;;) {
    const std::size_t skip = separator_at(cursor.rest());
    const bool group =
        skip > 0 && cursor.digit(skip) && cursor.digit(skip + 1) && cursor.digit(skip + 2) && !cursor.digit(skip + 3);
    if (!group) return digits;
    cursor.take(cursor.rest().substr(0, skip));
    digits += cursor.take_digits();
  }
}

/// "e5", "E-7", " × 10^23", "x10^-3": the exponent's text, or nothing.
std::string take_exponent(Cursor& cursor) {
  Cursor ahead = cursor;
  const bool short_form = ahead.take("e") || ahead.take("E");
  if (!short_form) {
    ahead.take(" ");
    if (!ahead.take("\xC3\x97") && !ahead.take("x") && !ahead.take("*")) return {};
    ahead.take(" ");
    if (!ahead.take("10^")) return {};
  }
  const bool braces = !short_form && ahead.take("{");
  const bool minus = take_minus(ahead);
  if (!minus) ahead.take("+");
  const std::string_view digits = ahead.take_digits();
  if (digits.empty() || (braces && !ahead.take("}"))) return {};
  cursor = ahead;
  return (minus ? "-" : "") + std::string(digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1)));
}

double value_of(std::string_view whole, std::string_view part, std::string_view exponent) {
  const std::size_t zeros = std::min(whole.find_first_not_of('0'), whole.size());
  std::string text(whole.substr(zeros));
  if (text.empty()) text = "0";
  if (!part.empty()) text.append(".").append(part);
  if (!exponent.empty()) text.append("e").append(exponent);
  return json::parse_number(text).value_or(0);
}

/// A "/4" that makes three of it a fraction; not in a date.
std::optional<double> take_denominator(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take("/")) return std::nullopt;
  const std::string_view digits = ahead.take_digits();
  const double value = digits.empty() ? 0 : value_of(digits, {}, {});
  const bool goes_on = ahead.rest().starts_with('/') || (ahead.rest().starts_with('.') && ahead.digit(1));
  if (value == 0 || goes_on) return std::nullopt;
  cursor = ahead;
  return value;
}

/// The " 1/2" of "1 1/2".
double take_mixed_fraction(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take(" ") || !ahead.digit()) return 0;
  const double numerator = value_of(ahead.take_digits(), {}, {});
  const auto denominator = take_denominator(ahead);
  if (!denominator || numerator >= *denominator) return 0;
  cursor = ahead;
  return numerator / *denominator;
}

/// One of the characters for fractions, from one ninth to seven eighths.
double take_fraction_character(Cursor& cursor) {
  const auto value = text::fraction_value(cursor.character());
  if (!value) return 0;
  cursor.take_character();
  return *value;
}

double take_scale(Cursor& cursor) {
  static constexpr std::array<std::pair<std::string_view, double>, 4> scales{
      {{" thousand", 1e3}, {" million", 1e6}, {" billion", 1e9}, {" trillion", 1e12}}};
  for (const auto& [word, scale] : scales) {
    if (cursor.take(word)) return scale;
  }
  return 1;
}

std::optional<double> take_magnitude(Cursor& cursor) {
  const std::string whole = take_grouped_digits(cursor);
  std::string_view part;
  if (cursor.rest().starts_with('.') && cursor.digit(1)) {
    cursor.take(".");
    part = cursor.take_digits();
  }
  if (whole.empty() && part.empty()) {
    const double fraction = take_fraction_character(cursor);
    return fraction > 0 ? std::optional(fraction) : std::nullopt;
  }
  const std::string exponent = take_exponent(cursor);
  double value = value_of(whole, part, exponent);
  if (part.empty() && exponent.empty()) {
    if (const auto denominator = take_denominator(cursor)) return value / *denominator;
    const double fraction = take_mixed_fraction(cursor);
    value += fraction > 0 ? fraction : take_fraction_character(cursor);
  }
  return value * take_scale(cursor);
}

bool take_currency(Cursor& cursor) {
  if (cursor.ends() || !text::is_currency_symbol(cursor.character())) return false;
  cursor.take_character();
  return true;
}

bool take_percent(Cursor& cursor) {
  return cursor.take("%") || cursor.take(" %") || cursor.take(" percent") || cursor.take("\xC2\xA0%") ||
         cursor.take("\xE2\x80\xAF%");
}

bool is_part_of_word(char32_t c) {
  return c == '_' || text::is_letter(c) || text::is_number(c);
}

/// The number that begins exactly where the cursor stands. The cursor ends behind what was read, number or not.
std::optional<Number> take_number(std::string_view text, Cursor& cursor) {
  const std::size_t start = cursor.at();
  const char32_t before = start > 0 ? previous_character(text, start) : U' ';
  const bool hangs = is_part_of_word(before);
  bool minus = false, signs = false;
  if (!hangs) {
    minus = take_minus(cursor);
    signs = minus || cursor.take("+");
  }
  const bool currency = take_currency(cursor);
  if (currency && !signs) minus = take_minus(cursor);
  if (hangs && !currency) return std::nullopt;
  const auto value = take_magnitude(cursor);
  const bool version = cursor.rest().starts_with('.') && cursor.digit(1);
  const bool date = cursor.rest().starts_with('/') && cursor.digit(1);
  if (!value || !std::isfinite(*value) || version || date) return std::nullopt;
  Number number;
  number.value = minus ? -*value : *value;
  number.percent = take_percent(cursor);
  if (!number.percent) take_currency(cursor);
  number.offset = start;
  number.length = cursor.at() - start;
  return number;
}

/// Behind the run of digits, points and strokes at `at`, so that no part of a version or a date is taken for a number.
std::size_t after_run(std::string_view text, std::size_t at) {
  const auto in_run = [&](std::size_t place) {
    const bool joins = text[place] == '.' || text[place] == '/';
    return is_digit(text[place]) || (joins && place + 1 < text.size() && is_digit(text[place + 1]));
  };
  while (at < text.size() && in_run(at)) ++at;
  return at;
}

}  // namespace

std::optional<Number> next_number(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size();) {
    Cursor cursor(text, at);
    if (auto number = take_number(text, cursor)) return number;
    const std::size_t behind = after_run(text, std::max(cursor.at(), at));
    at = behind > at ? behind : at + text::next_character(text, at).length;
  }
  return std::nullopt;
}

std::optional<Number> last_number(std::string_view text) {
  std::optional<Number> last;
  for (auto number = next_number(text); number; number = next_number(text, number->offset + number->length)) {
    last = number;
  }
  return last;
}

std::optional<Number> sole_number(std::string_view text) {
  std::string_view trimmed = text::trim(text);
  if (trimmed.ends_with('.')) trimmed.remove_suffix(1);
  Cursor cursor(trimmed, 0);
  const auto number = take_number(trimmed, cursor);
  return number && number->length == trimmed.size() ? number : std::nullopt;
}

bool within(double found, double expected, const Tolerance& tolerance) {
  return std::abs(found - expected) <= std::max(tolerance.absolute, tolerance.relative * std::abs(expected));
}

bool same_number(const Number& found, const Number& expected, const Tolerance& tolerance) {
  if (within(found.value, expected.value, tolerance)) return true;
  if (found.percent == expected.percent) return false;
  const double mine = found.percent ? found.value / 100 : found.value;
  const double theirs = expected.percent ? expected.value / 100 : expected.value;
  return within(mine, theirs, tolerance);
}

}  // namespace assay::similarity
