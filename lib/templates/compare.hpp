#pragma once
#include "templates/value.hpp"

namespace assay::templates {

/// ECMAScript's operators on values. Lists, objects and marked texts are equal to themselves only; with a plain value
/// they are compared as texts or numbers. Work is paid from the budget.

bool strictly_equal(Budget& budget, const Value& left, const Value& right);  ///< ===
bool loosely_equal(Budget& budget, const Value& left, const Value& right);   ///< ==
bool less(Budget& budget, const Value& left, const Value& right);            ///< left < right
bool less_or_equal(Budget& budget, const Value& left, const Value& right);   ///< left <= right
Value add(Budget& budget, const Value& left, const Value& right);            ///< left + right

}  // namespace assay::templates
