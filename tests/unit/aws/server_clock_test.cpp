#include "aws/server_clock.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::aws;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_seconds noon{1795262400s};  // 2026-11-21T12:00:00Z

}  // namespace

BOOST_AUTO_TEST_SUITE(server_clock)

BOOST_AUTO_TEST_CASE(one_refusal_is_enough_to_learn_the_difference) {
  ServerClock clock;
  const auto signed_at = clock.at(noon);
  BOOST_TEST((signed_at == noon));

  BOOST_TEST(clock.learn(noon + 20min, signed_at));

  BOOST_TEST((clock.offset() == 20min));
  BOOST_TEST((clock.at(noon + 5s) == noon + 20min + 5s));
}

BOOST_AUTO_TEST_CASE(a_clock_that_goes_fast_is_set_back) {
  ServerClock clock;
  clock.at(noon);
  BOOST_TEST(clock.learn(noon - 3h, std::nullopt));
  BOOST_TEST((clock.offset() == -3h));
}

BOOST_AUTO_TEST_CASE(a_refusal_of_the_right_time_is_not_worth_another_try) {
  ServerClock clock;
  clock.learn(noon + 20min, clock.at(noon));

  const auto signed_at = clock.at(noon + 1s);
  BOOST_TEST(!clock.learn(noon + 20min + 2s, signed_at));
  BOOST_TEST(!clock.learn(noon + 20min + 2s, std::nullopt));

  BOOST_TEST((clock.offset() == 20min));
}

BOOST_AUTO_TEST_CASE(all_that_were_in_flight_when_it_was_learned_get_another_try_and_change_nothing) {
  ServerClock clock;
  const auto first = clock.at(noon), second = clock.at(noon + 1s);
  BOOST_TEST(clock.learn(noon + 20min, first));
  const auto offset = clock.offset();

  BOOST_TEST(clock.learn(noon + 20min + 1s, second));

  BOOST_TEST((clock.offset() == offset));
}

BOOST_AUTO_TEST_CASE(who_never_signed_learns_nothing) {
  ServerClock clock;
  BOOST_TEST(!clock.learn(noon, noon - 1h));
  BOOST_TEST((clock.offset() == 0s));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_known_by_its_code_or_its_words) {
  BOOST_TEST(refused_for_its_time("RequestExpired", ""));
  BOOST_TEST(refused_for_its_time("RequestTimeTooSkewed", ""));
  BOOST_TEST(refused_for_its_time("InvalidSignatureException", "Signature expired: 20261121T100000Z is now earlier"));
  BOOST_TEST(refused_for_its_time("InvalidSignatureException", "Signature not yet current: 20261121T100000Z is still"));
  BOOST_TEST(!refused_for_its_time("InvalidSignatureException", "The request signature we calculated does not match"));
  BOOST_TEST(!refused_for_its_time("ExpiredTokenException", "The security token included in the request is expired"));
}

BOOST_AUTO_TEST_CASE(the_first_time_that_a_refusal_quotes_is_the_one_it_was_signed_with) {
  const auto time = quoted_time("Signature expired: 20261121T120000Z is now earlier than 20261121T121500Z (…)");
  BOOST_REQUIRE(time.has_value());
  BOOST_TEST((*time == noon));
  for (const char* text : {"", "T", "20261121T120000", "20261321T120000Z", "20261121T250000Z", "2026112XT120000Z",
                           "The Signature Timed out"})
    BOOST_TEST(!quoted_time(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
