#include "routing/retry_policy.hpp"

#include <algorithm>

namespace assay::routing {
namespace {

using What = Decision::What;

Milliseconds scaled(Milliseconds wait, double factor) {
  return Milliseconds(static_cast<std::int64_t>(static_cast<double>(wait.count()) * factor));
}

Milliseconds spread(Milliseconds wish, double u) {
  return wish + scaled(wish, 0.1 * u);
}

/// Sleeps in place where that is allowed, else in the queue.
Decision wait_for(Milliseconds wait, Milliseconds left, const RetryLimits& limits) {
  if (wait <= limits.in_place && wait < left) return {What::retry, wait};
  return {What::put_back, std::min(wait, limits.wake_cap)};
}

/// For the vendor's own wish. One that may be slept in place stays there: only its spread could pass the limit.
Decision wait_for_wish(Milliseconds wish, Milliseconds left, double u, const RetryLimits& limits) {
  const Milliseconds wait = spread(wish, u);
  return wait_for(wish <= limits.in_place ? std::min(wait, limits.in_place) : wait, left, limits);
}

Decision for_throttled(const Failure& failure, const CallsSoFar& calls, Milliseconds left, double u,
                       const RetryLimits& limits) {
  if (calls.throttled_in_a_row > limits.throttled_in_place) {
    const Milliseconds wish = std::max(failure.retry_after.value_or(Milliseconds(0)), limits.throttle_wait);
    return {What::put_back, std::min(spread(wish, u), limits.wake_cap)};
  }
  if (failure.retry_after) return wait_for_wish(*failure.retry_after, left, u, limits);
  return wait_for(backoff(calls.throttled_in_a_row - 1, u, limits), left, limits);
}

}  // namespace

bool throttled(const Failure& failure) {
  return failure.kind == Failure::Kind::rate_limited && !failure.may_have_run;
}

Milliseconds backoff(std::int32_t n, double u, const RetryLimits& limits) {
  Milliseconds top = limits.backoff;
  for (std::int32_t i = 0; i < n && top < limits.backoff_cap; ++i) top *= 2;
  return scaled(std::min(top, limits.backoff_cap), u);
}

Decision decide(const Failure& failure, const CallsSoFar& calls, OnUnknown on_unknown, Milliseconds left, double u,
                const RetryLimits& limits) {
  if (!worth_retrying(failure)) return {};
  if (throttled(failure)) return for_throttled(failure, calls, left, u, limits);
  if (calls.counted >= limits.calls) return {};
  if (failure.may_have_run && (on_unknown == OnUnknown::hold || calls.maybe_billed > limits.paid_repeats)) return {};
  if (failure.retry_after) return wait_for_wish(*failure.retry_after, left, u, limits);
  return wait_for(backoff(calls.counted - 1, u, limits), left, limits);
}

}  // namespace assay::routing
