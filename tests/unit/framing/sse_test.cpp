#include <boost/test/unit_test.hpp>

#include "tests/unit/framing/pieces.hpp"

using namespace assay;
using framing::Kind;
using unit::Events;
using unit::events_of;

BOOST_AUTO_TEST_SUITE(server_sent_events)

BOOST_AUTO_TEST_CASE(lines_end_in_three_ways) {
  const Events expected{"|a", "|b", "|c"};

  BOOST_TEST(events_of(Kind::sse, "data: a\n\ndata: b\r\n\r\ndata: c\r\r") == expected,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(data_lines_of_one_event_are_joined) {
  const Events expected{"|one\n\n two"};

  BOOST_TEST(events_of(Kind::sse, "data: one\ndata\ndata:  two\n\n") == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_belong_to_their_event_only) {
  const Events expected{"message_start|{}", "|[DONE]"};

  BOOST_TEST(events_of(Kind::sse, "event: message_start\ndata: {}\n\ndata:[DONE]\n\n") == expected,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(comments_unknown_fields_and_events_without_data_are_nothing) {
  const std::string stream =
      ": OPENROUTER PROCESSING\n\n: keep-alive\n\nid: 7\nretry: 10\nfoo\n\nevent: ping\n\ndata:\n\ndata: x\nid: 8\n\n";
  const Events expected{"|x"};

  BOOST_TEST(events_of(Kind::sse, stream) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_at_the_start_is_passed_over_and_half_a_one_is_text) {
  const Events whole{"|x"};
  const Events half{"|y"};

  BOOST_TEST(events_of(Kind::sse,
                       "\xEF\xBB\xBF"
                       "data: x\n\n") == whole,
             boost::test_tools::per_element());
  BOOST_TEST(events_of(Kind::sse,
                       "\xEF\xBB"
                       "data: x\n\ndata: y\n\n") == half,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_not_dispatched_at_the_end_is_discarded) {
  const Events expected{"|a"};

  BOOST_TEST(events_of(Kind::sse, "data: a\n\ndata: b\n") == expected, boost::test_tools::per_element());
  BOOST_TEST(events_of(Kind::sse, "data: a\n\ndata: b") == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_event_beyond_the_limit_is_an_error_that_names_it) {
  const auto long_line = framing::make_framing(Kind::sse, {64});
  const auto many_lines = framing::make_framing(Kind::sse, {64});
  const auto ignore = [](const framing::Event&) {};

  Result<void, std::string> fed{};
  for (int i = 0; i < 16 && fed; ++i) fed = many_lines->feed("data: 0123456\n", ignore);

  BOOST_TEST(long_line->feed("data: " + std::string(100, 'x'), ignore).error() == "an event of more than 64 bytes");
  BOOST_TEST(fed.error() == "an event of more than 64 bytes");
}

BOOST_AUTO_TEST_SUITE_END()
