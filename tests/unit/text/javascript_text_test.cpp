#include "text/javascript_text.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>
#include <vector>

#include "json/utf8.hpp"
#include "text/unit_set.hpp"

using namespace assay::text;
using Pairs = std::vector<std::pair<std::string, std::string>>;

BOOST_AUTO_TEST_SUITE(javascript_text)

BOOST_AUTO_TEST_CASE(lowers_as_javascript_does) {
  const Pairs cases{
      {"", ""},
      {"Hello, WORLD 42", "hello, world 42"},
      {"\xC3\x89\xC3\x9F", "\xC3\xA9\xC3\x9F"},                                    // ÉSS stays sharp s
      {"\xCE\xA3", "\xCF\x83"},                                                    // a lone sigma is not final
      {"\xCE\x91\xCE\xA3", "\xCE\xB1\xCF\x82"},                                    // final sigma
      {"\xCE\x91\xCE\xA3 \xCE\xA3\xCE\x91", "\xCE\xB1\xCF\x82 \xCF\x83\xCE\xB1"},  // at a word's end only
      {"\xCE\x91\xCE\xA3.", "\xCE\xB1\xCF\x82."},
      {"\xCE\x91\xCE\xA3\xCC\x81", "\xCE\xB1\xCF\x82\xCC\x81"},  // case-ignorable marks are skipped
      {"\xC4\xB0", "i\xCC\x87"},                                 // U+0130 becomes two
      {"I\xCC\x87", "i\xCC\x87"},
      {"\xE2\x84\xAA", "k"},                                 // Kelvin sign
      {"\xF0\x90\x90\x80", "\xF0\x90\x90\xA8"},              // Deseret
      {"\xEF\xBC\xA1", "\xEF\xBD\x81"},                      // full width
      {"A\xED\xA0\x80Z\xC3\x89", "a\xED\xA0\x80z\xC3\xA9"},  // a lone surrogate stays
      {std::string("A\0\xC3\x89", 4), std::string("a\0\xC3\xA9", 4)},
  };
  for (const auto& [text, expected] : cases) BOOST_TEST(to_lower_case(text) == expected);
}

BOOST_AUTO_TEST_CASE(lowers_text_that_grows) {
  std::string text, expected;
  for (int i = 0; i < 1000; ++i) {
    text += "\xC4\xB0";
    expected += "i\xCC\x87";
  }
  BOOST_TEST(to_lower_case(text) == expected);
}

// U+0130 sends a text through all the rules of ICU; without it each character is mapped alone.
BOOST_AUTO_TEST_CASE(lowers_every_character_alone_as_in_context) {
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point == 0x3A3) continue;
    std::string text;
    assay::json::append_utf8(text, code_point);

    BOOST_REQUIRE(to_lower_case("\xC4\xB0" + text) == "i\xCC\x87" + to_lower_case(text));
  }
}

BOOST_AUTO_TEST_CASE(lowers_ascii_at_every_place) {
  for (int c = 0; c < 128; ++c) {
    const char expected = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    for (std::size_t at = 0; at < 19; ++at) {
      std::string text(19, 'Q'), lower(19, 'q');
      text[at] = static_cast<char>(c);
      lower[at] = expected;
      BOOST_REQUIRE(to_lower_case(text) == lower);
      BOOST_REQUIRE(is_ascii(text));
      text[at] = static_cast<char>(c | 0x80);
      BOOST_REQUIRE(!is_ascii(text));
    }
  }
}

BOOST_AUTO_TEST_CASE(trims_javascript_white_space_and_nothing_else) {
  const std::string space =
      "\t\n\v\f\r "
      "\xC2\xA0\xE1\x9A\x80\xE2\x80\x80\xE2\x80\x8A\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\x9F\xE3\x80\x80\xEF\xBB"
      "\xBF";

  BOOST_TEST(trim(space + "a b" + space) == "a b");
  BOOST_TEST(trim(space) == "");
  BOOST_TEST(trim("") == "");
  for (const std::string kept :
       {"\xC2\x85", "\xE2\x80\x8B", "\xE1\xA0\x8E", "\xE2\x81\xA0", "\x1C", "\xC3\xA9", "\xF0\x9F\x98\x80"}) {
    BOOST_TEST(trim(" " + kept + " ") == kept);
  }
  BOOST_TEST((trim(std::string_view(" \0 ", 3)) == std::string_view("\0", 1)));
}

BOOST_AUTO_TEST_CASE(counts_code_units) {
  BOOST_TEST(utf16_length("") == 0u);
  BOOST_TEST(utf16_length("abc") == 3u);
  BOOST_TEST(utf16_length("\xC3\xA9\xE6\x97\xA5") == 2u);
  BOOST_TEST(utf16_length("\xF0\x9F\x98\x80") == 2u);
  BOOST_TEST(utf16_length("\xED\xA0\x80") == 1u);
  BOOST_TEST(utf16_length(std::string_view("a\0b", 3)) == 3u);
}

BOOST_AUTO_TEST_CASE(repairs_bad_bytes_and_keeps_lone_surrogates) {
  BOOST_TEST(well_formed("a\xFF\xC3\xA9\xE2\x82") == "a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD");
  BOOST_TEST(well_formed("\xED\xA0\x80") == "\xED\xA0\x80");
  BOOST_TEST(!is_well_formed("\xED\xA0\x80"));
  BOOST_TEST(is_well_formed("caf\xC3\xA9"));
}

BOOST_AUTO_TEST_CASE(finds_text_in_time_that_does_not_multiply) {
  const std::string many(1 << 22, 'a');

  BOOST_TEST(find(many, std::string(1 << 16, 'a') + "b") == std::string::npos);
  BOOST_TEST(find(many + "b", "ab") == many.size() - 1);
  BOOST_TEST(find("", "") == 0u);
  BOOST_TEST(find("abc", "") == 0u);
  BOOST_TEST(find("", "a") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(keeps_sets_of_units_sorted_and_merged) {
  UnitSet set;
  set.add('d', 'f');
  set.add('a', 'b');
  set.add('h', 'h');
  set.add('c', 'c');
  set.add('e', 'g');

  BOOST_REQUIRE(set.ranges().size() == 1u);
  BOOST_TEST((set.ranges().front() == UnitSet::Range{u'a', u'h'}));
  const UnitSet rest = set.complement();
  for (int unit = 0; unit <= 0xFFFF; ++unit) {
    BOOST_REQUIRE(set.contains(static_cast<char16_t>(unit)) != rest.contains(static_cast<char16_t>(unit)));
  }
  BOOST_TEST(UnitSet().complement().complement().ranges().empty());
}

BOOST_AUTO_TEST_SUITE_END()
