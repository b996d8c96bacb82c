#include <cmath>
#include <limits>

#include "json/number.hpp"
#include "templates/compare.hpp"
#include "templates/convert.hpp"
#include "templates/filter_functions.hpp"
#include "templates/members.hpp"
#include "templates/trouble.hpp"
#include "text/javascript_text.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string leading_trimmed(Budget& budget, const Value& value) {
  std::u16string text = to_text(budget, value);
  budget.read(text.size());
  const std::string bytes = text::to_utf8(text);
  return std::string(text::trim_start(bytes));
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

std::int64_t to_int32(double number) {
  if (!std::isfinite(number)) return 0;
  const double wrapped = std::fmod(std::trunc(number), 4294967296.0);
  const double positive = wrapped < 0 ? wrapped + 4294967296.0 : wrapped;
  return static_cast<std::int64_t>(positive >= 2147483648.0 ? positive - 4294967296.0 : positive);
}

/// parseInt
double parse_integer(std::string_view text, double base) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::int64_t radix = to_int32(base);
  if (radix != 0 && (radix < 2 || radix > 36)) return kNaN;
  if ((radix == 0 || radix == 16) && (text.starts_with("0x") || text.starts_with("0X"))) {
    text.remove_prefix(2);
    radix = 16;
  }
  if (radix == 0) radix = 10;
  std::size_t used = 0;
  double number = 0;
  while (used < text.size() && digit_of(text[used]) < radix) {
    number = number * static_cast<double>(radix) + digit_of(text[used++]);
  }
  if (used == 0) return kNaN;
  if (radix == 10) {  // the nearest double, which the sum above need not be
    const std::size_t begin = std::min(text.find_first_not_of('0'), used - 1);
    number = json::parse_number(text.substr(begin, used - begin)).value_or(number);
  }
  return negative ? -number : number;
}

/// Math.round: halves go up.
double round_half_up(double number) {
  const double below = std::floor(number);
  return number - below >= 0.5 ? below + 1 : below;
}

}  // namespace

Value filter_abs(Budget& budget, const Arguments& args) {
  return Value(std::fabs(to_number(budget, args[0])));
}

Value filter_float(Budget& budget, const Arguments& args) {
  std::size_t used = 0;
  const double number = leading_number(leading_trimmed(budget, args[0]), used);
  return std::isnan(number) ? args[1] : Value(number);
}

Value filter_int(Budget& budget, const Arguments& args) {
  const Items given = by_name(budget, args, {u"value", u"default", u"base"});
  const std::string text = leading_trimmed(budget, given[0]);
  const double base = given[2].is(Kind::undefined) ? 10 : to_number(budget, given[2]);
  const double number = parse_integer(text, base);
  return std::isnan(number) ? given[1] : Value(number);
}

Value filter_round(Budget& budget, const Arguments& args) {
  const double precision = truthy(args[1]) ? to_number(budget, args[1]) : 0;
  const double factor = std::pow(10, precision);
  const double scaled = to_number(budget, args[0]) * factor;
  const bool text = args[2].is(Kind::text);
  if (text && args[2].text() == u"ceil") return Value(std::ceil(scaled) / factor);
  if (text && args[2].text() == u"floor") return Value(std::floor(scaled) / factor);
  return Value(round_half_up(scaled) / factor);
}

Value filter_sum(Budget& budget, const Arguments& args) {
  Items items;
  if (truthy(args[1])) {
    items = items_like_a_list(budget, args[0]);
    for (Value& item : items) {
      if (item.is_nothing()) raise("an element is " + kind_name(item));
      item = member(budget, item, args[1]);
    }
  } else {
    if (!args[0].is(Kind::list)) raise("needs a list, not " + kind_name(args[0]));
    items = args[0].items();
  }
  Value sum(0.0);
  for (const Value& item : items) {
    budget.step();
    sum = add(budget, sum, item);
  }
  return add(budget, args[2].is(Kind::undefined) ? Value(0.0) : args[2], sum);
}

}  // namespace assay::templates
