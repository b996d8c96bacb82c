#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/money.hpp"
#include "job/usage.hpp"
#include "pricing/price.hpp"

namespace assay::pricing {

/// What a call costs, and whether the price list stated every rate that was needed.
struct Rating {
  Money cost;
  bool assumed_rate = false;  ///< a class without a rate was charged at another one (see rate())
  friend bool operator==(const Rating&, const Rating&) = default;
};

/// Σ tokens × rate over the disjoint classes, in 128 bits, rounded half up once to a nano-dollar.
///
/// Rates: the list's; replaced by those of the highest context tier whose bound the whole prompt exceeds; when none is
/// exceeded, by those of the service tier that the answer named. A class without a rate of its own is charged so:
/// cached reads as input; a 1h write as a 5m write, else as input; a 5m write as input; reasoning as output (the rule,
/// hence not flagged). Empty, meaning unknown: nobody counted (UsageSource::none), no prompt class or no answer class
/// was sent (estimate() fills them), a count is negative, or the sum is beyond what Money holds.
std::optional<Rating> rate(const Usage& usage, const Price& price, std::string_view service_tier = {});

/// rate() without the flag.
std::optional<Money> cost(const Usage& usage, const Price& price, std::string_view service_tier = {});

/// The most a call can cost, rounded up: every byte of the request's body a prompt token at the dearest prompt rate,
/// and `max_tokens` answer tokens at the dearest answer rate, over the list and the context tiers that so many tokens
/// can reach. Without max_tokens the model's own largest answer counts; empty when that is unknown too. A bill can pass
/// it only by what the request does not decide: a service tier set for the account, charges that are not for tokens.
std::optional<Money> bound(std::size_t body_bytes, std::optional<std::int64_t> max_tokens, const Price& price);

/// Whether the provider counted the prompt, the answer: whether any class of it was sent.
bool counts_prompt(const Usage& usage);
bool counts_answer(const Usage& usage);

/// The usage with what the provider left out filled in (pricing/token_estimate.hpp says with what). When anything is
/// filled the source becomes `estimated`; a zero that was sent stays zero.
Usage estimate(Usage usage, std::int64_t prompt_tokens, std::int64_t answer_tokens);

}  // namespace assay::pricing
