#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "templates/value.hpp"

namespace assay::templates {

/// ECMAScript's conversions of values, as far as templates reach them. What would throw a TypeError there throws
/// Trouble here. Recursion is bounded by the depth of values; work and memory are paid from the budget.

/// String(value), and what `+` makes of a value: a marked text is its text, a list its elements with commas.
std::u16string to_text(Budget& budget, const Value& value);
void append_text(Budget& budget, std::u16string& out, const Value& value);

double to_number(Budget& budget, const Value& value);
double text_to_number(std::u16string_view text);
/// parseFloat without the leading space: the number a text begins with and how many bytes it has; NaN and 0 if none.
double leading_number(std::string_view text, std::size_t& used);
double to_integer(double number);  ///< towards zero; NaN is 0
bool truthy(const Value& value);

std::u16string number_text(double number);
std::string kind_name(const Value& value);  ///< "a list", for messages
std::u16string widen(std::string_view ascii);

}  // namespace assay::templates
