#include "text/utf16.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::text;

BOOST_AUTO_TEST_SUITE(utf16)

BOOST_AUTO_TEST_CASE(is_what_javascript_holds) {
  BOOST_TEST((to_utf16("aé€😀") == u"aé€😀"));
  BOOST_TEST(to_utf16("😀").size() == 2u);
  BOOST_TEST((to_utf16("a\xFF"
                       "b") == u"a\uFFFDb"));
  BOOST_TEST((to_utf16("\xED\xA0\xBD") == std::u16string(1, char16_t{0xD83D})));
}

BOOST_AUTO_TEST_CASE(comes_back_as_utf8_and_keeps_half_characters) {
  BOOST_TEST(to_utf8(u"aé€😀") == "aé€😀");
  BOOST_TEST(to_utf8(std::u16string(1, char16_t{0xDE00})) == "\xED\xB8\x80");
  BOOST_TEST(to_utf8(to_utf16("\xED\xA0\xBD") + to_utf16("\xED\xB8\x80")) == "😀");
}

BOOST_AUTO_TEST_CASE(is_mapped_to_the_other_case_by_all_of_unicode) {
  BOOST_TEST((to_upper_case(u"straße ǆ") == u"STRASSE Ǆ"));
  BOOST_TEST((to_lower_case(u"ΑΣ ΣΑ") == u"ας σα"));
  BOOST_TEST((to_lower_case(u"İ") == u"i\u0307"));
  BOOST_TEST((to_upper_case(u"") == u""));
}

BOOST_AUTO_TEST_SUITE_END()
