#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "templates/value.hpp"

namespace assay::templates {

/// ECMAScript's conversions and operators on values, as far as templates reach them. What would throw a TypeError
/// there throws Trouble here. Recursion is bounded by the depth of values; work and memory are paid from the budget.

/// String(value) and what `+` makes of a value ("default" hint: a marked text is its text, a list its join(",")).
std::u16string to_text(Budget& budget, const Value& value);
void append_text(Budget& budget, std::u16string& out, const Value& value);

double to_number(Budget& budget, const Value& value);
double text_to_number(std::u16string_view text);
/// parseFloat without the leading space: the number a text begins with and how many bytes it has; NaN and 0 if none.
double leading_number(std::string_view text, std::size_t& used);
double to_integer(double number);  ///< towards zero; NaN is 0
bool truthy(const Value& value);

bool strictly_equal(Budget& budget, const Value& left, const Value& right);
bool loosely_equal(Budget& budget, const Value& left, const Value& right);
bool less(Budget& budget, const Value& left, const Value& right);           ///< left < right
bool less_or_equal(Budget& budget, const Value& left, const Value& right);  ///< left <= right
Value add(Budget& budget, const Value& left, const Value& right);

/// A member, `value[key]`: own properties, a text's and a list's length and indices. A name that JavaScript's built-in
/// objects answer to is refused. Nothing has no members here; the caller decides what that means.
Value member(Budget& budget, const Value& value, std::u16string_view key);
Value member(Budget& budget, const Value& value, const Value& key);
Value element(Budget& budget, const Value& value, std::size_t index);
bool has_own(Budget& budget, const Value& value, std::u16string_view key);

/// `key in value` of templates: an element, a piece of a text, a property.
bool contains(Budget& budget, const Value& value, const Value& key);

/// Own keys in JavaScript's order: indices of texts and lists, properties of objects.
std::vector<std::u16string> keys(Budget& budget, const Value& value);

/// Where `needle` begins in `text` at or after `from`, or npos; time grows with the sum of the lengths.
std::size_t find(std::u16string_view text, std::u16string_view needle, std::size_t from = 0);

/// A text as a list of its characters (code points), as `Array.from` cuts it; `split("")` cuts code units.
Value characters(Budget& budget, std::u16string_view text);
Value units(Budget& budget, std::u16string_view text);

std::u16string number_text(double number);
std::string kind_name(const Value& value);  ///< "a list", for messages
std::u16string widen(std::string_view ascii);

}  // namespace assay::templates
