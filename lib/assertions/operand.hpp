#pragma once
#include <string>

#include "base/result.hpp"

namespace assay::assertions {

/// An assertion's value (JSON text, empty when absent) as the kernels need it. The error says what is wrong with it.

/// Text: a string as it is, a number or boolean as JavaScript's String() writes it.
Result<std::string, std::string> text_operand(const std::string& json_text);

/// A length: a number, or text that JavaScript's Number() reads as a finite one written in decimal digits.
Result<double, std::string> length_operand(const std::string& json_text);

}  // namespace assay::assertions
