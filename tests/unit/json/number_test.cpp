#include "json/number.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

using assay::json::javascript_number;
using assay::json::parse_number;

BOOST_AUTO_TEST_SUITE(number)

BOOST_AUTO_TEST_CASE(is_written_as_javascript_writes_it) {
  BOOST_TEST(javascript_number(0) == "0");
  BOOST_TEST(javascript_number(-0.0) == "0");
  BOOST_TEST(javascript_number(42) == "42");
  BOOST_TEST(javascript_number(-1.5) == "-1.5");
  BOOST_TEST(javascript_number(0.1) == "0.1");
  BOOST_TEST(javascript_number(0.1 + 0.2) == "0.30000000000000004");
  BOOST_TEST(javascript_number(1e20) == "100000000000000000000");
  BOOST_TEST(javascript_number(123456789012345680000.0) == "123456789012345680000");
  BOOST_TEST(javascript_number(1e21) == "1e+21");
  BOOST_TEST(javascript_number(1.25e25) == "1.25e+25");
  BOOST_TEST(javascript_number(0.000001) == "0.000001");
  BOOST_TEST(javascript_number(0.00000123) == "0.00000123");
  BOOST_TEST(javascript_number(1e-7) == "1e-7");
  BOOST_TEST(javascript_number(1.5e-7) == "1.5e-7");
  BOOST_TEST(javascript_number(5e-324) == "5e-324");
  BOOST_TEST(javascript_number(1.7976931348623157e308) == "1.7976931348623157e+308");
  BOOST_TEST(javascript_number(100) == "100");
  BOOST_TEST(javascript_number(std::numeric_limits<double>::infinity()) == "Infinity");
  BOOST_TEST(javascript_number(-std::numeric_limits<double>::infinity()) == "-Infinity");
  BOOST_TEST(javascript_number(std::nan("")) == "NaN");
}

BOOST_AUTO_TEST_CASE(is_read_to_the_nearest_double) {
  BOOST_TEST(parse_number("0.1").value() == 0.1);
  BOOST_TEST(parse_number("1e3").value() == 1000);
  BOOST_TEST(parse_number("9007199254740993").value() == 9007199254740992.0);
  BOOST_TEST(std::isinf(parse_number("1e999").value()));
  BOOST_TEST(parse_number("-1e999").value() < 0);
  BOOST_TEST(parse_number("1e-999").value() == 0);
  BOOST_TEST(std::signbit(parse_number("-0").value()));
}

BOOST_AUTO_TEST_CASE(is_nothing_when_the_text_is_not_a_json_number) {
  for (const char* text : {"", "-", "01", "1.", ".5", "+1", "1e", "1e+", "0x10", " 1", "1 ", "inf", "nan", "1,5"}) {
    BOOST_TEST(!parse_number(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
