#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace assay::pricing {

/// A price list's classes, each in nano-dollars per million tokens: 3 dollars per million are 3'000'000'000. Empty: the
/// list states none, which is not zero.
struct Rates {
  std::optional<std::int64_t> input{}, cached_read{}, cache_write_5m{}, cache_write_1h{}, output{}, reasoning{};

  /// These rates with those that `other` states in their place.
  Rates replaced_by(const Rates& other) const;
  friend bool operator==(const Rates&, const Rates&) = default;
};

/// No list names a higher rate: a million dollars per million tokens. Keeps every product inside 128 bits.
inline constexpr std::int64_t max_rate = 1'000'000'000'000'000;

/// Replaces the rates it names, for the whole call, when the prompt has more than `above_input_tokens` tokens: all of
/// them, cached and written to a cache too.
struct ContextTier {
  std::int64_t above_input_tokens = 0;
  Rates rates;
  friend bool operator==(const ContextTier&, const ContextTier&) = default;
};

/// Replaces the rates it names when the answer names this service tier ("flex", "priority", "batch").
struct ServiceTier {
  std::string name;
  Rates rates;
  friend bool operator==(const ServiceTier&, const ServiceTier&) = default;
};

/// What one model of one vendor costs from a day on, and who says so. A value: a copy of it is stored with each call,
/// so that old calls can be rated again.
struct Price {
  std::string vendor, model;
  Day from;
  std::string source;
  Rates rates;  ///< input and output are always stated
  std::vector<ContextTier> context_tiers;
  std::vector<ServiceTier> service_tiers;
  std::optional<std::int64_t> context_tokens, max_output_tokens;
  friend bool operator==(const Price&, const Price&) = default;
};

/// The snapshot kept in the ledger, and back. The text of a Price reads back equal.
std::string to_json(const Price& price);
Result<Price, std::string> parse_price(std::string_view json);

/// "2026-08-01".
std::optional<Day> parse_day(std::string_view text);
std::string to_string(Day day);

/// Dollars as decimal text, also "1.83e-05": exact, rounded half up to a nano-dollar. Empty when it is not a number, is
/// negative or does not fit: what a proxy writes as "None" is no price.
std::optional<Money> parse_dollars(std::string_view text);

}  // namespace assay::pricing
