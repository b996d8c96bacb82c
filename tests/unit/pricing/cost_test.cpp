#include "pricing/cost.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/test/unit_test.hpp>
#include <random>

using namespace assay;
using namespace assay::pricing;

namespace {

constexpr std::int64_t dollar = 1'000'000'000;

Usage usage(std::int64_t input, std::int64_t output) {
  Usage usage;
  usage.input = input;
  usage.output = output;
  usage.source = UsageSource::provider;
  return usage;
}

Price price(std::int64_t input, std::int64_t output) {
  Price price;
  price.rates.input = input;
  price.rates.output = output;
  return price;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cost_of_a_call)

BOOST_AUTO_TEST_CASE(three_and_fifteen_dollars_for_a_million_each_are_eighteen) {
  BOOST_TEST(cost(usage(1'000'000, 1'000'000), price(3 * dollar, 15 * dollar))->nanos() == 18 * dollar);
}

BOOST_AUTO_TEST_CASE(is_rounded_once_and_half_up) {
  BOOST_TEST(cost(usage(1, 0), price(499'999, 0))->nanos() == 0);
  BOOST_TEST(cost(usage(1, 0), price(500'000, 0))->nanos() == 1);
  // Two classes of 0.4 nano-dollars each are 0.8, hence 1: rounding each would give 0.
  BOOST_TEST(cost(usage(1, 1), price(400'000, 400'000))->nanos() == 1);
}

BOOST_AUTO_TEST_CASE(charges_each_class_at_its_own_rate) {
  Price given = price(5 * dollar, 30 * dollar);
  given.rates.cached_read = dollar / 2;
  given.rates.cache_write_5m = 6 * dollar;
  given.rates.cache_write_1h = 10 * dollar;
  given.rates.reasoning = 40 * dollar;
  Usage used = usage(1000, 100);
  used.cached_read = 200;
  used.cache_write_5m = 30;
  used.cache_write_1h = 4;
  used.reasoning = 50;

  const auto rating = rate(used, given);

  BOOST_TEST(rating->cost.nanos() == (1000 * 5 * dollar + 200 * dollar / 2 + 30 * 6 * dollar + 4 * 10 * dollar +
                                      100 * 30 * dollar + 50 * 40 * dollar) /
                                         1'000'000);
  BOOST_TEST(!rating->assumed_rate);
}

BOOST_AUTO_TEST_CASE(charges_a_class_without_a_rate_at_the_next_one_and_says_so) {
  Usage cached = usage(0, 0);
  cached.cached_read = 1'000'000;
  BOOST_TEST((rate(cached, price(3 * dollar, 0)) == Rating{Money::nanos(3 * dollar), true}));

  Usage written = usage(0, 0);
  written.cache_write_1h = 1'000'000;
  Price with_5m = price(3 * dollar, 0);
  with_5m.rates.cache_write_5m = 4 * dollar;
  BOOST_TEST((rate(written, with_5m) == Rating{Money::nanos(4 * dollar), true}));
  BOOST_TEST((rate(written, price(3 * dollar, 0)) == Rating{Money::nanos(3 * dollar), true}));

  Usage no_cached = usage(1'000'000, 0);
  no_cached.cached_read = 0;
  BOOST_TEST((rate(no_cached, price(3 * dollar, 0)) == Rating{Money::nanos(3 * dollar), false}));
}

BOOST_AUTO_TEST_CASE(charges_reasoning_as_output_when_the_list_has_no_rate_for_it) {
  Usage thought = usage(0, 0);
  thought.reasoning = 1'000'000;
  BOOST_TEST((rate(thought, price(0, 8 * dollar)) == Rating{Money::nanos(8 * dollar), false}));
}

BOOST_AUTO_TEST_CASE(a_context_tier_counts_the_whole_prompt_and_must_be_strictly_exceeded) {
  Price given = price(dollar, 2 * dollar);
  given.rates.cached_read = dollar / 10;
  given.context_tiers.push_back({1000, Rates{.input = 10 * dollar}});
  given.context_tiers.push_back({5000, Rates{.input = 100 * dollar, .output = 200 * dollar}});
  Usage used = usage(900, 1000);
  used.cached_read = 100;

  BOOST_TEST(cost(used, given)->nanos() == (900 * dollar + 100 * dollar / 10 + 1000 * 2 * dollar) / 1'000'000);
  used.cached_read = 101;
  BOOST_TEST(cost(used, given)->nanos() == (900 * 10 * dollar + 101 * dollar / 10 + 1000 * 2 * dollar) / 1'000'000);
  used.cache_write_5m = 4000;
  BOOST_TEST(cost(used, given)->nanos() ==
             ((900 + 4000) * 100 * dollar + 101 * dollar / 10 + 1000 * 200 * dollar) / 1'000'000);
}

BOOST_AUTO_TEST_CASE(the_service_tier_that_answered_sets_the_rates_unless_a_context_tier_does) {
  Price given = price(4 * dollar, 0);
  given.service_tiers.push_back({"flex", Rates{.input = 2 * dollar}});
  given.context_tiers.push_back({1'000'000, Rates{.input = 8 * dollar}});

  BOOST_TEST(cost(usage(1'000'000, 0), given, "flex")->nanos() == 2 * dollar);
  BOOST_TEST(cost(usage(1'000'000, 0), given, "default")->nanos() == 4 * dollar);
  BOOST_TEST(cost(usage(2'000'000, 0), given, "flex")->nanos() == 16 * dollar);
}

BOOST_AUTO_TEST_CASE(is_unknown_when_nobody_counted_or_a_side_is_missing_but_zero_is_zero) {
  const Price given = price(3 * dollar, 15 * dollar);
  Usage nobody = usage(1, 1);
  nobody.source = UsageSource::none;
  Usage no_output = usage(1, 1);
  no_output.output.reset();
  Usage no_input = usage(1, 1);
  no_input.input.reset();

  BOOST_TEST(!cost(nobody, given).has_value());
  BOOST_TEST(!cost(no_output, given).has_value());
  BOOST_TEST(!cost(no_input, given).has_value());
  BOOST_TEST(!cost(usage(-1, 1), given).has_value());
  BOOST_TEST(cost(usage(0, 0), given)->nanos() == 0);
}

BOOST_AUTO_TEST_CASE(absurd_counts_are_unknown_and_never_wrap) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  BOOST_TEST(!cost(usage(most, most), price(max_rate, max_rate)).has_value());
  BOOST_TEST(!cost(usage(1'000'000'000'000'000, 1), price(max_rate, max_rate)).has_value());
  BOOST_TEST(!bound(1, most, price(1, 1)).has_value());
}

BOOST_AUTO_TEST_CASE(money_exact) {
  // A million random sums against arbitrary-precision rationals: cost is the integer c with c - 1/2 <= exact < c + 1/2.
  namespace mp = boost::multiprecision;
  std::mt19937_64 random(20261121);
  const auto upto = [&](std::int64_t most) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most));
  };
  std::size_t wrong = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const std::int64_t tokens[4] = {upto(2'000'000), upto(100'000), upto(3), upto(2'000'000'000)};
    const std::int64_t rates[4] = {upto(600 * dollar), upto(dollar), upto(1'000'000), upto(20)};
    Usage used = usage(tokens[0], tokens[1]);
    used.cached_read = tokens[2];
    used.reasoning = tokens[3];
    Price given = price(rates[0], rates[1]);
    given.rates.cached_read = rates[2];
    given.rates.reasoning = rates[3];

    mp::int256_t exact = 0;  // in millionths of a nano-dollar
    for (int k = 0; k < 4; ++k) exact += mp::int256_t(tokens[k]) * rates[k];
    const mp::int256_t twice_c = mp::int256_t(cost(used, given)->nanos()) * 2'000'000;
    if (!(twice_c - 1'000'000 <= 2 * exact && 2 * exact < twice_c + 1'000'000)) ++wrong;
  }
  BOOST_TEST(wrong == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(bound_of_a_call)

BOOST_AUTO_TEST_CASE(is_rounded_up_and_takes_the_dearest_prompt_class) {
  Price given = price(3, 15);
  BOOST_TEST(bound(1, 0, given)->nanos() == 1);
  given.rates.cache_write_1h = 6 * dollar;
  given.rates.reasoning = 20 * dollar;
  BOOST_TEST(bound(1'000'000, 1'000'000, given)->nanos() == 26 * dollar);
}

BOOST_AUTO_TEST_CASE(counts_the_context_tiers_that_the_body_can_reach) {
  Price given = price(3 * dollar, 15 * dollar);
  given.context_tiers.push_back({200'000, Rates{.input = 6 * dollar, .output = 22 * dollar}});

  BOOST_TEST(bound(200'000, 1'000'000, given)->nanos() == 200'000 * 3 * dollar / 1'000'000 + 15 * dollar);
  BOOST_TEST(bound(200'001, 1'000'000, given)->nanos() == 200'001 * 6 * dollar / 1'000'000 + 22 * dollar);
}

BOOST_AUTO_TEST_CASE(without_max_tokens_is_the_models_own_largest_answer_or_unknown) {
  Price given = price(0, dollar);
  BOOST_TEST(!bound(10, std::nullopt, given).has_value());
  given.max_output_tokens = 2'000'000;
  BOOST_TEST(bound(10, std::nullopt, given)->nanos() == 2 * dollar);
}

BOOST_AUTO_TEST_CASE(is_never_below_what_the_call_costs) {
  std::mt19937_64 random(7);
  std::size_t below = 0;
  for (int i = 0; i < 100'000; ++i) {
    Price given = price(static_cast<std::int64_t>(random() % 10'000'000'000),
                        static_cast<std::int64_t>(random() % 10'000'000'000));
    if (random() % 2) given.rates.cache_write_5m = static_cast<std::int64_t>(random() % 10'000'000'000);
    if (random() % 2) given.rates.cached_read = static_cast<std::int64_t>(random() % 10'000'000'000);
    if (random() % 2) given.rates.reasoning = static_cast<std::int64_t>(random() % 10'000'000'000);
    if (random() % 2)
      given.context_tiers.push_back(
          {1000, Rates{.input = 20'000'000'000, .output = static_cast<std::int64_t>(random() % 20'000'000'000)}});
    const std::size_t body = random() % 4000;
    const auto max_tokens = static_cast<std::int64_t>(random() % 4000);
    const auto share = [&](std::int64_t of) {
      return of == 0 ? 0 : static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(of + 1));
    };
    const auto prompt = share(static_cast<std::int64_t>(body));
    Usage used = usage(share(prompt), share(max_tokens));
    used.cached_read = share(prompt - *used.input);
    used.cache_write_5m = prompt - *used.input - *used.cached_read;
    used.reasoning = max_tokens - *used.output;
    if (*cost(used, given) > *bound(body, max_tokens, given)) ++below;
  }
  BOOST_TEST(below == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(estimate_of_usage)

BOOST_AUTO_TEST_CASE(fills_what_was_not_sent_and_says_so) {
  const Usage filled = estimate(Usage{}, 101, 2);
  BOOST_TEST(*filled.input == 101);
  BOOST_TEST(*filled.output == 2);
  BOOST_TEST((filled.source == UsageSource::estimated));
}

BOOST_AUTO_TEST_CASE(leaves_a_reported_zero_alone) {
  const Usage kept = estimate(usage(0, 0), 400, 400);
  BOOST_TEST(*kept.input == 0);
  BOOST_TEST(*kept.output == 0);
  BOOST_TEST((kept.source == UsageSource::provider));
}

BOOST_AUTO_TEST_CASE(fills_one_side_only_when_the_other_was_sent) {
  Usage half;
  half.cached_read = 5;
  half.source = UsageSource::provider;
  const Usage filled = estimate(half, 100, 10);
  BOOST_TEST(!filled.input.has_value());
  BOOST_TEST(*filled.output == 10);
  BOOST_TEST((filled.source == UsageSource::estimated));
}

BOOST_AUTO_TEST_SUITE_END()
