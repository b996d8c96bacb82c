#include "text/unicode.hpp"

#include <boost/test/unit_test.hpp>

#include "text/unit_set.hpp"

using namespace assay::text;

BOOST_AUTO_TEST_SUITE(unicode)

BOOST_AUTO_TEST_CASE(answers_what_property_escapes_ask) {
  BOOST_TEST(is_letter(U'a'));
  BOOST_TEST(is_letter(U'\u65E5'));
  BOOST_TEST(!is_letter(U'1'));
  BOOST_TEST(!is_letter(U'\u0301'));
  BOOST_TEST(is_modifier_letter(U'\u02B0'));
  BOOST_TEST(!is_modifier_letter(U'a'));
  BOOST_TEST(is_number(U'\u00BD'));
  BOOST_TEST(!is_decimal_number(U'\u00BD'));
  BOOST_TEST(is_decimal_number(U'\u0663'));
  BOOST_TEST(is_punctuation(U'.'));
  BOOST_TEST(!is_punctuation(U'`'));
  BOOST_TEST(is_opening_punctuation(U'('));
  BOOST_TEST(!is_opening_punctuation(U')'));
  BOOST_TEST(is_currency_symbol(U'\u20AC'));
  BOOST_TEST(!is_currency_symbol(U'%'));
  BOOST_TEST(continues_identifier(U'_'));
  BOOST_TEST(continues_identifier(U'\u0301'));
  BOOST_TEST(!continues_identifier(U'-'));
}

BOOST_AUTO_TEST_CASE(says_no_of_lone_surrogates) {
  for (const char32_t c : {char32_t{0xD800}, char32_t{0xDFFF}}) {
    BOOST_TEST(!(is_letter(c) || is_number(c) || is_punctuation(c) || is_currency_symbol(c)));
    BOOST_TEST(!(continues_identifier(c) || has_compatibility_form(c) || is_javascript_space(c)));
  }
}

BOOST_AUTO_TEST_CASE(knows_compatibility_forms) {
  BOOST_TEST(has_compatibility_form(U'\u1D43'));  // modifier letter small a
  BOOST_TEST(has_compatibility_form(U'\uFB01'));  // ligature fi
  BOOST_TEST(has_compatibility_form(U'\uFF21'));  // full width A
  BOOST_TEST(!has_compatibility_form(U'\u02BC'));
  BOOST_TEST(!has_compatibility_form(U'a'));
}

BOOST_AUTO_TEST_CASE(knows_the_values_of_fractions) {
  BOOST_TEST(fraction_value(U'\u00BD').value() == 0.5);
  BOOST_TEST(fraction_value(U'\u2153').value() == 1.0 / 3);
  BOOST_TEST(fraction_value(U'\u215C').value() == 0.375);
  BOOST_TEST(!fraction_value(U'\u00B2').has_value());
  BOOST_TEST(!fraction_value(U'5').has_value());
}

BOOST_AUTO_TEST_CASE(takes_for_space_what_a_regex_does) {
  const UnitSet space = UnitSet::space();
  for (char32_t c = 0; c <= 0xFFFF; ++c) {
    BOOST_REQUIRE(is_javascript_space(c) == space.contains(static_cast<char16_t>(c)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
