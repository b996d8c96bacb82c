#include "templates/javascript.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "json/number.hpp"
#include "templates/inherited.hpp"
#include "templates/trouble.hpp"
#include "text/javascript_text.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool is_primitive(const Value& value) {
  return value.kind() <= Kind::text;
}

/// What `==`, `<` and `+` see of an object.
Value primitive(Budget& budget, const Value& value) {
  if (is_primitive(value)) return value;
  if (value.is(Kind::marked)) return Value(value.text_pointer());
  return text_value(budget, to_text(budget, value));
}

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

double equal_number(const Value& value) {
  return value.is(Kind::boolean) ? (value.boolean() ? 1.0 : 0.0) : value.number();
}

bool same_text(Budget& budget, const Value& left, const Value& right) {
  budget.read(std::min(left.text().size(), right.text().size()));
  return left.text() == right.text();
}

/// -1, 0, 1; 2 when a NaN makes every comparison false.
int order(Budget& budget, const Value& left, const Value& right) {
  const Value a = primitive(budget, left), b = primitive(budget, right);
  if (a.is(Kind::text) && b.is(Kind::text)) {
    budget.read(std::min(a.text().size(), b.text().size()));
    const int compared = a.text().compare(b.text());
    return compared < 0 ? -1 : compared > 0;
  }
  const double x = to_number(budget, a), y = to_number(budget, b);
  if (std::isnan(x) || std::isnan(y)) return 2;
  return x < y ? -1 : x > y;
}

Value text_member(Budget& budget, const Value& value, std::u16string_view key) {
  const std::u16string_view text = value.text();
  std::size_t index = 0;
  if (key == u"length") return Value(static_cast<double>(text.size()));
  if (value.is(Kind::marked)) return key == u"val" ? Value(value.text_pointer()) : Value();
  if (is_index(key, index) && index < text.size()) return text_value(budget, std::u16string(text.substr(index, 1)));
  return {};
}

Value own_member(Budget& budget, const Value& value, std::u16string_view key) {
  std::size_t index = 0;
  switch (value.kind()) {
    case Kind::text:
    case Kind::marked:
      return text_member(budget, value, key);
    case Kind::list:
      if (key == u"length") return Value(static_cast<double>(value.items().size()));
      return is_index(key, index) && index < value.items().size() ? value.items()[index] : Value();
    case Kind::object: {
      const Value* found = value.object().find(key);
      return found == nullptr ? Value() : *found;
    }
    case Kind::undefined:
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
      return {};
  }
  return {};
}

