#include "templates/compare.hpp"

#include <algorithm>
#include <cmath>

#include "templates/convert.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

bool is_primitive(const Value& value) {
  return value.kind() <= Kind::text;
}

/// What `==`, `<` and `+` see of an object.
Value primitive(Budget& budget, const Value& value) {
  if (is_primitive(value)) return value;
  if (value.is(Kind::marked)) return Value(value.text_pointer());
  return text_value(budget, to_text(budget, value));
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

}  // namespace

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

}  // namespace assay::templates
