#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "templates/value.hpp"

namespace assay::templates {

/// What is inside values. Work is paid from the budget.

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

}  // namespace assay::templates
