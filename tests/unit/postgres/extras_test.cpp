#include "postgres/extras.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;

BOOST_AUTO_TEST_SUITE(extras)

BOOST_AUTO_TEST_CASE(of_a_plain_answer_are_none) {
  CellResult plain;
  plain.completion.text = "Paris";
  plain.completion.fingerprint = "fp";
  plain.cost = Money::nanos(7);

  BOOST_TEST(postgres::extras_of(plain) == "");
  BOOST_TEST(postgres::extras_of(CallEnd{}) == "");
}

BOOST_AUTO_TEST_CASE(hold_what_there_is_to_say_and_no_more) {
  CellResult rich;
  rich.completion.streamed = true;
  rich.completion.first_token = std::chrono::nanoseconds(1'234'567);
  rich.completion.served_by = "Together";
  rich.completion.flags = {"fallback"};
  rich.dropped_parameters = {"seed"};
  rich.seed_honoured = false;
  rich.reported_cost = Money::nanos(18'300);
  rich.cost_is_reported = true;

  BOOST_TEST(postgres::extras_of(rich) ==
             R"({"streamed":true,"first_token_us":1234,"served_by":"Together","flags":["fallback"],)"
             R"("dropped_parameters":["seed"],"seed_honoured":false,"reported_cost_nanos":18300,"cost_is_reported":true})");
}

// jsonb takes neither NUL nor bad UTF-8; the raw answer's digits are text and stay as they are.
BOOST_AUTO_TEST_CASE(hold_text_that_the_database_can_store) {
  CellResult hostile;
  hostile.completion.reasoning = std::string("a\0b\xff", 4);
  hostile.completion.tool_calls = R"([{"arguments":"\u0000"}])";
  hostile.completion.raw = R"({"n": 9223372036854775807, "n": 1e400})";

  BOOST_TEST(postgres::extras_of(hostile) ==
             R"({"tool_calls":"[{\"arguments\":\"\\u0000\"}]","reasoning":"a\\x00b\\xff",)"
             R"("raw":"{\"n\": 9223372036854775807, \"n\": 1e400}"})");
}

BOOST_AUTO_TEST_CASE(of_an_ended_call_are_what_it_was_charged) {
  CallEnd end;
  end.reported_cost = Money::nanos(0);

  BOOST_TEST(postgres::extras_of(end) == R"({"reported_cost_nanos":0})");
}

BOOST_AUTO_TEST_SUITE_END()
