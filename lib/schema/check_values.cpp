#include <algorithm>
#include <array>
#include <cmath>

#include "json/equal.hpp"
#include "json/number.hpp"
#include "schema/describe.hpp"
#include "schema/run.hpp"
#include "text/surrogate.hpp"

namespace assay::schema {
namespace {

constexpr double too_long_for_parse_int = 1e21;

/// Digits alone: then a text is a whole number, and up to 15 of them are compared exactly as doubles.
bool is_short_number(std::string_view text) {
  return text.size() <= 15 && text.find_first_of("eE") == std::string_view::npos;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += text::next_character(text, at).length;
  return count;
}

std::string list_of(const std::vector<json::View>& values) {
  constexpr std::size_t most = 5;
  std::string list;
  for (std::size_t index = 0; index < std::min(values.size(), most); ++index) {
    list += (index == 0 ? "" : ", ") + describe(values[index]);
  }
  return values.size() > most ? list + ", … (" + std::to_string(values.size()) + " in all)" : list;
}

std::string list_of(const TypeRule& rule) {
  std::string list;
  for (std::size_t bit = 0; bit < TypeRule::names.size(); ++bit) {
    if ((rule.allowed >> bit & 1u) == 0) continue;
    if (!list.empty()) list += " or ";
    list += TypeRule::names[bit];
  }
  return list;
}

std::string_view keyword_of(BoundRule::Side side) {
  switch (side) {
    case BoundRule::Side::minimum:
      return "minimum";
    case BoundRule::Side::exclusive_minimum:
      return "exclusiveMinimum";
    case BoundRule::Side::maximum:
      return "maximum";
    case BoundRule::Side::exclusive_maximum:
      return "exclusiveMaximum";
  }
  return {};
}

std::string_view sign_of(BoundRule::Side side) {
  switch (side) {
    case BoundRule::Side::minimum:
      return "at least ";
    case BoundRule::Side::exclusive_minimum:
      return "more than ";
    case BoundRule::Side::maximum:
      return "at most ";
    case BoundRule::Side::exclusive_maximum:
      return "less than ";
  }
  return {};
}

bool holds(BoundRule::Side side, std::partial_ordering order) {
  switch (side) {
    case BoundRule::Side::minimum:
      return order >= 0;
    case BoundRule::Side::exclusive_minimum:
      return order > 0;
    case BoundRule::Side::maximum:
      return order <= 0;
    case BoundRule::Side::exclusive_maximum:
      return order < 0;
  }
  return false;
}

std::uint64_t steps_to_compare(json::View value) {
  return 1 + value.raw().size() / 16;
}

}  // namespace

bool Run::is_type(const TypeRule& rule, json::View value) const {
  constexpr std::uint8_t number_bit = TypeRule::bit_of("number"), integer_bit = TypeRule::bit_of("integer");
  constexpr std::array<std::uint8_t, 7> bits{0,  // in the order of json::Kind; numbers are looked at below
                                             TypeRule::bit_of("null"),
                                             TypeRule::bit_of("boolean"),
                                             0,
                                             TypeRule::bit_of("string"),
                                             TypeRule::bit_of("array"),
                                             TypeRule::bit_of("object")};
  if (!value.is_number()) return (rule.allowed & bits[static_cast<std::size_t>(value.kind())]) != 0;
  if ((rule.allowed & (number_bit | integer_bit)) == 0) return false;
  const double number = json::parse_number(value.number_text()).value_or(0);
  if (program_.ajv() && !std::isfinite(number)) return false;
  if ((rule.allowed & number_bit) != 0) return true;
  return program_.ajv() ? std::trunc(number) == number : json::read_decimal(value.number_text())->whole();
}

bool Run::check(const TypeRule& rule, Here& here) {
  return is_type(rule, here.value) || broken(here, "type", list_of(rule));
}

bool Run::same(json::View left, json::View right) {
  if (left.kind() != right.kind() || !charge(steps_to_compare(left) + steps_to_compare(right))) return false;
  return json::deep_equal(left, right, program_.ajv() ? json::Numbers::equal : json::Numbers::exact);
}

bool Run::check(const ConstRule& rule, Here& here) {
  return same(rule.value, here.value) || broken(here, "const", describe(rule.value));
}

bool Run::check(const EnumRule& rule, Here& here) {
  const auto fails = [&] { return broken(here, "enum", "one of " + list_of(rule.values)); };
  if ((rule.kinds >> static_cast<unsigned>(here.value.kind()) & 1) == 0) return fails();
  if (!charge(steps_to_compare(here.value))) return false;
  const std::uint64_t hash = json::deep_hash(here.value);
  auto candidate = std::lower_bound(rule.by_hash.begin(), rule.by_hash.end(), std::pair(hash, std::uint32_t{0}));
  for (; candidate != rule.by_hash.end() && candidate->first == hash; ++candidate) {
    if (same(rule.values[candidate->second], here.value)) return true;
  }
  return fails();
}

bool Run::check(const BoundRule& rule, Here& here) {
  if (!here.value.is_number()) return true;
  const std::string_view text = here.value.number_text();
  std::partial_ordering order = std::partial_ordering::unordered;
  if (program_.ajv() || (is_short_number(text) && is_short_number(rule.limit.number_text()))) {
    const double number = json::parse_number(text).value_or(0);
    if (!std::isfinite(number)) return true;  // Ajv's strictNumbers: not a number to it
    order = number <=> rule.rounded;
  } else {
    if (!charge(steps_to_compare(here.value))) return false;
    order = json::compare(*json::read_decimal(text), rule.exact);
  }
  if (holds(rule.side, order)) return true;
  return broken(here, keyword_of(rule.side), std::string(sign_of(rule.side)) + describe(rule.limit));
}

/// JavaScript: the quotient of doubles is whole, and below 10^21, from where on parseInt reads its text wrongly.
bool Run::check(const MultipleRule& rule, Here& here) {
  if (!here.value.is_number()) return true;
  const double number = json::parse_number(here.value.number_text()).value_or(0);
  if (program_.ajv() && !std::isfinite(number)) return true;
  const double quotient = number / rule.divisor;
  if (std::trunc(quotient) == quotient && std::abs(quotient) < too_long_for_parse_int) return true;
  return broken(here, "multipleOf", "a multiple of " + describe(rule.text));
}

bool Run::check(const SizeRule& rule, Here& here) {
  std::size_t size = 0;
  std::string_view keyword, noun;
  if (rule.of == SizeRule::Of::characters) {
    if (!here.value.is_string()) return true;
    const std::string_view text = *here.value.as_string();
    if (!charge(text.size() / 64)) return false;
    size = count_characters(text);
    keyword = rule.at_most ? "maxLength" : "minLength";
    noun = "character";
  } else if (rule.of == SizeRule::Of::elements) {
    if (!here.value.is_array()) return true;
    size = here.value.size();
    keyword = rule.at_most ? "maxItems" : "minItems";
    noun = "element";
  } else {
    const auto* fields = fields_of(here);
    if (fields == nullptr) return true;
    size = fields->size();
    keyword = rule.at_most ? "maxProperties" : "minProperties";
    noun = "member";
  }
  const auto exact = static_cast<double>(size);
  if (rule.at_most ? exact <= rule.limit : exact >= rule.limit) return true;
  return broken(here, keyword,
                (rule.at_most ? "at most " : "at least ") + number_text(rule.limit) + ' ' + std::string(noun) +
                    (rule.limit == 1 ? "" : "s"),
                counted(size, noun));
}

bool Run::found(const Pattern& pattern, std::string_view text) {
  if (!charge(1 + text.size() / 64)) return false;
  auto answer = pattern.found_in(text);
  if (answer) return *answer;
  stop(LimitError::Limit::pattern, "a pattern could not be tried: " + answer.error());
  return false;
}

bool Run::check(const PatternRule& rule, Here& here) {
  if (!here.value.is_string() || found(*rule.pattern, *here.value.as_string())) return true;
  return broken(here, "pattern", "a text with a match of " + quoted(rule.text));
}

bool Run::check(const FormatRule& rule, Here& here) {
  const Format& format = *rule.format;
  bool fits = true;
  if (format.of == Format::Of::numbers && here.value.is_number()) {
    fits = format.fits_number(here.value);
  } else if (format.of == Format::Of::strings && here.value.is_string()) {
    const std::string_view text = *here.value.as_string();
    if (!charge(text.size() / 64)) return false;
    fits = format.fits_text(text);
  } else if (format.of == Format::Of::patterns && here.value.is_string() && program_.options.patterns) {
    const std::string_view text = *here.value.as_string();
    if (!charge(1 + text.size() / 64)) return false;
    const auto readable = program_.options.patterns->readable(text);
    if (!readable) stop(LimitError::Limit::pattern, "a pattern could not be read: " + readable.error());
    const std::size_t end_mark = text.find("\\Z", 1);  // ajv-formats: \Z is of another language
    fits = readable.value_or(false) && (end_mark == std::string_view::npos || text[end_mark - 1] == '\\');
  }
  return fits || broken(here, "format", std::string(format.name));
}

}  // namespace assay::schema
