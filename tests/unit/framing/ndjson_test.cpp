#include <boost/test/unit_test.hpp>

#include "tests/unit/framing/pieces.hpp"

using namespace assay;
using framing::Kind;
using unit::Events;
using unit::events_of;

BOOST_AUTO_TEST_SUITE(lines_of_json)

BOOST_AUTO_TEST_CASE(each_line_is_an_event_and_blank_ones_are_none) {
  const Events expected{"|{\"a\":1}", "|{\"b\":2}", "|3"};

  BOOST_TEST(events_of(Kind::ndjson, "{\"a\":1}\n\r\n \n{\"b\":2}\r\n\n3\n") == expected,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_last_line_may_lack_its_end) {
  const Events expected{"|{}", "|{\"done\":true}"};

  BOOST_TEST(events_of(Kind::ndjson, "{}\n{\"done\":true}") == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_beyond_the_limit_is_an_error_that_names_it) {
  const auto framing = framing::make_framing(Kind::ndjson, {64});
  const auto ignore = [](const framing::Event&) {};

  const auto first = framing->feed(std::string(60, 'x'), ignore);
  const auto second = framing->feed(std::string(60, 'x'), ignore);

  BOOST_TEST(first.has_value());
  BOOST_TEST(second.error() == "a line of more than 64 bytes");
}

BOOST_AUTO_TEST_SUITE_END()
