#include "text/case_fold.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;

BOOST_AUTO_TEST_SUITE(case_fold)

BOOST_AUTO_TEST_CASE(a_unit_goes_to_its_upper_case_where_that_is_one_unit) {
  BOOST_TEST((text::canonical_unit(u'a') == u'A'));
  BOOST_TEST((text::canonical_unit(u'é') == u'É'));
  BOOST_TEST((text::canonical_unit(u'µ') == u'Μ'));
  BOOST_TEST((text::canonical_unit(u'ς') == u'Σ'));
  BOOST_TEST((text::canonical_unit(u'ß') == u'ß'));
  BOOST_TEST((text::canonical_unit(u'İ') == u'İ'));
  BOOST_TEST((text::canonical_unit(0xD83D) == 0xD83D));
}

BOOST_AUTO_TEST_CASE(a_unit_beyond_ascii_never_goes_to_ascii) {
  BOOST_TEST((text::canonical_unit(u'ſ') == u'ſ'));
  BOOST_TEST((text::canonical_unit(u'ı') == u'ı'));
  BOOST_TEST((text::canonical_unit(u'\u212A') == u'\u212A'));
}

BOOST_AUTO_TEST_CASE(a_character_is_folded) {
  BOOST_TEST((text::canonical_character(U'ſ') == U's'));
  BOOST_TEST((text::canonical_character(U'\u212A') == U'k'));
  BOOST_TEST((text::canonical_character(U'ẞ') == U'ß'));
  BOOST_TEST((text::canonical_character(U'𐐀') == U'𐐨'));
  BOOST_TEST((text::canonical_character(U'İ') == U'İ'));
}

BOOST_AUTO_TEST_CASE(pairs_of_later_unicode_versions_are_known) {
  BOOST_TEST((text::canonical_unit(u'\u0264') == u'\uA7CB'));
  BOOST_TEST((text::canonical_character(U'\uA7CB') == U'\u0264'));
  BOOST_TEST((text::canonical_character(U'\u1FD3') == U'\u0390'));
  BOOST_TEST((text::canonical_character(U'\U00010D50') == U'\U00010D70'));
}

BOOST_AUTO_TEST_CASE(what_is_canonical_stays_so) {
  for (char32_t c = 0; c < 0x20000; ++c) {
    if (c < 0x10000) {
      const char16_t unit = text::canonical_unit(static_cast<char16_t>(c));
      BOOST_TEST((text::canonical_unit(unit) == unit));
    }
    const char32_t folded = text::canonical_character(c);
    BOOST_TEST((text::canonical_character(folded) == folded));
  }
}

BOOST_AUTO_TEST_SUITE_END()
