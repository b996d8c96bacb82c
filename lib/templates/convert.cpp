#include "templates/convert.hpp"

#include <cmath>
#include <limits>

#include "json/number.hpp"
#include "templates/trouble.hpp"
#include "text/javascript_text.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

unsigned digit_of(char16_t unit) {
  if (unit >= u'0' && unit <= u'9') return unit - u'0';
  if (unit >= u'a' && unit <= u'f') return unit - u'a' + 10u;
  if (unit >= u'A' && unit <= u'F') return unit - u'A' + 10u;
  return 99;
}

double radix_number(std::u16string_view digits, unsigned radix) {
  if (digits.empty()) return kNaN;
  double number = 0;
  for (const char16_t unit : digits) {
    const unsigned digit = digit_of(unit);
    if (digit >= radix) return kNaN;
    number = number * radix + digit;
  }
  return number;
}

}  // namespace

void append_text(Budget& budget, std::u16string& out, const Value& value) {
  budget.step();
  switch (value.kind()) {
    case Kind::undefined:
      out += u"undefined";
      return;
    case Kind::null:
      out += u"null";
      return;
    case Kind::boolean:
      out += value.boolean() ? u"true" : u"false";
      return;
    case Kind::number:
      out += number_text(value.number());
      return;
    case Kind::text:
    case Kind::marked:
      budget.build(2 * value.text().size());
      out += value.text();
      return;
    case Kind::list: {
      bool first = true;
      for (const Value& item : value.items()) {
        if (!first) out += u',';
        first = false;
        budget.build(2);
        if (!item.is_nothing()) append_text(budget, out, item);
      }
      return;
    }
    case Kind::object:
      if (value.object().find(u"toString") != nullptr) raise("an object with a toString of its own has no text");
      budget.build(32);
      out += u"[object Object]";
  }
}

std::u16string to_text(Budget& budget, const Value& value) {
  std::u16string out;
  append_text(budget, out, value);
  return out;
}

double text_to_number(std::u16string_view text) {
  const std::string all = text::to_utf8(text);
  std::string_view rest = text::trim(all);
  if (rest.empty()) return 0;
  if (rest.size() > 2 && rest[0] == '0') {
    const char mark = static_cast<char>(rest[1] | 0x20);
    const unsigned radix = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    if (radix != 0) return radix_number(text::to_utf16(rest.substr(2)), radix);
  }
  std::size_t used = 0;
  const double number = leading_number(rest, used);
  return used == rest.size() ? number : kNaN;
}

double leading_number(std::string_view text, std::size_t& used) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return text.substr(from, at - from);
  };
  used = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) ++at;
  if (text.substr(at).starts_with("Infinity")) {
    used = at + 8;
    return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  }
  std::string_view whole = digits(), fraction;
  if (at < text.size() && text[at] == '.') {
    ++at;
    fraction = digits();
    if (whole.empty() && fraction.empty()) return kNaN;
  }
  if (whole.empty() && fraction.empty()) return kNaN;
  used = at;
  std::string exponent;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) exponent = text[at++] == '-' ? "-" : "";
    const std::string_view power = digits();
    if (power.empty()) {
      exponent.clear();
    } else {
      used = at;
      exponent = "e" + exponent + std::string(power);
    }
  }
  while (whole.size() > 1 && whole[0] == '0') whole.remove_prefix(1);
  const std::string json = (negative ? "-" : "") + (whole.empty() ? "0" : std::string(whole)) +
                           (fraction.empty() ? "" : "." + std::string(fraction)) + exponent;
  return json::parse_number(json).value_or(kNaN);
}

double to_number(Budget& budget, const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
      return kNaN;
    case Kind::null:
      return 0;
    case Kind::boolean:
      return value.boolean() ? 1 : 0;
    case Kind::number:
      return value.number();
    case Kind::text:
    case Kind::marked:
      budget.read(value.text().size());
      return text_to_number(value.text());
    case Kind::list:
    case Kind::object:
      return text_to_number(to_text(budget, value));
  }
  return kNaN;
}

double to_integer(double number) {
  return std::isnan(number) ? 0 : std::trunc(number);
}

bool truthy(const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
    case Kind::null:
      return false;
    case Kind::boolean:
      return value.boolean();
    case Kind::number:
      return value.number() != 0 && !std::isnan(value.number());
    case Kind::text:
      return !value.text().empty();
    case Kind::marked:
    case Kind::list:
    case Kind::object:
      return true;
  }
  return false;
}

std::u16string number_text(double number) {
  return widen(json::javascript_number(number));
}

std::string kind_name(const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
      return "an undefined value";
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "a boolean";
    case Kind::number:
      return "a number";
    case Kind::text:
    case Kind::marked:
      return "a text";
    case Kind::list:
      return "a list";
    case Kind::object:
      return "an object";
  }
  return "a value";
}

std::u16string widen(std::string_view ascii) {
  return {ascii.begin(), ascii.end()};
}

}  // namespace assay::templates
