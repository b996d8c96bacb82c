#include "json/storable.hpp"

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

#include "json/utf8.hpp"

using assay::json::restore_text;
using assay::json::storable_text;

BOOST_AUTO_TEST_SUITE(storable)

BOOST_AUTO_TEST_CASE(leaves_text_that_fits_alone) {
  for (const std::string text : {"", "plain", "caf\xC3\xA9 \xF0\x9F\x98\x80", "back\\slash \\x00 \\\\"}) {
    const auto stored = storable_text(text);

    BOOST_TEST(stored.text == text);
    BOOST_TEST(!stored.escaped);
  }
}

BOOST_AUTO_TEST_CASE(writes_nul_and_bad_bytes_visibly) {
  const auto stored = storable_text(std::string("a\0b\xFF\\c\xC3\xA9\xE2\x82", 10));

  BOOST_TEST(stored.text == "a\\x00b\\xff\\\\c\xC3\xA9\\xe2\\x82");
  BOOST_TEST(stored.escaped);
}

BOOST_AUTO_TEST_CASE(gives_back_any_bytes_and_never_holds_what_postgres_refuses) {
  std::mt19937 random(7);
  std::uniform_int_distribution<int> byte(0, 255), length(0, 60), kind(0, 3);
  const std::string likely("\\x0\0a\xC3\xA9\xFF", 8);
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes;
    for (int at = length(random); at > 0; --at) {
      bytes += kind(random) == 0 ? static_cast<char>(byte(random))
                                 : likely[static_cast<std::size_t>(byte(random)) % likely.size()];
    }

    const auto stored = storable_text(bytes);

    BOOST_REQUIRE(stored.text.find('\0') == std::string::npos);
    BOOST_REQUIRE(assay::json::find_bad_utf8(stored.text) == std::string::npos);
    BOOST_REQUIRE((stored.escaped ? restore_text(stored.text) : stored.text) == bytes);
  }
}

BOOST_AUTO_TEST_CASE(keeps_backslashes_it_does_not_know_when_restoring) {
  BOOST_TEST(restore_text("\\n \\x4 \\xZZ \\x41 \\") == "\\n \\x4 \\xZZ A \\");
}

BOOST_AUTO_TEST_SUITE_END()
