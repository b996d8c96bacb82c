#include "telemetry/escape.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::telemetry;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(escaping)

BOOST_AUTO_TEST_CASE(leaves_plain_text_and_other_alphabets_alone) {
  BOOST_TEST(quoted("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80") == "\"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\"");
}

BOOST_AUTO_TEST_CASE(escapes_what_would_end_the_value_or_the_line) {
  BOOST_TEST(quoted("a\"b\\c\nd\re\tf") == R"("a\"b\\c\nd\re\tf")");
}

BOOST_AUTO_TEST_CASE(escapes_control_characters_and_terminal_sequences) {
  BOOST_TEST(quoted("\0\x1b[31m\x7f"s) == R"("\u0000\u001b[31m\u007f")");
  BOOST_TEST(quoted("\xC2\x9B") == R"("\u009b")");
}

BOOST_AUTO_TEST_CASE(escapes_line_separators_and_text_direction_overrides) {
  BOOST_TEST(quoted("\xE2\x80\xA8\xE2\x80\xAE\xE2\x81\xA6") == R"("\u2028\u202e\u2066")");
}

BOOST_AUTO_TEST_CASE(replaces_each_byte_that_is_not_utf8) {
  const std::string bad = "\xEF\xBF\xBD";

  BOOST_TEST(repaired_utf8("a\xFF"s + "b") == "a" + bad + "b");
  BOOST_TEST(repaired_utf8("\xC3") == bad);                                // cut off
  BOOST_TEST(repaired_utf8("\xC0\xAF") == bad + bad);                      // overlong
  BOOST_TEST(repaired_utf8("\xED\xA0\x80") == bad + bad + bad);            // surrogate
  BOOST_TEST(repaired_utf8("\xF4\x90\x80\x80") == bad + bad + bad + bad);  // above U+10FFFF
}

BOOST_AUTO_TEST_CASE(says_which_logfmt_values_need_no_quotes) {
  BOOST_TEST(plain("gpt-4o"));
  BOOST_TEST(!plain(""));
  BOOST_TEST(!plain("two words"));
  BOOST_TEST(!plain("a=b"));
  BOOST_TEST(!plain("caf\xC3\xA9"));
}

BOOST_AUTO_TEST_SUITE_END()
