#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/unit/curl/world.hpp"

using namespace assay;
using namespace assay::test;

namespace {

/// Remembers what it was asked and answers as it was told.
struct Recorder {
  explicit Recorder(std::string reply)
      : server([this, reply](RawServer::Connection& connection) {
          while (auto request = connection.request()) {
            {
              const std::scoped_lock lock(mutex);
              requests.push_back(*request);
            }
            connection.write(reply);
          }
        }) {}
  std::string last() {
    const std::scoped_lock lock(mutex);
    return requests.empty() ? "" : requests.back();
  }
  std::size_t count() {
    const std::scoped_lock lock(mutex);
    return requests.size();
  }
  std::mutex mutex;
  std::vector<std::string> requests;
  RawServer server;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

std::string head_of(const std::string& request) {
  return request.substr(0, request.find("\r\n\r\n") + 2);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(exchange, World)

BOOST_AUTO_TEST_CASE(brings_back_status_headers_and_body) {
  Recorder recorder(answer(201, "made", "X-Request-Id:  r-1 \r\nx-request-id: r-2\r\n"));

  const Outcome outcome = send(a_post(recorder.server.url("/v1/messages?x=1"), "what?"));

  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST(outcome->status == 201);
  BOOST_TEST(outcome->body == "made");
  BOOST_TEST(http::find_header(outcome->headers, "X-REQUEST-ID").value() == "r-1");
  BOOST_TEST(outcome->headers.size() == 3u);
  BOOST_TEST(recorder.last().substr(0, 33) == "POST /v1/messages?x=1 HTTP/1.1\r\nH");
  BOOST_TEST(recorder.last().substr(recorder.last().size() - 9) == "\r\n\r\nwhat?");
}

BOOST_AUTO_TEST_CASE(an_error_status_is_an_answer_with_its_body) {
  for (const int status : {302, 400, 407, 429, 500, 529}) {
    Recorder recorder(answer(status, "why", "Location: http://127.0.0.1:1/\r\nRetry-After: 2\r\n"));
    const Outcome outcome = send(a_post(recorder.server.url()));
    BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
    BOOST_TEST(outcome->status == status);
    BOOST_TEST(outcome->body == "why");
    BOOST_TEST(recorder.count() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(sends_the_headers_as_given_and_the_secrets_with_them) {
  Recorder recorder(answer(200, ""));
  http::Request request = a_post(recorder.server.url(), "{}");
  request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}, {"User-Agent", "mine"}};
  request.secrets.push_back({"Authorization", "Bearer ", Secret("sk-123")});

  BOOST_TEST(send(std::move(request)).has_value());

  const std::string head = head_of(recorder.last());
  BOOST_TEST(has(head, "\r\nContent-Type: application/json\r\n"));
  BOOST_TEST(has(head, "\r\nX-Empty:\r\n"));
  BOOST_TEST(has(head, "\r\nUser-Agent: mine\r\n"));
  BOOST_TEST(has(head, "\r\nAuthorization: Bearer sk-123\r\n"));
  BOOST_TEST(has(head, "\r\nAccept-Encoding: gzip, deflate\r\n"));
}

BOOST_AUTO_TEST_CASE(adds_nothing_that_was_not_asked_for) {
  Recorder recorder(answer(200, ""));
  http::Request request = a_post(recorder.server.url(), std::string(3 << 20, 'x'));  // curl would send Expect here
  request.accept_compressed = false;

  BOOST_TEST(send(std::move(request)).has_value());

  const std::string head = head_of(recorder.last());
  BOOST_TEST(!has(head, "Expect"));
  BOOST_TEST(!has(head, "Content-Type"));
  BOOST_TEST(!has(head, "Accept-Encoding"));
  BOOST_TEST(has(head, "\r\nUser-Agent: assay\r\n"));
  BOOST_TEST(recorder.last().size() == head.size() + 2 + (3u << 20));
}

BOOST_AUTO_TEST_CASE(a_handle_that_is_used_again_remembers_nothing) {
  Recorder recorder(answer(200, "ok"));
  curl::CurlTransport transport(loop, port);
  http::Request first = a_post(recorder.server.url("/first"), "body");
  first.headers = {{"X-First", "1"}};
  first.accept_compressed = false;
  first.method = "PATCH";

  BOOST_TEST(send(transport, std::move(first)).has_value());
  BOOST_TEST(recorder.last().substr(0, 13) == "PATCH /first ");
  http::Request get("GET", recorder.server.url("/second"));
  const Outcome outcome = send(transport, std::move(get));
  BOOST_TEST(outcome.value().body == "ok");
  BOOST_TEST(recorder.last().substr(0, 12) == "GET /second ");
  BOOST_TEST(!has(recorder.last(), "X-First"));
  BOOST_TEST(!has(recorder.last(), "Content-Length"));
  BOOST_TEST(has(recorder.last(), "Accept-Encoding"));
  http::Request head("HEAD", recorder.server.url("/third"));
  const Outcome bare = send(transport, std::move(head));
  BOOST_TEST(bare.value().body == "");
  BOOST_TEST(recorder.last().substr(0, 12) == "HEAD /third ");
  http::Request gone("DELETE", recorder.server.url("/fourth"));
  BOOST_TEST(send(transport, std::move(gone)).has_value());
  BOOST_TEST(recorder.last().substr(0, 15) == "DELETE /fourth ");
  http::Request empty = a_post(recorder.server.url("/fifth"), "");
  BOOST_TEST(send(transport, std::move(empty)).has_value());
  BOOST_TEST(has(recorder.last(), "\r\nContent-Length: 0\r\n"));
  BOOST_TEST(recorder.last().substr(0, 12) == "POST /fifth ");
}

BOOST_AUTO_TEST_CASE(interim_answers_are_left_out) {
  Recorder recorder("HTTP/1.1 103 Early\r\nLink: <x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + answer(200, "final"));

  const Outcome outcome = send(a_post(recorder.server.url()));

  BOOST_TEST(outcome.value().status == 200);
  BOOST_TEST(outcome->body == "final");
  BOOST_TEST(!http::find_header(outcome->headers, "link").has_value());
}

BOOST_AUTO_TEST_CASE(a_body_without_length_ends_with_the_connection) {
  RawServer server([](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.0 200 OK\r\n\r\nall of it");
  });
  const Outcome outcome = send(a_post(server.url()));
  BOOST_TEST(outcome.value().body == "all of it");
}

BOOST_AUTO_TEST_CASE(a_sink_gets_the_body_as_it_arrives_and_the_response_has_none) {
  Gate first_was_seen;
  RawServer server([&](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
    first_was_seen.wait();
    connection.write("3\r\ntwo\r\n0\r\nX-Trailer: t\r\n\r\n");
  });
  std::vector<std::string> pieces;
  http::Request request = a_post(server.url());
  request.body_sink = [&](std::string_view piece) {
    pieces.emplace_back(piece);
    first_was_seen.open();
  };

  const Outcome outcome = send(std::move(request));

  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST(outcome->body == "");
  BOOST_TEST(pieces == (std::vector<std::string>{"one", "two"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_sink_throws_leaves_through_send) {
  RawServer server(always("body"));
  curl::CurlTransport transport(loop, port);
  http::Request request = a_post(server.url());
  request.body_sink = [](std::string_view) { throw std::runtime_error("full"); };

  BOOST_CHECK_THROW(send(transport, std::move(request)), std::runtime_error);
  BOOST_TEST(transport.stats().in_flight == 0u);
}

namespace {

/// Lets the server answer only after it has thought for a while by the loop's clock.
Task<Outcome> ask_a_thinker(World& world, curl::CurlTransport& transport, http::Request request, Knock& asked,
                            Gate& thought, Duration thinking) {
  std::optional<Outcome> outcome;
  Scope scope(world.loop, co_await current_stop());
  scope.start(World::keep(transport, std::move(request), world.soon(), outcome));
  co_await asked.heard();
  co_await sleep_for(world.loop, thinking);
  thought.open();
  co_await scope.join();
  co_return std::move(*outcome);
}

}  // namespace

BOOST_AUTO_TEST_CASE(measures_from_the_first_byte_written) {
  Knock asked(loop);
  Gate thought;
  RawServer server([&](RawServer::Connection& connection) {
    connection.request();
    asked.now();
    thought.wait();
    connection.write(answer(200, "ab"));
  });
  curl::CurlTransport transport(loop, port);
  const Instant before = loop.measure();

  const Outcome outcome = loop.run(ask_a_thinker(*this, transport, a_post(server.url()), asked, thought, 50ms));

  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST((outcome->queued > Duration::zero()));
  BOOST_TEST((outcome->first_byte >= 50ms));
  BOOST_TEST((outcome->total >= outcome->first_byte));
  BOOST_TEST((outcome->queued + outcome->total <= loop.measure() - before));
}

BOOST_AUTO_TEST_CASE(proxies_of_the_environment_do_not_count) {
  RawServer proxy(always("from a proxy"));
  RawServer server(always("from the server"));
  const std::string address = proxy.url();
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}) {
    setenv(name, address.c_str(), 1);
  }

  const Outcome outcome = send(a_post(server.url()));

  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}) {
    unsetenv(name);
  }
  BOOST_TEST(outcome.value().body == "from the server");
  BOOST_TEST(proxy.accepted() == 0);
}

BOOST_AUTO_TEST_CASE(counts_what_it_did) {
  RawServer server(always("four"));
  curl::CurlTransport transport(loop, port);

  BOOST_TEST(send(transport, a_post(server.url(), "sixsix")).has_value());

  BOOST_TEST(transport.stats().exchanges == 1u);
  BOOST_TEST(transport.stats().connections_opened == 1u);
  BOOST_TEST(transport.stats().connections_open == 1u);
  BOOST_TEST(transport.stats().body_bytes_sent == 6u);
  BOOST_TEST(transport.stats().body_bytes_received == 4u);
  BOOST_TEST(transport.stats().in_flight == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
