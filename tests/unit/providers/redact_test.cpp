#include "providers/redact.hpp"

#include <boost/test/unit_test.hpp>

#include "json/utf8.hpp"

using namespace assay;
using namespace assay::providers;

BOOST_AUTO_TEST_SUITE(redacted_text)

BOOST_AUTO_TEST_CASE(does_not_hold_the_deployments_key_nor_a_long_beginning_of_it) {
  const Secret key("plain-looking-credential-42");
  BOOST_TEST(redacted("you sent plain-looking-credential-42, no", key) == "you sent [redacted], no");
  BOOST_TEST(redacted("you sent plain-lo… no", key) == "you sent [redacted]… no");
  BOOST_TEST(redacted("x=plain-looking-credential-42plain-looking-credential-42", key) == "x=[redacted][redacted]");
  BOOST_TEST(redacted("plain text stays", key) == "plain text stays");
}

BOOST_AUTO_TEST_CASE(does_not_hold_anything_that_looks_like_a_key) {
  const Secret none;
  BOOST_TEST(redacted("Incorrect API key provided: sk-proj-abcd********wxyz.", none) ==
             "Incorrect API key provided: [redacted].");
  BOOST_TEST(redacted("sent 'Authorization: Bearer eyJhbGciOi.J9.abc-_='", none) == "sent 'Authorization: [redacted]'");
  BOOST_TEST(redacted("keys gsk_0123456789abcdef and AIzaSyA0123456789", none) == "keys [redacted] and [redacted]");
}

BOOST_AUTO_TEST_CASE(keeps_words_that_only_begin_like_keys) {
  const Secret dummy("none");
  const std::string text = "risk-averse task-force: sk-short, none of it; Bearer of news; monkey-business-is-fine";
  BOOST_TEST(redacted(text, dummy) == text);
}

BOOST_AUTO_TEST_CASE(is_capped_at_a_character_and_always_fit_to_store) {
  const std::string accents = [] {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "é";
    return text;
  }();
  const std::string capped = redacted(accents, Secret());
  BOOST_TEST(capped.size() == 4096u);
  BOOST_TEST(json::find_bad_utf8(capped) == std::string::npos);
  BOOST_TEST(redacted(std::string_view("a\0b\xff", 4), Secret()) == "a\\x00b\\xff");
  BOOST_TEST(redacted(std::string(1'000'000, 'x') + "sk-0123456789abcdef", Secret()).size() == 4096u);
}

BOOST_AUTO_TEST_SUITE_END()
