#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace assay::json {

/// A number as JavaScript writes it: `String(x)` (ECMAScript Number::toString, radix 10). Shortest digits that read
/// back the same; "1e+21", "0.1", "0" for both zeros, "NaN", "Infinity".
std::string javascript_number(double number);

/// The double nearest to JSON number text; ±infinity when it is too large, ±0 when too small, as JavaScript reads it.
/// Empty when the text is not a JSON number.
std::optional<double> parse_number(std::string_view text);

}  // namespace assay::json
