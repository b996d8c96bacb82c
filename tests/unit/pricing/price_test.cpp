#include "pricing/price.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::pricing;

BOOST_AUTO_TEST_SUITE(price)

BOOST_AUTO_TEST_CASE(a_snapshot_reads_back_equal) {
  Price given;
  given.vendor = "openai";
  given.model = "gpt-5.6 \"quoted\"";
  given.from = *parse_day("2026-08-01");
  given.source = "litellm@2026-08-01";
  given.rates.input = 5'000'000'000;
  given.rates.output = 30'000'000'000;
  given.rates.cached_read = 0;
  given.context_tiers.push_back({272000, Rates{.input = 10'000'000'000}});
  given.service_tiers.push_back({"flex", Rates{.output = 15'000'000'000}});
  given.max_output_tokens = 128000;

  const auto read = parse_price(to_json(given));

  BOOST_REQUIRE(read.has_value());
  BOOST_TEST((*read == given));
}

BOOST_AUTO_TEST_CASE(a_snapshot_that_states_no_sound_price_is_refused) {
  const std::string head = R"({"vendor":"v","model":"m","source":"s","from":"2026-08-01","rates":)";
  BOOST_REQUIRE(parse_price(head + R"({"input":1,"output":2}})").has_value());

  for (const char* rates :
       {R"({"input":1}})", R"({"output":1}})", R"({"input":-1,"output":2}})", R"({"input":1.5,"output":2}})",
        R"({"input":"1","output":2}})", R"({"input":1000000000000001,"output":2}})", R"(null})", "{"}) {
    BOOST_TEST(!parse_price(head + rates).has_value(), rates);
  }
  BOOST_TEST(!parse_price(R"({"from":"2026-13-01","rates":{"input":1,"output":2}})").has_value());
}

BOOST_AUTO_TEST_CASE(days_are_calendar_days) {
  BOOST_TEST(parse_day("1970-01-02")->since_epoch == 1);
  BOOST_TEST(parse_day("2026-11-21")->since_epoch == 20778);
  BOOST_TEST(to_string(Day{20778}) == "2026-11-21");
  for (const char* bad : {"2026-02-30", "2026-1-1", "2026/01/01", "", "20260101", "2026-0a-01", "2026-00-10"}) {
    BOOST_TEST(!parse_day(bad).has_value(), bad);
  }
}

BOOST_AUTO_TEST_CASE(dollars_are_read_exactly_and_rounded_half_up_to_a_nano_dollar) {
  const auto nanos = [](std::string_view text) { return parse_dollars(text)->nanos(); };
  BOOST_TEST(nanos("0") == 0);
  BOOST_TEST(nanos("3") == 3'000'000'000);
  BOOST_TEST(nanos("0.0028") == 2'800'000);
  BOOST_TEST(nanos("1.83e-05") == 18'300);
  BOOST_TEST(nanos("1E+2") == 100'000'000'000);
  BOOST_TEST(nanos(".5") == 500'000'000);
  BOOST_TEST(nanos("0.0000000005") == 1);
  BOOST_TEST(nanos("0.00000000049999") == 0);
  BOOST_TEST(nanos("0.1234567895") == 123'456'790);
  BOOST_TEST(nanos("1e-90") == 0);
  BOOST_TEST(nanos("0e90") == 0);
}

BOOST_AUTO_TEST_CASE(what_is_no_amount_is_no_price) {
  for (const char* text :
       {"", "None", "-1", "nan", "inf", "1,5", "1e", "1e999", "1e99999999999", "1 ", "0x1", ".", "12345678901.0"}) {
    BOOST_TEST(!parse_dollars(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
