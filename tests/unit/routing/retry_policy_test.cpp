#include "routing/retry_policy.hpp"

#include <boost/test/unit_test.hpp>
#include <iostream>
#include <random>

using namespace assay;
using namespace assay::routing;
using namespace std::chrono_literals;
using Kind = Failure::Kind;
using What = Decision::What;

namespace assay::routing {
std::ostream& operator<<(std::ostream& out, Decision::What what) {
  return out << (what == What::retry ? "retry" : what == What::put_back ? "put back" : "give up");
}
std::ostream& operator<<(std::ostream& out, const Decision& decision) {
  return out << decision.what << " after " << decision.wait.count() << " ms";
}
}  // namespace assay::routing

namespace {

constexpr Milliseconds plenty = 10min;

Failure failed(Kind kind, std::optional<Milliseconds> retry_after = {}, bool may_have_run = false) {
  Failure failure;
  failure.kind = kind;
  failure.retry_after = retry_after;
  failure.may_have_run = may_have_run;
  return failure;
}

CallsSoFar calls(std::int32_t counted, std::int32_t maybe_billed = 0) {
  return {counted, maybe_billed, 0};
}
CallsSoFar throttled_calls(std::int32_t in_a_row) {
  return {0, 0, in_a_row};
}

Decision decided(const Failure& failure, const CallsSoFar& so_far, double u = 0.5, Milliseconds left = plenty) {
  return decide(failure, so_far, OnUnknown::repeat, left, u);
}

constexpr Kind all_kinds[] = {
    Kind::rate_limited,     Kind::quota,          Kind::overloaded,      Kind::unavailable,     Kind::unreachable,
    Kind::timed_out,        Kind::auth,           Kind::permission,      Kind::model_not_found, Kind::bad_request,
    Kind::context_too_long, Kind::content_filter, Kind::malformed,       Kind::cut_off,         Kind::cancelled,
    Kind::over_budget,      Kind::no_candidate,   Kind::outcome_unknown, Kind::internal};

}  // namespace

BOOST_AUTO_TEST_SUITE(retry_policy)

BOOST_AUTO_TEST_CASE(gives_up_on_what_no_retry_can_change) {
  for (const Kind kind : all_kinds) {
    const Failure failure = failed(kind, 1s);
    const bool gives_up = decided(failure, calls(1)).what == What::give_up;
    BOOST_TEST(gives_up == !worth_retrying(failure), to_string(kind));
  }
}

