#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pricing/price.hpp"

namespace assay::pricing {

/// How many tokens a stated price is for. A number without its unit is not a price.
enum class Unit { per_token, per_thousand, per_million };
std::string_view to_string(Unit unit);
std::optional<Unit> parse_unit(std::string_view name);

/// Dollars for so many tokens, as decimal text ("3", "0.03", "1.5e-05"), in nano-dollars per million tokens; exact to
/// a nano-dollar, rounded half up. Empty when it is not a number, is negative or beyond max_rate.
std::optional<std::int64_t> parse_rate(std::string_view dollars, Unit unit);

/// A sentence when a stated price is 100 times or more, or a hundredth or less, of the one that is known: then one of
/// the two most likely has another unit. Looks at input and output. Empty: nothing strange.
std::optional<std::string> unit_warning(const Rates& stated, const Price& known);

}  // namespace assay::pricing
