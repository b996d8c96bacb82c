#include <algorithm>
#include <array>
#include <set>

#include "config/checks.hpp"
#include "pricing/price_book.hpp"
#include "pricing/unit.hpp"

namespace assay::config {
namespace {

using Prices = ModelSettings::Prices;

struct Class {
  const char* name;
  std::string Prices::*written;
  std::optional<std::int64_t> pricing::Rates::*rate;
};
constexpr std::array<Class, 6> classes = {{{"input", &Prices::input, &pricing::Rates::input},
                                           {"cached_read", &Prices::cached_read, &pricing::Rates::cached_read},
                                           {"cache_write_5m", &Prices::cache_write_5m, &pricing::Rates::cache_write_5m},
                                           {"cache_write_1h", &Prices::cache_write_1h, &pricing::Rates::cache_write_1h},
                                           {"output", &Prices::output, &pricing::Rates::output},
                                           {"reasoning", &Prices::reasoning, &pricing::Rates::reasoning}}};

std::string path_of(const ModelSettings& model, const char* field) {
  return "models." + model.name + "." + field;
}

/// Far ahead: the newest price.
constexpr Day always{1'000'000};

std::optional<pricing::Price> known_price(const Settings& settings, const ModelSettings& model) {
  const ProviderSettings* provider = settings.provider(model.provider);
  const std::string vendor = provider == nullptr || provider->vendor.empty() ? model.provider : provider->vendor;
  return pricing::product_price_book().find(vendor, model.model.empty() ? model.name : model.model, always);
}

void read_rates(Draft& draft, const Lines& lines, ModelSettings& model, pricing::Unit unit) {
  pricing::Rates rates;
  for (const Class& one : classes) {
    const std::string& written = model.prices.*one.written;
    if (written.empty()) continue;
    rates.*one.rate = pricing::parse_rate(written, unit);
    if (!(rates.*one.rate))
      return complain(draft, lines, {path_of(model, one.name)}, "expected dollars, such as 0.003 or 1.5e-05");
  }
  if (!rates.input || !rates.output)
    return complain(draft, lines, {path_of(model, "input"), path_of(model, "output"), path_of(model, "unit")},
                    "prices name input and output; an embedding's output is 0");
  model.rates = rates;
  const auto known = known_price(draft.settings, model);
  const auto warning = known ? pricing::unit_warning(rates, *known) : std::nullopt;
  if (warning)
    complain(draft, lines, {path_of(model, "input"), path_of(model, "unit")}, *warning, Fault::Severity::warning);
}

void check_prices(Draft& draft, const Lines& lines, ModelSettings& model) {
  std::vector<std::string> stated;
  for (const Class& one : classes) {
    if (!(model.prices.*one.written).empty()) stated.push_back(path_of(model, one.name));
  }
  const auto unit = pricing::parse_unit(model.prices.unit);
  if (stated.empty()) {
    if (unit) complain(draft, lines, {path_of(model, "unit")}, "a unit without prices");
    return;
  }
  if (unit) return read_rates(draft, lines, model, *unit);
  complain(draft, lines, stated,
           "a price needs " + path_of(model, "unit") + ": per_token, per_thousand or per_million");
}

void check_provider(Draft& draft, const Lines& lines, const ModelSettings& model) {
  const std::string path = path_of(model, "provider");
  std::vector<std::string> anything = {path};
  const auto next = draft.decided.lower_bound("models." + model.name + ".");
  if (next != draft.decided.end()) anything.push_back(next->first);
  if (model.provider.empty()) return complain(draft, lines, anything, "model " + model.name + " needs a provider");
  if (draft.settings.provider(model.provider) == nullptr && model.provider != "litellm")
    complain(draft, lines, {path}, "no provider " + model.provider + " is configured");
}

/// The names from one to itself; empty when no way leads back.
std::vector<std::string> circle(const Settings& settings, const std::string& start) {
  std::vector<std::pair<std::string, std::vector<std::string>>> ways = {{start, {start}}};
  std::set<std::string> seen;
  while (!ways.empty()) {
    const auto [name, way] = ways.back();
    ways.pop_back();
    for (const std::string& next : settings.fallbacks_of(name)) {
      std::vector<std::string> longer = way;
      longer.push_back(next);
      if (next == start) return longer;
      if (seen.insert(next).second) ways.emplace_back(next, std::move(longer));
    }
  }
  return {};
}

/// One complaint for each circle, whoever it begins with.
void check_fallbacks(Draft& draft, const Lines& lines) {
  std::set<std::string> told;
  for (const auto& [name, others] : draft.settings.fallbacks) {
    if (std::find(others.begin(), others.end(), name) != others.end()) {
      complain(draft, lines, {"fallbacks"}, name + " stands in for itself");
      continue;
    }
    const std::vector<std::string> way = circle(draft.settings, name);
    if (way.empty() || told.contains(name)) continue;
    std::string text;
    for (const std::string& step : way) text += (text.empty() ? "" : " → ") + step;
    told.insert(way.begin(), way.end());
    complain(draft, lines, {"fallbacks"}, "a circle, each name in it is tried once: " + text, Fault::Severity::warning);
  }
}

void check_aliases(Draft& draft, const Lines& lines) {
  for (const auto& [name, target] : draft.settings.aliases) {
    const bool onward = std::any_of(draft.settings.aliases.begin(), draft.settings.aliases.end(),
                                    [&target = target](const auto& other) { return other.first == target; });
    if (onward) complain(draft, lines, {"aliases"}, name + " stands for " + target + ", which is an alias itself");
  }
}

}  // namespace

void check_models(Draft& draft, const Lines& lines) {
  for (ModelSettings& model : draft.settings.models) {
    check_provider(draft, lines, model);
    check_prices(draft, lines, model);
  }
  check_fallbacks(draft, lines);
  check_aliases(draft, lines);
}

}  // namespace assay::config
