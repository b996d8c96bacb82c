#include "telemetry/redactor.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::telemetry;

BOOST_AUTO_TEST_SUITE(redactor)

BOOST_AUTO_TEST_CASE(takes_a_known_secret_out_wherever_it_appears) {
  Redactor redactor;
  const Secret key("sk-live-0123456789");
  redactor.hide(key);

  const std::string clean = redactor.scrub("Incorrect key sk-live-0123456789 (sk-live-0123456789).");

  BOOST_TEST(clean == "Incorrect key [secret " + key.fingerprint() + "] ([secret " + key.fingerprint() + "]).");
}

BOOST_AUTO_TEST_CASE(takes_the_longer_of_two_overlapping_secrets_out_whole) {
  Redactor redactor;
  redactor.hide(Secret("password"));
  redactor.hide(Secret("password-with-a-tail"));

  const std::string clean = redactor.scrub("it is password-with-a-tail");

  BOOST_TEST(clean == "it is [secret " + Secret("password-with-a-tail").fingerprint() + "]");
}

BOOST_AUTO_TEST_CASE(leaves_text_alone_when_the_secret_is_too_short_to_search_for) {
  Redactor redactor;
  redactor.hide(Secret("abc"));
  redactor.hide(Secret(""));

  BOOST_TEST(redactor.scrub("abcdef") == "abcdef");
  BOOST_TEST(redactor.longest() == 0U);
}

BOOST_AUTO_TEST_CASE(shares_its_secrets_with_its_copies) {
  Redactor redactor;
  const Redactor copy = redactor;

  redactor.hide(Secret("sk-live-0123456789"));

  BOOST_TEST(copy.scrub("sk-live-0123456789").find("sk-live") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
