#include "pricing/unit.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace assay::pricing {
namespace {

/// The power of ten that turns the price of so many tokens into that of a million.
struct Known {
  Unit unit;
  std::string_view name;
  int power;
};
constexpr std::array<Known, 3> units{{{Unit::per_token, "per_token", 6},
                                      {Unit::per_thousand, "per_thousand", 3},
                                      {Unit::per_million, "per_million", 0}}};

int power_of(Unit unit) {
  return std::find_if(units.begin(), units.end(), [unit](const Known& known) { return known.unit == unit; })->power;
}

/// "1.5" and "-05" of "1.5e-05".
std::optional<std::pair<std::string, int>> split_exponent(std::string_view text) {
  const std::size_t letter = std::min(text.find_first_of("eE"), text.size());
  int exponent = 0;
  if (letter < text.size()) {
    std::string_view digits = text.substr(letter + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    if (exponent > 100 || exponent < -100) return std::nullopt;
  }
  return std::pair(std::string(text.substr(0, letter)), exponent);
}

std::string per_million(std::int64_t rate) {
  return "$" + to_dollars(Money::nanos(rate)) + " per million tokens";
}

std::optional<std::string> strange(std::string_view name, std::optional<std::int64_t> stated,
                                   std::optional<std::int64_t> known) {
  if (!stated || !known || *known == 0 || *stated == 0) return std::nullopt;
  const std::int64_t larger = std::max(*stated, *known), smaller = std::min(*stated, *known);
  if (larger / smaller < 100) return std::nullopt;
  return std::string(name) + " of " + per_million(*stated) + " is " + std::to_string(larger / smaller) +
         (*stated > *known ? " times " : " times less than ") + "the " + per_million(*known);
}

}  // namespace

std::string_view to_string(Unit unit) {
  return std::find_if(units.begin(), units.end(), [unit](const Known& known) { return known.unit == unit; })->name;
}

std::optional<Unit> parse_unit(std::string_view name) {
  for (const Known& known : units) {
    if (known.name == name) return known.unit;
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_rate(std::string_view dollars, Unit unit) {
  const auto parts = split_exponent(dollars);
  if (!parts) return std::nullopt;
  const auto amount = parse_dollars(parts->first + "e" + std::to_string(parts->second + power_of(unit)));
  if (!amount || amount->nanos() > max_rate) return std::nullopt;
  return amount->nanos();
}

std::optional<std::string> unit_warning(const Rates& stated, const Price& known) {
  auto warning = strange("an input price", stated.input, known.rates.input);
  if (!warning) warning = strange("an output price", stated.output, known.rates.output);
  if (!warning) return std::nullopt;
  return *warning + " of " + known.vendor + "/" + known.model + " (" + known.source + "): is its unit right?";
}

}  // namespace assay::pricing
