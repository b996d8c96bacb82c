#include "pricing/unit.hpp"

#include <boost/test/unit_test.hpp>

#include "pricing/price_book.hpp"

using namespace assay;
using namespace assay::pricing;

namespace {

Price known(std::int64_t input, std::int64_t output) {
  Price price;
  price.vendor = "openai";
  price.model = "gpt-4";
  price.source = "list";
  price.rates.input = input;
  price.rates.output = output;
  return price;
}

std::string warning(std::string_view input, std::string_view output, Unit unit) {
  Rates rates;
  rates.input = parse_rate(input, unit);
  rates.output = parse_rate(output, unit);
  return unit_warning(rates, known(30'000'000'000, 60'000'000'000)).value_or("");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(units_of_prices)

BOOST_AUTO_TEST_CASE(one_price_in_three_units_is_one_rate) {
  BOOST_TEST(parse_rate("3", Unit::per_million).value() == 3'000'000'000);
  BOOST_TEST(parse_rate("0.003", Unit::per_thousand).value() == 3'000'000'000);
  BOOST_TEST(parse_rate("0.000003", Unit::per_token).value() == 3'000'000'000);
  BOOST_TEST(parse_rate("3e-06", Unit::per_token).value() == 3'000'000'000);
  BOOST_TEST(parse_rate("3E-6", Unit::per_token).value() == 3'000'000'000);
  BOOST_TEST(parse_rate("0", Unit::per_token).value() == 0);
}

BOOST_AUTO_TEST_CASE(what_is_no_price_is_none) {
  for (const char* text : {"", "-1", "free", "1e", "1e999", "1 ", "nan", "1e-6e-6"})
    BOOST_TEST(!parse_rate(text, Unit::per_token).has_value(), text);
  BOOST_TEST(!parse_rate("2", Unit::per_token).has_value());  // two dollars a token: beyond every list
}

BOOST_AUTO_TEST_CASE(units_have_names) {
  for (const Unit unit : {Unit::per_token, Unit::per_thousand, Unit::per_million})
    BOOST_TEST((parse_unit(to_string(unit)) == unit));
  BOOST_TEST(!parse_unit("per token").has_value());
}

BOOST_AUTO_TEST_CASE(the_right_unit_is_nothing_strange) {
  BOOST_TEST(warning("0.03", "0.06", Unit::per_thousand) == "");
  BOOST_TEST(warning("0.3", "0.6", Unit::per_thousand) == "");  // ten times dearer is a contract, not a slip
}

BOOST_AUTO_TEST_CASE(a_unit_that_is_a_thousand_times_off_is_told) {
  BOOST_TEST(warning("0.03", "0.06", Unit::per_million) ==
             "an input price of $0.030000000 per million tokens is 1000 times less than the $30.000000000 per million "
             "tokens of openai/gpt-4 (list): is its unit right?");
  BOOST_TEST(warning("0.03", "0.06", Unit::per_token).find("is 1000 times the $30") != std::string::npos);
  BOOST_TEST(warning("30", "0.06", Unit::per_million).find("an output price") == 0u);
}

BOOST_AUTO_TEST_CASE(exactly_a_hundred_times_is_told_and_less_is_not) {
  BOOST_TEST(warning("3000", "60", Unit::per_million) != "");
  BOOST_TEST(warning("2999", "60", Unit::per_million) == "");
}

BOOST_AUTO_TEST_SUITE_END()
