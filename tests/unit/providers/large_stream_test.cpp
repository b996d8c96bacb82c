// Streams of 64 MiB against a StreamedAnswer whose reader never stops: what is held stays bounded whatever comes.
#include <boost/test/unit_test.hpp>

#include <string>

#include "providers/streamed_answer.hpp"
#include "tests/support/framed_stream.hpp"
#include "tests/support/held_memory.hpp"

using namespace assay;
using namespace assay::testing;
using providers::StreamedAnswer;

namespace {

constexpr std::size_t mib = std::size_t{1} << 20;
constexpr std::size_t cap = 16 * mib;          // of content, as the engine has it
constexpr std::size_t all = 64 * mib;          // what comes
constexpr std::size_t read_bytes = 16u << 10;  // in one piece

struct Outcome {
  Result<Completion, Failure> end = Completion();
  std::size_t most_held = 0;
  std::size_t enough_after = 0;  ///< bytes; 0: never
};

/// `beginning`, then `piece` again and again, in reads whose ends fall anywhere.
Outcome read(const FramedStream& framed, const std::string& beginning, const std::string& piece) {
  providers::Deployment deployment;
  deployment.provider = framed.provider;
  deployment.dialect = framed.dialect;
  deployment.model = "test";
  http::Response head;
  head.status = 200;
  head.headers = {{"Content-Type", framed.content_type}};
  std::string unread = beginning;
  unread.reserve(beginning.size() + piece.size() + read_bytes);

  const HeldMemory memory;
  Outcome outcome;
  {
    StreamedAnswer answer(deployment, cap);
    answer.head(head.status, head.headers);
    for (std::size_t fed = 0; fed < all; fed += read_bytes) {
      while (unread.size() < read_bytes) unread += piece;
      answer.feed(std::string_view(unread).substr(0, read_bytes));
      unread.erase(0, read_bytes);
      if (outcome.enough_after == 0 && answer.enough()) outcome.enough_after = fed + read_bytes;
    }
    outcome.end = answer.end(head);
  }
  outcome.most_held = memory.most();
  BOOST_TEST_MESSAGE(framed.name << ": " << outcome.most_held / mib << " MiB held at most, enough after "
                                 << outcome.enough_after / mib << " MiB");
  return outcome;
}

template <class Check>
void in_every_framing(const Check& check) {
  for (const FramedStream& framed : framed_streams()) {
    BOOST_TEST_CONTEXT(framed.name) {
      check(framed);
    }
  }
}

void is_unreadable(const Outcome& outcome) {
  BOOST_REQUIRE(!outcome.end);
  BOOST_TEST((outcome.end.error().kind == Failure::Kind::malformed));
  BOOST_TEST(outcome.end.error().may_have_run);
  BOOST_TEST(outcome.end.error().detail.find("cannot be read") != std::string::npos, outcome.end.error().detail);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stream_of_64_mib)

BOOST_AUTO_TEST_CASE(of_text_is_an_answer_cut_at_the_cap) {
  in_every_framing([](const FramedStream& framed) {
    const Outcome outcome = read(framed, "", framed.says(std::string(48 << 10, 'x')));

    BOOST_REQUIRE(outcome.end);
    BOOST_TEST((outcome.end->finish_reason == FinishReason::length));
    BOOST_TEST(outcome.end->finish_reason_raw == "response_bytes");
    BOOST_TEST(outcome.end->text.size() > cap);
    BOOST_TEST(outcome.end->text.size() <= cap + (48u << 10));
    BOOST_TEST(outcome.enough_after <= cap + mib);
    BOOST_TEST(outcome.most_held <= 4 * cap);
  });
}

BOOST_AUTO_TEST_CASE(of_reasoning_or_of_a_tools_input_is_cut_at_the_cap_too) {
  const FramedStream framed = framed_streams().front();
  const std::string word(48 << 10, 'x');
  for (const std::string& delta :
       {R"({"reasoning_content":")" + word + "\"}", R"({"refusal":")" + word + "\"}",
        R"({"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":")" + word + "\"}}]}"}) {
    const Outcome outcome = read(framed, "", chat::chunk(R"([{"index":0,"delta":)" + delta + "}]"));

    BOOST_REQUIRE(outcome.end);
    BOOST_TEST(outcome.end->finish_reason_raw == "response_bytes");
    BOOST_TEST(outcome.enough_after <= cap + mib);
    BOOST_TEST(outcome.most_held <= 5 * cap);  // calls are written out once more at the end
  }
}

