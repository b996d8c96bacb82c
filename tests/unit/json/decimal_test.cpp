#include "json/decimal.hpp"

#include <boost/test/unit_test.hpp>
#include <string_view>

using namespace assay::json;

namespace {

std::strong_ordering order(std::string_view left, std::string_view right) {
  return compare(*read_decimal(left), *read_decimal(right));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decimal)

BOOST_AUTO_TEST_CASE(is_the_same_however_it_is_written) {
  for (const std::string_view one : {"1", "1.0", "1e0", "10e-1", "0.1e1", "1.000E+0"}) {
    BOOST_TEST((*read_decimal(one) == *read_decimal("1")), one);
  }
  for (const std::string_view zero : {"0", "-0", "0.0", "0e5", "-0.000e-9"}) {
    BOOST_TEST((*read_decimal(zero) == Decimal{}), zero);
  }
}

BOOST_AUTO_TEST_CASE(is_never_rounded) {
  BOOST_TEST((order("9007199254740993", "9007199254740992") > 0));
  BOOST_TEST((order("0.1", "0.10000000000000000000000001") < 0));
  BOOST_TEST((order("-5", "-45") > 0));
  BOOST_TEST((order("5", "45") < 0));
  BOOST_TEST((order("-1", "1") < 0));
  BOOST_TEST((order("0", "-1e-400") > 0));
  BOOST_TEST((order("0", "1e-400") < 0));
  BOOST_TEST((order("1e400", "1e401") < 0));
  BOOST_TEST((order("-1e401", "-1e400") < 0));
  BOOST_TEST((order("123.5", "123.50") == 0));
}

BOOST_AUTO_TEST_CASE(knows_whole_numbers) {
  for (const std::string_view whole : {"0", "1.0", "1.5e1", "-12345678901234567890123", "1e999"}) {
    BOOST_TEST(read_decimal(whole)->whole(), whole);
  }
  for (const std::string_view part : {"0.5", "15e-1", "12345678901234567890.5", "1e-999"}) {
    BOOST_TEST(!read_decimal(part)->whole(), part);
  }
}

BOOST_AUTO_TEST_CASE(takes_no_other_text_and_any_exponent) {
  for (const std::string_view text : {"", "-", "1.", ".5", "01", "1e", "a", "1 "})
    BOOST_TEST(!read_decimal(text), text);
  BOOST_TEST((order("1e99999999999999999999", "1e999") > 0));
  BOOST_TEST((order("1e-99999999999999999999", "1e-999") < 0));
}

BOOST_AUTO_TEST_SUITE_END()
