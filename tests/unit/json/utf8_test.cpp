#include "json/utf8.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace assay::json;

namespace {

std::string decoded(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const Decoded step = decode_utf8(bytes, at);
    append_utf8(out, step.code_point);
    at += step.length;
  }
  return out;
}

const std::string bad = "\xEF\xBF\xBD";

}  // namespace

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(round_trips_every_character) {
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point >= 0xD800 && code_point <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, code_point);

    const Decoded step = decode_utf8(text, 0);

    BOOST_REQUIRE(step.valid);
    BOOST_REQUIRE(step.code_point == code_point);
    BOOST_REQUIRE(step.length == text.size());
    BOOST_REQUIRE(find_bad_utf8(text) == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(replaces_bad_bytes_as_javascript_does) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"a\xFF"
       "b",
       "a" + bad + "b"},
      {"\xC0\x80", bad + bad},
      {"\xE2\x82", bad},
      {"\xE2\x82"
       "x",
       bad + "x"},
      {"\xED\xA0\x80", bad + bad + bad},
      {"\xF0\x9F\x98", bad},
      {"\xF0\x80\x80\x80", bad + bad + bad + bad},
      {"\xF4\x90\x80\x80", bad + bad + bad + bad},
      {"\x80\xBF", bad + bad},
      {"\xC3\xC3\xA9", bad + "\xC3\xA9"},
  };
  for (const auto& [bytes, expected] : cases) {
    BOOST_TEST(decoded(bytes) == expected);
    BOOST_TEST(find_bad_utf8(bytes) != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(finds_the_first_bad_byte_wherever_it_stands) {
  for (std::size_t at = 0; at < 40; ++at) {
    std::string text(40, 'a');
    text[at] = '\x80';
    BOOST_TEST(find_bad_utf8(text) == at);
  }
}

BOOST_AUTO_TEST_CASE(cuts_between_characters_only) {
  const std::string text = "a\xC3\xA9\xF0\x9F\x98\x80";

  const std::vector<std::size_t> lengths{0, 1, 1, 3, 3, 3, 3, 7, 7};
  for (std::size_t most = 0; most < lengths.size(); ++most) {
    BOOST_TEST(truncate_utf8(text, most).size() == lengths[most]);
  }
  BOOST_TEST(truncate_utf8("\x80\x80\x80\x80\x80\x80", 5).size() == 5u);
}

BOOST_AUTO_TEST_SUITE_END()