BOOST_AUTO_TEST_CASE(backs_off_with_full_jitter_doubling_up_to_eight_seconds) {
  BOOST_TEST(backoff(0, 0.0) == 0ms);
  BOOST_TEST(backoff(0, 0.5) == 250ms);
  BOOST_TEST(backoff(1, 0.5) == 500ms);
  BOOST_TEST(backoff(3, 0.5) == 2000ms);
  BOOST_TEST(backoff(4, 0.5) == 4000ms);
  BOOST_TEST(backoff(5, 0.5) == 4000ms);
  BOOST_TEST(backoff(2'000'000'000, 0.999) < 8000ms);
  BOOST_TEST(decided(failed(Kind::unavailable), calls(1)) == (Decision{What::retry, 250ms}));
  BOOST_TEST(decided(failed(Kind::unavailable), calls(3)) == (Decision{What::retry, 1000ms}));
}

BOOST_AUTO_TEST_CASE(makes_at_most_six_calls_for_a_cell) {
  BOOST_TEST(decided(failed(Kind::unavailable), calls(5)).what == What::retry);
  BOOST_TEST(decided(failed(Kind::unavailable), calls(6)).what == What::give_up);
  BOOST_TEST(decided(failed(Kind::overloaded, 5s), calls(6)).what == What::give_up);
}

BOOST_AUTO_TEST_CASE(honours_retry_after_even_beyond_the_backoff_cap) {
  BOOST_TEST(decided(failed(Kind::overloaded, 9s), calls(1), 0.0) == (Decision{What::retry, 9s}));
  BOOST_TEST(decided(failed(Kind::rate_limited, 9s), throttled_calls(1), 0.0) == (Decision{What::retry, 9s}));
  BOOST_TEST(decided(failed(Kind::rate_limited, 0ms), throttled_calls(1), 0.9) == (Decision{What::retry, 0ms}));
}

BOOST_AUTO_TEST_CASE(never_waits_less_than_was_asked_for_nor_more_than_a_tenth_longer) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> chance(0, 1);
  for (int i = 0; i < 10'000; ++i) {
    const Milliseconds wish(random() % 3'000'000);
    for (const Kind kind : {Kind::rate_limited, Kind::overloaded}) {
      const Decision decision = decided(failed(kind, wish), calls(1), chance(random));
      BOOST_REQUIRE(decision.wait >= wish);
      BOOST_REQUIRE(decision.wait.count() <= wish.count() + wish.count() / 10);
      BOOST_REQUIRE((decision.what == (wish <= 10s ? What::retry : What::put_back)));
    }
  }
}

BOOST_AUTO_TEST_CASE(gives_the_slot_back_for_more_than_ten_seconds_and_wakes_within_an_hour) {
  BOOST_TEST(decided(failed(Kind::rate_limited, 10s), throttled_calls(1), 0.9) == (Decision{What::retry, 10s}));
  BOOST_TEST(decided(failed(Kind::rate_limited, 11s), throttled_calls(1), 0.0) == (Decision{What::put_back, 11s}));
  BOOST_TEST(decided(failed(Kind::overloaded, 300s), calls(1), 0.0) == (Decision{What::put_back, 300s}));
  BOOST_TEST(decided(failed(Kind::rate_limited, 24h), throttled_calls(1), 0.9) == (Decision{What::put_back, 1h}));
  BOOST_TEST(decided(failed(Kind::overloaded, 24h), calls(1), 0.9) == (Decision{What::put_back, 1h}));
}

BOOST_AUTO_TEST_CASE(gives_the_slot_back_when_the_wait_does_not_fit_into_what_is_left) {
  BOOST_TEST(decided(failed(Kind::overloaded, 5s), calls(1), 0.0, 4s) == (Decision{What::put_back, 5s}));
  BOOST_TEST(decided(failed(Kind::unavailable), calls(1), 0.5, 250ms) == (Decision{What::put_back, 250ms}));
  BOOST_TEST(decided(failed(Kind::unavailable), calls(1), 0.5, 251ms) == (Decision{What::retry, 250ms}));
  BOOST_TEST(decided(failed(Kind::rate_limited), throttled_calls(1), 0.5, 0ms).what == What::put_back);
}

BOOST_AUTO_TEST_CASE(a_throttled_cell_never_fails) {
  for (std::int32_t in_a_row = 1; in_a_row < 1000; ++in_a_row) {
    for (const std::int32_t counted : {0, 5, 6, 100}) {
      for (const Milliseconds left : {0ms, 5000ms, plenty}) {
        const CallsSoFar so_far{counted, 0, in_a_row};
        BOOST_REQUIRE((decided(failed(Kind::rate_limited), so_far, 0.5, left).what != What::give_up));
        BOOST_REQUIRE((decided(failed(Kind::rate_limited, 0ms), so_far, 0.5, left).what != What::give_up));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_vendor_that_throttles_for_ever_without_a_wait_is_not_hammered) {
  BOOST_TEST(decided(failed(Kind::rate_limited), throttled_calls(1)) == (Decision{What::retry, 250ms}));
  BOOST_TEST(decided(failed(Kind::rate_limited), throttled_calls(3)) == (Decision{What::retry, 1000ms}));
  BOOST_TEST(decided(failed(Kind::rate_limited), throttled_calls(4), 0.0) == (Decision{What::put_back, 60s}));
  BOOST_TEST(decided(failed(Kind::rate_limited, 0ms), throttled_calls(4), 0.0) == (Decision{What::put_back, 60s}));
  BOOST_TEST(decided(failed(Kind::rate_limited, 2min), throttled_calls(4), 0.0) == (Decision{What::put_back, 2min}));
}

BOOST_AUTO_TEST_CASE(repeats_a_call_that_may_have_been_billed_twice_at_most) {
  BOOST_TEST(decided(failed(Kind::timed_out, {}, true), calls(1, 1)).what == What::retry);
  BOOST_TEST(decided(failed(Kind::cut_off, {}, true), calls(2, 2)).what == What::retry);
  BOOST_TEST(decided(failed(Kind::malformed, {}, true), calls(3, 3)).what == What::give_up);
}

BOOST_AUTO_TEST_CASE(an_unbilled_failure_does_not_use_the_paid_budget) {
  BOOST_TEST(decided(failed(Kind::unreachable), calls(5, 4)).what == What::retry);
}

BOOST_AUTO_TEST_CASE(never_repeats_a_request_that_may_have_been_billed_where_the_suite_holds) {
  const auto held = [](const Failure& failure) {
    return decide(failure, calls(1, 1), OnUnknown::hold, plenty, 0.5).what;
  };
  BOOST_TEST((held(failed(Kind::timed_out, {}, true)) == What::give_up));
  BOOST_TEST((held(failed(Kind::timed_out, {}, false)) == What::retry));
}

BOOST_AUTO_TEST_CASE(a_rate_limit_that_may_have_run_is_a_failure_like_others) {
  BOOST_TEST(!throttled(failed(Kind::rate_limited, {}, true)));
  BOOST_TEST(decided(failed(Kind::rate_limited, {}, true), calls(6, 1)).what == What::give_up);
}

BOOST_AUTO_TEST_CASE(limits_are_settings) {
  RetryLimits limits;
  limits.calls = 2;
  limits.in_place = 1s;
  limits.wake_cap = 5s;
  BOOST_TEST(decide(failed(Kind::unavailable), calls(2), OnUnknown::repeat, plenty, 0.5, limits).what == What::give_up);
  BOOST_TEST(decide(failed(Kind::overloaded, 30s), calls(1), OnUnknown::repeat, plenty, 0.0, limits) ==
             (Decision{What::put_back, 5s}));
}

BOOST_AUTO_TEST_SUITE_END()
