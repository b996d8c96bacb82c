#include "yaml/scalar.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace assay::yaml;

namespace {

using Kind = Meaning::Kind;

bool is(std::string_view plain, Kind kind) {
  return meaning_of(plain).kind == kind;
}

double number(std::string_view plain) {
  const Meaning meaning = meaning_of(plain);
  BOOST_REQUIRE((meaning.kind == Kind::number));
  return meaning.number;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plain_scalar)

BOOST_AUTO_TEST_CASE(is_null_in_five_spellings) {
  for (const char* text : {"", "~", "null", "Null", "NULL"}) BOOST_TEST(is(text, Kind::null), text);
  for (const char* text : {"nULL", "nil", "None"}) BOOST_TEST(is(text, Kind::text), text);
}

BOOST_AUTO_TEST_CASE(is_a_boolean_only_as_true_or_false) {
  BOOST_TEST(meaning_of("True").truth);
  BOOST_TEST(!meaning_of("FALSE").truth);
  for (const char* text : {"true", "True", "TRUE", "false", "False", "FALSE"})
    BOOST_TEST(is(text, Kind::boolean), text);
  for (const char* text : {"yes", "no", "on", "off", "y", "tRUE"}) BOOST_TEST(is(text, Kind::text), text);
}

BOOST_AUTO_TEST_CASE(is_a_number_in_the_forms_of_the_core_schema) {
  BOOST_TEST(number("0") == 0);
  BOOST_TEST(number("-12") == -12);
  BOOST_TEST(number("+12") == 12);
  BOOST_TEST(number("012") == 12);
  BOOST_TEST(number("0x1F") == 31);
  BOOST_TEST(number("0o17") == 15);
  BOOST_TEST(number("1.") == 1);
  BOOST_TEST(number(".5") == 0.5);
  BOOST_TEST(number("-.5e-1") == -0.05);
  BOOST_TEST(number("00.10E+2") == 10);
  BOOST_TEST(std::isnan(number(".NaN")));
  BOOST_TEST(std::isinf(number("-.INF")));
}

BOOST_AUTO_TEST_CASE(is_text_otherwise) {
  for (const char* text : {"1_000", "0b1", "-0x1F", "0x", "0o8", "1e", "1e+", ".", "-", "1.2.3", "12:30", "1e999",
                           "- 1", "1 ", "+.nan", "Infinity", "2024-01-31"})
    BOOST_TEST(is(text, Kind::text), text);
}

BOOST_AUTO_TEST_CASE(may_be_taken_for_a_date_elsewhere) {
  for (const char* text : {"2024-01-31", "2024-02-30", "2001-12-14t21:59:43.10-05:00", "2001-1-4 1:59:43"})
    BOOST_TEST(looks_like_a_date(text), text);
  for (const char* text :
       {"2024-1-3", "2024-01", "24-01-31", "2024-01-31x", "2024-01-31 ", "2024-01-31T", "", "2024-01-31 12:00"})
    BOOST_TEST(!looks_like_a_date(text), text);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(quoted_scalar)

BOOST_AUTO_TEST_CASE(is_text_whatever_it_holds) {
  const Tree tree = read("f", "- 4\n- \"4\"\n- '4'\n- |\n  4\n- >-\n  4\n- true\n- \"true\"\n- ~\n- \"\"\n");

  std::string kinds;
  for (const Node& item : tree.root.items) {
    kinds += as_number(item) ? 'n' : as_boolean(item) ? 'b' : as_text(item) ? 't' : '0';
  }
  BOOST_TEST(kinds == "nttttbt0t");
  BOOST_TEST(*as_text(tree.root.items[3]) == "4\n");
}

BOOST_AUTO_TEST_SUITE_END()
