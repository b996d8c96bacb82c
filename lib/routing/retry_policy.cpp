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

/// What is done about a failure where it happened.
Decision decide_here(const Failure& failure, const CallsSoFar& calls, Milliseconds left, double u,
                     const RetryLimits& limits) {
  if (!worth_retrying(failure)) return {};
  if (throttled(failure)) return for_throttled(failure, calls, left, u, limits);
  if (failure.retry_after) return wait_for_wish(*failure.retry_after, left, u, limits);
  return wait_for(backoff(calls.counted - 1, u, limits), left, limits);
}

/// Whether one more call, here or elsewhere, would pass a limit.
bool spent(const Failure& failure, const CallsSoFar& calls, OnUnknown on_unknown, const RetryLimits& limits) {
  if (throttled(failure)) return false;
  if (calls.counted >= limits.calls) return true;
  return failure.may_have_run && (on_unknown == OnUnknown::hold || calls.maybe_billed > limits.paid_repeats);
}

}  // namespace

bool throttled(const Failure& failure) {
  return failure.kind == Failure::Kind::rate_limited && !failure.may_have_run;
}

void count(CallsSoFar& calls, const Failure& failure) {
  if (throttled(failure)) {
    ++calls.throttled_in_a_row;
    return;
  }
  calls.throttled_in_a_row = 0;
  ++calls.counted;
  ++calls.failed_here;
  if (failure.may_have_run) ++calls.maybe_billed;
}

bool curable_elsewhere(const Failure& failure) {
  switch (failure.kind) {
    case Failure::Kind::rate_limited:
    case Failure::Kind::quota:
    case Failure::Kind::overloaded:
    case Failure::Kind::unavailable:
    case Failure::Kind::unreachable:
    case Failure::Kind::timed_out:
    case Failure::Kind::cut_off:
    case Failure::Kind::auth:
    case Failure::Kind::permission:
    case Failure::Kind::model_not_found:
      return true;
    case Failure::Kind::bad_request:
    case Failure::Kind::context_too_long:
    case Failure::Kind::content_filter:
    case Failure::Kind::malformed:
    case Failure::Kind::cancelled:
    case Failure::Kind::over_budget:
    case Failure::Kind::no_candidate:
    case Failure::Kind::outcome_unknown:
    case Failure::Kind::internal:
      return false;
  }
  return false;
}

Milliseconds backoff(std::int32_t n, double u, const RetryLimits& limits) {
  Milliseconds top = limits.backoff;
  for (std::int32_t i = 0; i < n && top < limits.backoff_cap; ++i) top *= 2;
  return scaled(std::min(top, limits.backoff_cap), u);
}

Decision decide(const Failure& failure, const CallsSoFar& calls, OnUnknown on_unknown, Milliseconds left, double u,
                const RetryLimits& limits) {
  if (spent(failure, calls, on_unknown, limits)) return {};
  const Decision here = decide_here(failure, calls, left, u, limits);
  if (!curable_elsewhere(failure)) return here;
  if (here.what == What::give_up && calls.saved_wait > Milliseconds(0)) return {What::put_back, calls.saved_wait};
  if (!calls.elsewhere || left <= Milliseconds(0)) return here;
  if (here.what == What::retry && (throttled(failure) || calls.failed_here < limits.tries_at_home)) return here;
  return {What::move_on, here.what == What::put_back ? here.wait : Milliseconds(0)};
}

}  // namespace assay::routing