BOOST_AUTO_TEST_CASE(of_one_text_without_an_end_is_given_up_at_one_events_size) {
  in_every_framing([](const FramedStream& framed) {
    const Outcome outcome = read(framed, framed.says("Par") + framed.unended, std::string(48 << 10, 'x'));

    is_unreadable(outcome);
    BOOST_TEST(outcome.end.error().partial->text == "Par");
    BOOST_TEST(outcome.enough_after > 0u);
    BOOST_TEST(outcome.enough_after <= cap + mib);
    BOOST_TEST(outcome.most_held <= 4 * cap);
  });
}

BOOST_AUTO_TEST_CASE(of_pings_is_given_up_and_leaves_nothing_behind) {
  in_every_framing([](const FramedStream& framed) {
    std::string pings;
    while (pings.size() < 32u << 10) pings += framed.ping() + framed.silence(std::string(4000, '.'));

    const Outcome outcome = read(framed, framed.says("Par"), pings);

    is_unreadable(outcome);
    BOOST_TEST(outcome.end.error().partial->text == "Par");
    BOOST_TEST(outcome.enough_after <= 2 * cap + mib);
    BOOST_TEST(outcome.most_held <= mib);
  });
}

BOOST_AUTO_TEST_CASE(of_one_event_in_many_lines_is_given_up_at_one_events_size) {
  const FramedStream framed = framed_streams().front();
  const std::string word(200, 'x');
  for (const std::string& field : {"data: " + word + "\n", "data\ndata:\r\ndata:" + word + "\r"}) {
    const Outcome outcome = read(framed, "", field);

    BOOST_REQUIRE(!outcome.end);
    BOOST_TEST(outcome.enough_after > 0u);
    BOOST_TEST(outcome.most_held <= 4 * cap);
  }
}

BOOST_AUTO_TEST_CASE(of_fields_that_are_kept_or_not_is_given_up) {
  const FramedStream framed = framed_streams().front();
  const std::string word(200, 'x'), long_name = "event: " + std::string(mib, 'x') + "\n";
  for (const std::string& lines :
       {"id: " + word + "\n", word + ": " + word + "\n\n", "retry: 1\r\n" + word + "\r\n\r\n", long_name}) {
    const Outcome outcome = read(framed, "", lines);

    is_unreadable(outcome);
    BOOST_TEST(outcome.most_held <= 8 * mib);
  }
}

BOOST_AUTO_TEST_CASE(of_a_name_of_one_event_is_given_up_at_one_events_size) {
  const Outcome outcome = read(framed_streams().front(), "event: ", std::string(48 << 10, 'x'));

  is_unreadable(outcome);
  BOOST_TEST(outcome.most_held <= 4 * cap);
}

BOOST_AUTO_TEST_CASE(of_blank_lines_or_of_a_page_is_no_stream_at_all) {
  FramedStream framed = framed_streams().front();
  for (const char* type : {"", "text/html"}) {
    framed.content_type = type;
    for (const std::string& piece : {std::string(1000, '\n'), std::string("<p>page</p>")}) {
      const Outcome outcome = read(framed, "", piece);

      BOOST_TEST((outcome.end.error().kind == Failure::Kind::malformed));
      BOOST_TEST(outcome.enough_after > 0u);
      BOOST_TEST(outcome.enough_after <= cap + mib);
      BOOST_TEST(outcome.most_held <= mib);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
