#include "pricing/price_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/split.hpp"

namespace assay::pricing {
namespace {

using Field = std::optional<std::int64_t> Rates::*;
constexpr std::array<std::pair<std::string_view, Field>, 6> rate_columns{{{"input", &Rates::input},
                                                                          {"cached_read", &Rates::cached_read},
                                                                          {"cache_write_5m", &Rates::cache_write_5m},
                                                                          {"cache_write_1h", &Rates::cache_write_1h},
                                                                          {"output", &Rates::output},
                                                                          {"reasoning", &Rates::reasoning}}};

/// Dollars with at most nine decimals and no exponent as nano-dollars.
std::optional<std::int64_t> read_rate(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  if (text.size() - point > 10 || text.find_first_of("eE") != std::string_view::npos) return std::nullopt;
  const auto amount = parse_dollars(text);
  if (!amount || amount->nanos() > max_rate) return std::nullopt;
  return amount->nanos();
}

bool set_rate(Rates& rates, std::string_view name, std::string_view text) {
  for (const auto& [known, field] : rate_columns) {
    if (known != name) continue;
    rates.*field = read_rate(text);
    return (rates.*field).has_value();
  }
  return false;
}

/// "input=10,output=45"
std::optional<Rates> read_rates(std::string_view text) {
  Rates rates;
  for (const std::string_view pair : split(text, ',')) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || !set_rate(rates, pair.substr(0, equals), pair.substr(equals + 1)))
      return {};
  }
  return rates;
}

bool read_count(std::string_view text, std::optional<std::int64_t>& into) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  into = count;
  return error == std::errc() && end == text.data() + text.size() && count > 0;
}

/// ">272000:input=10,output=45 >500000:…"
bool read_context_tiers(std::string_view text, Price& price) {
  for (const std::string_view tier : split(text, ' ')) {
    const std::size_t colon = tier.find(':');
    std::optional<std::int64_t> above;
    if (colon == std::string_view::npos || !tier.starts_with('>') || !read_count(tier.substr(1, colon - 1), above))
      return false;
    const auto rates = read_rates(tier.substr(colon + 1));
    if (!rates) return false;
    price.context_tiers.push_back({*above, *rates});
  }
  return true;
}

/// "flex:input=2.5,output=15 priority:…"
bool read_service_tiers(std::string_view text, Price& price) {
  for (const std::string_view tier : split(text, ' ')) {
    const std::size_t colon = tier.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const auto rates = read_rates(tier.substr(colon + 1));
    if (!rates) return false;
    price.service_tiers.push_back({std::string(tier.substr(0, colon)), *rates});
  }
  return true;
}

bool set(Price& price, std::string_view column, std::string_view text) {
  if (column == "vendor") return price.vendor = text, true;
  if (column == "model") return price.model = text, true;
  if (column == "source") return price.source = text, text != "-";
  if (column == "from") {
    const auto day = parse_day(text);
    if (day) price.from = *day;
    return day.has_value();
  }
  if (text == "-") return true;
  if (column == "note") return true;
  if (column == "context") return read_count(text, price.context_tokens);
  if (column == "max_output") return read_count(text, price.max_output_tokens);
  if (column == "tiers") return read_context_tiers(text, price);
  if (column == "services") return read_service_tiers(text, price);
  return set_rate(price.rates, column, text);
}

bool has(const std::vector<std::string_view>& columns, std::string_view name) {
  return std::find(columns.begin(), columns.end(), name) != columns.end();
}

std::string at(std::size_t line, std::string_view what) {
  return "price list, line " + std::to_string(line) + ": " + std::string(what);
}

}  // namespace

Result<std::vector<Price>, std::string> parse_price_table(std::string_view tsv) {
  std::vector<Price> prices;
  std::vector<std::string_view> columns;
  std::size_t number = 0;
  for (const std::string_view line : split(tsv, '\n')) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    const std::vector<std::string_view> cells = split(line, '\t');
    if (columns.empty()) {
      columns = cells;
      if (!has(columns, "from")) return failure(at(number, "a price list has a column \"from\""));
      continue;
    }
    if (cells.size() != columns.size())
      return failure(at(
          number, "has " + std::to_string(cells.size()) + " columns, the heading " + std::to_string(columns.size())));
    Price price;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!set(price, columns[i], cells[i]))
        return failure(at(number, "\"" + std::string(cells[i]) + "\" is no " + std::string(columns[i])));
    }
    if (price.vendor.empty() || price.model.empty() || price.source.empty())
      return failure(at(number, "a price has a vendor, a model and a source"));
    if (!price.rates.input || !price.rates.output) return failure(at(number, "a price states input and output"));
    prices.push_back(std::move(price));
  }
  return prices;
}

}  // namespace assay::pricing
