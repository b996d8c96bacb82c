#include "pricing/price.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <limits>
#include <utility>

#include "json/document.hpp"
#include "json/writer.hpp"

namespace assay::pricing {
namespace {

using Field = std::optional<std::int64_t> Rates::*;
constexpr std::array<std::pair<std::string_view, Field>, 6> classes{{{"input", &Rates::input},
                                                                     {"cached_read", &Rates::cached_read},
                                                                     {"cache_write_5m", &Rates::cache_write_5m},
                                                                     {"cache_write_1h", &Rates::cache_write_1h},
                                                                     {"output", &Rates::output},
                                                                     {"reasoning", &Rates::reasoning}}};

void write(json::Writer& out, const Rates& rates) {
  out.begin_object();
  for (const auto& [name, field] : classes) {
    if (rates.*field) out.field(name, *(rates.*field));
  }
  out.end_object();
}

bool valid(std::int64_t rate) {
  return rate >= 0 && rate <= max_rate;
}

/// Empty when a rate is no number or out of range.
std::optional<Rates> read_rates(json::View view) {
  if (!view.is_object()) return std::nullopt;
  Rates rates;
  for (const auto& [name, field] : classes) {
    const json::View value = view[name];
    if (!value) continue;
    rates.*field = value.as_int64();
    if (!(rates.*field) || !valid(*(rates.*field))) return std::nullopt;
  }
  return rates;
}

bool read_tiers(json::View root, Price& price) {
  for (const json::View tier : root["context_tiers"].elements()) {
    const auto above = tier["above"].as_int64();
    const auto rates = read_rates(tier["rates"]);
    if (!above || *above < 0 || !rates) return false;
    price.context_tiers.push_back({*above, *rates});
  }
  for (const auto& [name, value] : root["service_tiers"].members()) {
    const auto rates = read_rates(value);
    if (!rates) return false;
    price.service_tiers.push_back({std::string(name), *rates});
  }
  return true;
}

std::optional<int> to_int(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

bool digit(char c) {
  return c >= '0' && c <= '9';
}

/// Decimal text as digits and the power of ten they are multiplied with.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal decimal;
  std::size_t at = 0;
  const auto take_digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && digit(text[at])) decimal.digits += text[at++];
    return at - begin;
  };
  std::size_t count = take_digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    const std::size_t fraction = take_digits();
    if (fraction > 100) return std::nullopt;
    decimal.exponent -= static_cast<int>(fraction);
    count += fraction;
  }
  if (count == 0) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::string_view power = text.substr(at + 1);
    if (!power.empty() && power.front() == '+') power.remove_prefix(1);
    const auto exponent = to_int(power);
    if (!exponent || *exponent > 100 || *exponent < -100) return std::nullopt;
    decimal.exponent += *exponent;
    at = text.size();
  }
  if (at != text.size()) return std::nullopt;
  decimal.digits.erase(0, std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size()));
  return decimal;
}

}  // namespace

Rates Rates::replaced_by(const Rates& other) const {
  Rates result = *this;
  for (const auto& [name, field] : classes) {
    if (other.*field) result.*field = other.*field;
  }
  return result;
}

std::string to_json(const Price& price) {
  std::string text;
  json::Writer out(text);
  out.begin_object();
  out.field("vendor", price.vendor).field("model", price.model).field("from", to_string(price.from));
  out.field("source", price.source).field("unit", "nano-dollars per million tokens").key("rates");
  write(out, price.rates);
  if (!price.context_tiers.empty()) {
    out.key("context_tiers").begin_array();
    for (const ContextTier& tier : price.context_tiers) {
      out.begin_object().field("above", tier.above_input_tokens).key("rates");
      write(out, tier.rates);
      out.end_object();
    }
    out.end_array();
  }
  if (!price.service_tiers.empty()) {
    out.key("service_tiers").begin_object();
    for (const ServiceTier& tier : price.service_tiers) {
      out.key(tier.name);
      write(out, tier.rates);
    }
    out.end_object();
  }
  if (price.context_tokens) out.field("context_tokens", *price.context_tokens);
  if (price.max_output_tokens) out.field("max_output_tokens", *price.max_output_tokens);
  out.end_object();
  return text;
}

Result<Price, std::string> parse_price(std::string_view text) {
  const auto document = json::parse(text);
  if (!document) return failure("a price snapshot is JSON: " + json::to_string(document.error()));
  const json::View root = document->root();
  Price price;
  price.vendor = root["vendor"].string_or("");
  price.model = root["model"].string_or("");
  price.source = root["source"].string_or("");
  const auto from = parse_day(root["from"].string_or(""));
  if (!from) return failure(std::string("a price snapshot names the day it holds from, as \"2026-08-01\""));
  price.from = *from;
  const auto rates = read_rates(root["rates"]);
  if (!rates || !rates->input || !rates->output || !read_tiers(root, price)) {
    return failure(
        std::string("a price snapshot's rates are whole nano-dollars per million tokens, input and output among them"));
  }
  price.rates = *rates;
  price.context_tokens = root["context_tokens"].as_int64();
  price.max_output_tokens = root["max_output_tokens"].as_int64();
  return price;
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = to_int(text.substr(0, 4)), month = to_int(text.substr(5, 2)), day = to_int(text.substr(8, 2));
  if (!year || !month || !day || *month < 1 || *day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

std::string to_string(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.since_epoch))};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int(date.year()), unsigned(date.month()),
                unsigned(date.day()));
  return text.data();
}

std::optional<Money> parse_dollars(std::string_view text) {
  const auto decimal = read_decimal(text);
  if (!decimal) return std::nullopt;
  const int shift = decimal->exponent + 9;  // a dollar is 1e9 nano-dollars
  std::string whole = decimal->digits;
  bool up = false;
  if (shift >= 0) {
    if (!whole.empty()) whole.append(static_cast<std::size_t>(shift), '0');
  } else {
    const auto cut = static_cast<std::size_t>(-shift);
    up = whole.size() >= cut && whole[whole.size() - cut] >= '5';
    whole.resize(whole.size() > cut ? whole.size() - cut : 0);
  }
  std::int64_t nanos = 0;
  if (whole.size() > 18) return std::nullopt;
  for (const char c : whole) nanos = nanos * 10 + (c - '0');
  return Money::nanos(nanos + (up ? 1 : 0));
}

}  // namespace assay::pricing
