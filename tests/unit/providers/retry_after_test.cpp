#include "providers/retry_after.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::providers;

namespace {

constexpr const char* date = "Sat, 21 Nov 2026 10:00:00 GMT";

std::string read(const http::Headers& headers, std::string_view message = {}, bool limited = true) {
  const auto wait = retry_after(headers, message, limited);
  return wait ? std::to_string(wait->count()) : "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(retry_after_header)

BOOST_AUTO_TEST_CASE(is_read_as_seconds_fractions_milliseconds_and_dates) {
  BOOST_TEST(read({{"Retry-After", "7"}}) == "7000");
  BOOST_TEST(read({{"retry-after", " 0.25 "}}) == "250");
  BOOST_TEST(read({{"retry-after", "0"}}) == "0");
  BOOST_TEST(read({{"retry-after-ms", "1500"}}) == "1500");
  BOOST_TEST(read({{"x-ms-retry-after-ms", "0.2"}}) == "1");
  BOOST_TEST(read({{"retry-after", "Sat, 21 Nov 2026 10:00:05 GMT"}, {"Date", date}}) == "5000");
  BOOST_TEST(read({{"retry-after", "Sun, 22 Nov 2026 00:00:00 GMT"}, {"Date", date}}) == "50400000");
}

BOOST_AUTO_TEST_CASE(that_is_nonsense_is_passed_over_for_the_next_form) {
  for (const char* nonsense :
       {"soon", "-5", "", "1e9", "nan", "inf", "0x10", "5s!", "1.2.3", "+5", "Sat, 32 Nov 2026 10:00:05 GMT",
        "Sat, 21 Foo 2026 10:00:05 GMT", "Saturday, 21-Nov-26 10:00:05 GMT"}) {
    BOOST_TEST(read({{"Date", date}, {"retry-after", nonsense}, {"x-ratelimit-reset-requests", "2s"}}) == "2000",
               nonsense);
  }
  BOOST_TEST(read({{"retry-after-ms", "abc"}, {"retry-after", "3"}}) == "3000");
}

BOOST_AUTO_TEST_CASE(is_never_taken_to_be_longer_than_a_day) {
  BOOST_TEST(read({{"retry-after", "99999999999999999999"}}) == "86400000");
  BOOST_TEST(read({{"retry-after", "Sat, 21 Nov 2099 10:00:05 GMT"}, {"Date", date}}) == "86400000");
}

BOOST_AUTO_TEST_CASE(of_a_past_date_is_now) {
  BOOST_TEST(read({{"retry-after", "Fri, 20 Nov 2026 10:00:05 GMT"}, {"Date", date}}) == "0");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(reset_headers)

BOOST_AUTO_TEST_CASE(are_read_by_their_shape) {
  BOOST_TEST(read({{"x-ratelimit-reset-requests", "1s"}}) == "1000");
  BOOST_TEST(read({{"x-ratelimit-reset-requests", "6m0s"}}) == "360000");
  BOOST_TEST(read({{"x-ratelimit-reset-requests", "20ms"}}) == "20");
  BOOST_TEST(read({{"x-ratelimit-reset-requests", "1h2m3.5s"}}) == "3723500");
  BOOST_TEST(read({{"x-ratelimit-reset-tokens", "12.5"}}) == "12500");
  BOOST_TEST(read({{"Date", date}, {"x-ratelimit-reset", "1795255260"}}) == "60000");
  BOOST_TEST(read({{"Date", date}, {"x-ratelimit-reset", "1795255200250"}}) == "250");
  BOOST_TEST(read({{"Date", date}, {"anthropic-ratelimit-tokens-reset", "2026-11-21T10:02:00Z"}}) == "120000");
  BOOST_TEST(read({{"Date", date}, {"anthropic-ratelimit-tokens-reset", "2026-11-21T11:02:00.123+01:00"}}) == "120000");
  BOOST_TEST(read({{"x-ratelimit-reset-tokens", "1s later"}}) == "none");
}

BOOST_AUTO_TEST_CASE(mean_a_wait_only_where_a_limit_was_hit) {
  BOOST_TEST(read({{"x-ratelimit-reset-requests", "6m0s"}}, {}, false) == "none");
  BOOST_TEST(read({{"retry-after", "5"}, {"x-ratelimit-reset-requests", "6m0s"}}, {}, false) == "5000");
}

BOOST_AUTO_TEST_CASE(whose_limit_is_spent_decide_and_else_the_earliest) {
  BOOST_TEST(read({{"x-ratelimit-reset-requests", "1s"}, {"x-ratelimit-reset-tokens", "9s"}}) == "1000");
  BOOST_TEST(read({{"x-ratelimit-reset-requests", "1s"},
                   {"x-ratelimit-reset-tokens", "9s"},
                   {"x-ratelimit-remaining-tokens", "0"}}) == "9000");
  BOOST_TEST(read({{"x-ratelimit-reset-requests", "3s"},
                   {"x-ratelimit-remaining-requests", "0"},
                   {"x-ratelimit-reset-tokens", "9s"},
                   {"x-ratelimit-remaining-tokens", "4"}}) == "3000");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(wait_in_words)

BOOST_AUTO_TEST_CASE(is_read_when_no_header_says_it) {
  BOOST_TEST(read({}, "Please try again in 46.72s.") == "46720");
  BOOST_TEST(read({}, "Please try again in 6ms. Visit …") == "6");
  BOOST_TEST(read({}, "Your quota will reset after 2m 13s.") == "133000");
  BOOST_TEST(read({}, "Please retry in 10.689924287s") == "10690");
  BOOST_TEST(read({}, "Try again in 5 seconds. Passed model=x") == "5000");
  BOOST_TEST(read({}, "retry after 1 minute") == "60000");
  BOOST_TEST(read({{"retry-after", "1"}}, "try again in 46s") == "1000");
}

BOOST_AUTO_TEST_CASE(that_names_no_time_is_none) {
  for (const char* words :
       {"", "try again in a moment", "try again in 5", "429", "retry after Tuesday", "try again later"}) {
    BOOST_TEST(read({}, words) == "none", words);
  }
}

BOOST_AUTO_TEST_SUITE_END()
