#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/document.hpp"

namespace assay::assertions {

/// An assertion's value as the kernels need it. A missing View is an absent value. The error says what is wrong with
/// it.

/// prpm's text: a string as it is, a number or boolean as JavaScript's String() writes it.
Result<std::string, std::string> text_operand(json::View value);

/// prpm's length: a number, or text that JavaScript's Number() reads as a finite one written in decimal digits.
Result<double, std::string> length_operand(json::View value);

/// A string.
Result<std::string, std::string> string_operand(json::View value);
/// A string that is not empty.
Result<std::string, std::string> filled_operand(json::View value);
/// A string that is not empty, or a number as JavaScript writes it.
Result<std::string, std::string> needle_operand(json::View value);
/// A comma list or a list, as contains-any takes them. Strict: texts and numbers, at least one, none empty.
Result<std::vector<std::string>, std::string> needles_operand(json::View value, bool strict);
/// A string or a list of strings, at least one.
Result<std::vector<std::string>, std::string> references_operand(json::View value);

/// String(value) of JavaScript; a missing value is "undefined".
std::string javascript_string(json::View value);

/// Number(text) of JavaScript: nothing where that is NaN. Blank text is 0.
std::optional<double> javascript_number_of(std::string_view text);

/// "the value is a list; it must be …"
std::string wrong_kind(json::View value, std::string_view wanted);

}  // namespace assay::assertions
