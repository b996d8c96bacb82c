#pragma once
#include <string>
#include <string_view>

#include "json/document.hpp"

namespace assay::json {

/// `JSON.stringify(value)` of JavaScript for a value that JSON.parse made: no spaces, numbers as String() writes them,
/// of equal keys the last value at the first one's place, keys that are array indices first and in order, lone
/// surrogates (their three bytes) as escapes. Empty for a missing value. Recurses as deep as the document is nested.
std::string stringify(View value);

/// The same for a string.
std::string stringify(std::string_view text);

}  // namespace assay::json
