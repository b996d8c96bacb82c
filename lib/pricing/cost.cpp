#include "pricing/cost.hpp"

#include <algorithm>
#include <limits>

#include "base/wide.hpp"

namespace assay::pricing {
namespace {

constexpr std::int64_t million = 1'000'000;

/// Counts beyond this are not token counts: 1e15 tokens × 1e15 nano-dollars × 6 classes stay inside 128 bits.
constexpr std::int64_t max_tokens_counted = 1'000'000'000'000'000;

Rates rates_of(const Price& price, std::int64_t prompt_tokens, std::string_view service_tier) {
  const ContextTier* highest = nullptr;
  for (const ContextTier& tier : price.context_tiers) {
    if (prompt_tokens <= tier.above_input_tokens) continue;
    if (!highest || tier.above_input_tokens > highest->above_input_tokens) highest = &tier;
  }
  if (highest) return price.rates.replaced_by(highest->rates);
  for (const ServiceTier& tier : price.service_tiers) {
    if (tier.name == service_tier) return price.rates.replaced_by(tier.rates);
  }
  return price.rates;
}

bool countable(const Usage& usage) {
  for (const auto& tokens :
       {usage.input, usage.cached_read, usage.cache_write_5m, usage.cache_write_1h, usage.output, usage.reasoning}) {
    if (tokens && (*tokens < 0 || *tokens > max_tokens_counted)) return false;
  }
  return usage.source != UsageSource::none && counts_prompt(usage) && counts_answer(usage);
}

/// A sum of tokens × rate, in nano-dollars per million.
class Bill {
 public:
  void add(std::int64_t tokens, std::int64_t rate) { sum_ += static_cast<Wide>(tokens) * static_cast<Wide>(rate); }

  std::optional<Money> rounded(Wide addend) const {
    const Wide nanos = (sum_ + addend) / million;
    if (nanos > static_cast<Wide>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return Money::nanos(static_cast<std::int64_t>(nanos));
  }

 private:
  Wide sum_ = 0;
};

std::int64_t dearest_input(const Rates& rates) {
  return std::max({rates.input.value_or(0), rates.cached_read.value_or(0), rates.cache_write_5m.value_or(0),
                   rates.cache_write_1h.value_or(0)});
}

std::int64_t dearest_output(const Rates& rates) {
  return std::max(rates.output.value_or(0), rates.reasoning.value_or(0));
}

}  // namespace

std::optional<Rating> rate(const Usage& usage, const Price& price, std::string_view service_tier) {
  if (!countable(usage)) return std::nullopt;
  const Rates rates = rates_of(price, usage.prompt_tokens(), service_tier);
  const std::int64_t input = rates.input.value_or(0), output = rates.output.value_or(0);
  Bill bill;
  bool assumed = false;
  const auto charge = [&](std::optional<std::int64_t> tokens, std::optional<std::int64_t> stated,
                          std::int64_t otherwise) {
    if (!tokens) return;
    bill.add(*tokens, stated.value_or(otherwise));
    assumed = assumed || (*tokens > 0 && !stated);
  };
  charge(usage.input, rates.input, input);
  charge(usage.cached_read, rates.cached_read, input);
  charge(usage.cache_write_5m, rates.cache_write_5m, input);
  charge(usage.cache_write_1h, rates.cache_write_1h, rates.cache_write_5m.value_or(input));
  charge(usage.output, rates.output, output);
  charge(usage.reasoning, rates.reasoning.value_or(output), output);

  const std::optional<Money> cost = bill.rounded(million / 2);
  if (!cost) return std::nullopt;
  return Rating{*cost, assumed};
}

std::optional<Money> cost(const Usage& usage, const Price& price, std::string_view service_tier) {
  const auto rating = rate(usage, price, service_tier);
  if (!rating) return std::nullopt;
  return rating->cost;
}

std::optional<Money> bound(std::size_t body_bytes, std::optional<std::int64_t> max_tokens, const Price& price) {
  if (!max_tokens) max_tokens = price.max_output_tokens;
  const auto prompt = static_cast<std::int64_t>(std::min<std::size_t>(body_bytes, max_tokens_counted));
  if (!max_tokens || *max_tokens < 0 || *max_tokens > max_tokens_counted) return std::nullopt;
  std::int64_t input = dearest_input(price.rates), output = dearest_output(price.rates);
  for (const ContextTier& tier : price.context_tiers) {
    if (prompt <= tier.above_input_tokens) continue;
    input = std::max(input, dearest_input(tier.rates));
    output = std::max(output, dearest_output(tier.rates));
  }
  Bill bill;
  bill.add(prompt, input);
  bill.add(*max_tokens, output);
  return bill.rounded(million - 1);
}

bool counts_prompt(const Usage& usage) {
  return usage.input || usage.cached_read || usage.cache_write_5m || usage.cache_write_1h;
}

bool counts_answer(const Usage& usage) {
  return usage.output || usage.reasoning;
}

Usage estimate(Usage usage, std::int64_t prompt_tokens, std::int64_t answer_tokens) {
  const bool prompt = counts_prompt(usage), answer = counts_answer(usage);
  if (!prompt) usage.input = prompt_tokens;
  if (!answer) usage.output = answer_tokens;
  if (!prompt || !answer) usage.source = UsageSource::estimated;
  return usage;
}

}  // namespace assay::pricing
