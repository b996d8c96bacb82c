#include "telemetry/repeat_limit.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::telemetry;
using namespace std::chrono_literals;

namespace {

WallTime at(std::chrono::milliseconds since_start) {
  return WallTime(1'000'000s) + since_start;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repeat_limit)

BOOST_AUTO_TEST_CASE(lets_so_many_pass_in_a_window_and_tells_the_rest_with_the_next_one) {
  RepeatLimit limit(2, 10s);

  BOOST_TEST(limit.admit("call failed", at(0ms)).passes);
  BOOST_TEST(limit.admit("call failed", at(1ms)).passes);
  BOOST_TEST(!limit.admit("call failed", at(2ms)).passes);
  BOOST_TEST(!limit.admit("call failed", at(9999ms)).passes);
  const auto next = limit.admit("call failed", at(10s));

  BOOST_TEST(next.passes);
  BOOST_TEST(next.suppressed == 2U);
  BOOST_TEST(limit.admit("call failed", at(10001ms)).suppressed == 0U);
}

BOOST_AUTO_TEST_CASE(counts_events_apart) {
  RepeatLimit limit(1, 10s);

  BOOST_TEST(limit.admit("a", at(0ms)).passes);
  BOOST_TEST(!limit.admit("a", at(0ms)).passes);
  BOOST_TEST(limit.admit("b", at(0ms)).passes);
}

BOOST_AUTO_TEST_CASE(opens_a_new_window_when_the_clock_is_set_back) {
  RepeatLimit limit(1, 10s);
  limit.admit("a", at(0ms));

  BOOST_TEST(limit.admit("a", at(-1h)).passes);
}

BOOST_AUTO_TEST_CASE(lets_everything_pass_when_there_is_no_limit) {
  RepeatLimit limit(0, 10s);

  for (int i = 0; i < 1000; ++i) BOOST_REQUIRE(limit.admit("a", at(0ms)).passes);
}

BOOST_AUTO_TEST_CASE(hands_out_what_was_never_told_once) {
  RepeatLimit limit(1, 10s);
  for (int i = 0; i < 4; ++i) limit.admit("a", at(0ms));

  const auto first = limit.take_suppressed();
  const auto second = limit.take_suppressed();

  BOOST_REQUIRE(first.size() == 1U);
  BOOST_TEST(first.front().event == "a");
  BOOST_TEST(first.front().lines == 3U);
  BOOST_TEST(second.empty());
}

BOOST_AUTO_TEST_CASE(remembers_a_bounded_number_of_events) {
  RepeatLimit limit(1, 10s);
  for (std::size_t i = 0; i < RepeatLimit::most_events; ++i) limit.admit("event " + std::to_string(i), at(0ms));

  const bool first_stranger = limit.admit("stranger one", at(0ms)).passes;
  const bool second_stranger = limit.admit("stranger two", at(0ms)).passes;

  BOOST_TEST(first_stranger);
  BOOST_TEST(!second_stranger);
}

BOOST_AUTO_TEST_SUITE_END()
