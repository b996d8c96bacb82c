#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::json {

/// A JSON number by its digits, without rounding: ±0.digits × 10^point. "1.0", "1" and "10e-1" are the same; so are
/// "-0" and "0". Exponents beyond ±10^15 are cut to that.
struct Decimal {
  bool negative = false;
  std::string digits;  ///< neither begins nor ends with 0; empty for zero
  std::int64_t point = 0;

  bool whole() const { return point >= static_cast<std::int64_t>(digits.size()); }
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

/// The number in JSON number text; empty when the text is not one.
std::optional<Decimal> read_decimal(std::string_view text);

std::strong_ordering compare(const Decimal& left, const Decimal& right);

}  // namespace assay::json