/// For each beginning of the needle the length of the longest of its own beginnings that ends it (Knuth, Morris,
/// Pratt).
std::vector<std::size_t> borders(std::u16string_view needle) {
  std::vector<std::size_t> border(needle.size(), 0);
  for (std::size_t at = 1, length = 0; at < needle.size(); ++at) {
    while (length > 0 && needle[at] != needle[length]) length = border[length - 1];
    if (needle[at] == needle[length]) ++length;
    border[at] = length;
  }
  return border;
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

bool strictly_equal(Budget& budget, const Value& left, const Value& right) {
  if (left.kind() != right.kind()) return false;
  switch (left.kind()) {
    case Kind::undefined:
    case Kind::null:
      return true;
    case Kind::boolean:
      return left.boolean() == right.boolean();
    case Kind::number:
      return left.number() == right.number();
    case Kind::text:
      return same_text(budget, left, right);
    case Kind::marked:
    case Kind::list:
    case Kind::object:
      return left.identity() == right.identity();
  }
  return false;
}

bool loosely_equal(Budget& budget, const Value& left, const Value& right) {
  if (left.kind() == right.kind()) return strictly_equal(budget, left, right);
  if (left.is_nothing() || right.is_nothing()) return left.is_nothing() && right.is_nothing();
  if (!is_primitive(left) && !is_primitive(right)) return false;
  const Value a = primitive(budget, left), b = primitive(budget, right);
  if (a.is(Kind::text) && b.is(Kind::text)) return same_text(budget, a, b);
  const double x = a.is(Kind::text) ? to_number(budget, a) : equal_number(a);
  const double y = b.is(Kind::text) ? to_number(budget, b) : equal_number(b);
  return x == y;
}

bool less(Budget& budget, const Value& left, const Value& right) {
  return order(budget, left, right) == -1;
}

bool less_or_equal(Budget& budget, const Value& left, const Value& right) {
  return order(budget, left, right) <= 0;
}

Value add(Budget& budget, const Value& left, const Value& right) {
  const Value a = primitive(budget, left), b = primitive(budget, right);
  if (!a.is(Kind::text) && !b.is(Kind::text)) return Value(to_number(budget, a) + to_number(budget, b));
  std::u16string out;
  append_text(budget, out, a);
  append_text(budget, out, b);
  return text_value(budget, std::move(out));
}

Value member(Budget& budget, const Value& value, std::u16string_view key) {
  budget.step();
  const Value own = own_member(budget, value, key);
  if (!own.is(Kind::undefined) || value.is_nothing()) return own;
  if (is_inherited(value.kind(), key)) {
    throw Trouble{Fault::Kind::refused,
                  "\"" + text::to_utf8(key) + "\" is built into JavaScript's values; templates have no access to it",
                  Trouble::nowhere};
  }
  return {};
}

Value member(Budget& budget, const Value& value, const Value& key) {
  if (key.is(Kind::text)) return member(budget, value, key.text());
  if (key.is(Kind::number) && value.is(Kind::list)) {
    const double index = key.number();
    if (index >= 0 && index < static_cast<double>(value.items().size()) && index == std::trunc(index)) {
      budget.step();
      return value.items()[static_cast<std::size_t>(index)];
    }
  }
  return member(budget, value, to_text(budget, key));
}

Value element(Budget& budget, const Value& value, std::size_t index) {
  if (value.is(Kind::list)) return index < value.items().size() ? value.items()[index] : Value();
  return member(budget, value, number_text(static_cast<double>(index)));
}

bool has_own(Budget& budget, const Value& value, std::u16string_view key) {
  if (value.is_nothing()) raise(kind_name(value) + " has no properties");
  budget.step();
  if (value.is(Kind::object)) return value.object().find(key) != nullptr;
  if (value.is(Kind::list)) {  // an undefined element is there all the same
    std::size_t index = 0;
    return key == u"length" || (is_index(key, index) && index < value.items().size());
  }
  return !own_member(budget, value, key).is(Kind::undefined);
}

bool contains(Budget& budget, const Value& value, const Value& key) {
  switch (value.kind()) {
    case Kind::list:
      return std::any_of(value.items().begin(), value.items().end(), [&](const Value& item) {
        budget.step();
        return strictly_equal(budget, item, key);
      });
    case Kind::text: {
      budget.read(value.text().size());
      const std::u16string needle = to_text(budget, key);
      return find(value.text(), needle) != std::u16string_view::npos;
    }
    case Kind::marked:
    case Kind::object: {
      const std::u16string name = to_text(budget, key);
      return has_own(budget, value, name) || is_inherited(value.kind(), name);
    }
    case Kind::undefined:
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
      break;
  }
  raise("\"in\" looks into a text, a list or an object, not into " + kind_name(value));
}

std::vector<std::u16string> keys(Budget& budget, const Value& value) {
  std::vector<std::u16string> all;
  const auto add_key = [&](std::u16string key) {
    budget.step();
    budget.build(sizeof key + 2 * key.size());
    all.push_back(std::move(key));
  };
  if (value.is(Kind::object)) {
    for (const Object::Member* entry : value.object().ordered()) add_key(entry->first);
  } else if (value.is(Kind::marked)) {
    add_key(u"val");
    add_key(u"length");
  } else if (value.is(Kind::text) || value.is(Kind::list)) {
    const std::size_t size = value.is(Kind::list) ? value.items().size() : value.text().size();
    for (std::size_t index = 0; index < size; ++index) add_key(number_text(static_cast<double>(index)));
  }
  return all;
}

std::size_t find(std::u16string_view text, std::u16string_view needle, std::size_t from) {
  if (from > text.size() || needle.size() > text.size() - from) return std::u16string_view::npos;
  if (needle.size() < 4) return text.find(needle, from);
  const std::vector<std::size_t> border = borders(needle);
  for (std::size_t at = from, matched = 0; at < text.size(); ++at) {
    while (matched > 0 && text[at] != needle[matched]) matched = border[matched - 1];
    if (text[at] == needle[matched]) ++matched;
    if (matched == needle.size()) return at + 1 - matched;
  }
  return std::u16string_view::npos;
}

Value characters(Budget& budget, std::u16string_view text) {
  Items items;
  for (std::size_t at = 0; at < text.size();) {
    const bool pair = text[at] >= 0xD800 && text[at] <= 0xDBFF && at + 1 < text.size() && text[at + 1] >= 0xDC00 &&
                      text[at + 1] <= 0xDFFF;
    budget.step();
    items.push_back(text_value(budget, std::u16string(text.substr(at, pair ? 2 : 1))));
    at += pair ? 2 : 1;
  }
  return list_value(budget, std::move(items));
}

Value units(Budget& budget, std::u16string_view text) {
  Items items;
  for (const char16_t unit : text) {
    budget.step();
    items.push_back(text_value(budget, std::u16string(1, unit)));
  }
  return list_value(budget, std::move(items));
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
