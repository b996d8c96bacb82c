#include "tests/support/imposter.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/raw_client.hpp"

using namespace assay;
using namespace assay::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view ask = "POST /v1/messages HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";

struct Fixture {
  net::EpollPort port;
  Loop loop{port};
  Imposter imposter{loop, port};
  RawClient client{loop, port, imposter.port()};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_imposter, Fixture)

BOOST_AUTO_TEST_CASE(answers_as_the_script_says_and_repeats_the_last_step) {
  imposter.when(post("/v1/messages")).reply(429).retry_after(2s).then().reply(body("ok"));

  client.send(ask);
  const std::string first = client.read_answer();
  client.send(ask);
  const std::string second = client.read_answer();
  client.send(ask);
  const std::string third = client.read_answer();

  BOOST_TEST(status_of(first) == 429);
  BOOST_TEST(first.find("Retry-After: 2\r\n") != std::string::npos);
  BOOST_TEST(body_of(second) == "ok");
  BOOST_TEST(body_of(third) == "ok");
  BOOST_TEST(imposter.requests().size() == 3u);
  BOOST_TEST(imposter.requests().front().body == "{}");
  BOOST_TEST(imposter.connections_made() == 1u);
}

BOOST_AUTO_TEST_CASE(has_no_answer_for_what_it_was_not_told) {
  client.send(ask);
  BOOST_TEST(status_of(client.read_answer()) == 404);
}

BOOST_AUTO_TEST_CASE(cuts_and_breaks_off) {
  imposter.when(post("/v1/messages")).reply(body("0123456789")).cut_after(4).then().hang_up();
  RawClient other(loop, port, imposter.port());

  client.send(ask);
  const std::string cut = client.read_to_end();
  other.send(ask);

  BOOST_TEST(cut.find("Content-Length: 10\r\n") != std::string::npos);
  BOOST_TEST(body_of(cut) == "0123");
  BOOST_TEST(other.ended());
}

BOOST_AUTO_TEST_CASE(resets) {
  imposter.when(post("/v1/messages")).reply(body("0123456789")).reset_after(4);

  client.send(ask);
  client.read_to_end();

  BOOST_TEST(client.was_reset());
}

BOOST_AUTO_TEST_CASE(sends_in_pieces_and_chunks_and_keeps_the_connection) {
  imposter.when(post("/v1/messages")).reply(body("0123456789")).in_pieces_of(3).then().reply(body("abcdef")).chunked(4);

  client.send(ask);
  const std::string pieces = client.read_answer();
  client.send(ask);
  const std::string head = client.read_head();
  const std::string chunks = client.read(21);

  BOOST_TEST(body_of(pieces) == "0123456789");
  BOOST_TEST(head.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
  BOOST_TEST(chunks == "4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n");
  BOOST_TEST(imposter.connections_made() == 1u);
}

BOOST_AUTO_TEST_CASE(holds_an_answer_until_it_is_released) {
  imposter.when(post("/v1/messages")).reply(body("at last")).when_released();
  client.send(ask);
  run_until(loop, [this] { return imposter.open() == 1; });

  imposter.release();

  BOOST_TEST(body_of(client.read_answer()) == "at last");
  BOOST_TEST(imposter.open() == 0u);
  BOOST_TEST(imposter.abandoned() == 0u);
}

BOOST_AUTO_TEST_CASE(never_answers_and_notes_when_the_client_leaves) {
  imposter.when(post("/v1/messages")).never();
  client.send(ask);
  run_until(loop, [this] { return imposter.open() == 1; });

  client.reset();
  run_until(loop, [this] { return imposter.open() == 0; });

  BOOST_TEST(imposter.abandoned() == 1u);
}

BOOST_AUTO_TEST_CASE(says_any_bytes) {
  imposter.when(post("/v1/messages")).raw("this is not HTTP");

  client.send(ask);

  BOOST_TEST(client.read_to_end() == "this is not HTTP");
}

BOOST_AUTO_TEST_SUITE_END()
