#include "net/http_server.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>

#include "tests/support/raw_client.hpp"

using namespace assay;
using namespace std::chrono_literals;
using test::RawClient;

namespace {

constexpr std::string_view get = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";

/// A server with one handler per path, on a loop that the test's client drives.
struct Fixture {
  net::EpollPort port;
  Loop loop{port};
  net::HttpLimits limits;
  int started = 0, left_early = 0, resets = 0;
  bool whole = true;
  Signal go{loop};
  std::optional<net::HttpServer> server;
  std::optional<Scope> scope;

  void serve() {
    net::Handler handler = [this](net::ServerRequest request, net::Exchange& exchange) {
      return answer(std::move(request), exchange);
    };
    server.emplace(loop, port, net::Address(), std::move(handler), limits);
    scope.emplace(loop, loop.root());
    scope->start(server->run());
  }

  RawClient client() { return RawClient(loop, port, server->port()); }

  Task<> answer(net::ServerRequest request, net::Exchange& exchange) {
    ++started;
    const std::string path(request.path());
    if (path == "/hello") {
      net::ServerResponse hello(200, "text/plain", "hello");
      co_await exchange.send(std::move(hello));
    } else if (path == "/echo") {
      net::ServerResponse echo(200, "text/plain", request.body);
      co_await exchange.send(std::move(echo));
    } else if (path == "/large") {
      net::ServerResponse large(200, "text/plain", std::string(32u << 20, 'x'));
      whole = co_await exchange.send(std::move(large));
    } else if (path == "/slow") {
      const LeftEarly guard{*this};
      co_await go.wait(Deadline::never());
      net::ServerResponse slow(200, "text/plain", "at last");
      whole = co_await exchange.send(std::move(slow));
      guard.answered = true;
    } else if (path == "/throws") {
      throw std::runtime_error("a secret detail");
    } else if (path == "/half") {
      co_await exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    } else if (path == "/reset") {
      co_await exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
      exchange.reset();
    } else if (path == "/noted") {
      exchange.if_reset_later([this] { ++resets; });
      net::ServerResponse noted(200, "text/plain", "noted");
      co_await exchange.send(std::move(noted));
    }
  }

  struct LeftEarly {
    Fixture& fixture;
    mutable bool answered = false;
    explicit LeftEarly(Fixture& fixture_) : fixture(fixture_) {}
    LeftEarly(const LeftEarly&) = delete;
    LeftEarly& operator=(const LeftEarly&) = delete;
    ~LeftEarly() { fixture.left_early += answered ? 0 : 1; }
  };
};

std::string post(const std::string& path, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_server, Fixture)

BOOST_AUTO_TEST_CASE(answers_many_requests_on_one_connection) {
  serve();
  RawClient client = this->client();

  for (int i = 0; i < 100; ++i) {
    client.send(get);
    BOOST_TEST(test::body_of(client.read_answer()) == "hello");
  }

  BOOST_TEST(server->connections() == 1u);
  BOOST_TEST(server->accepted() == 1u);
}

BOOST_AUTO_TEST_CASE(understands_a_request_that_comes_byte_by_byte) {
  serve();
  RawClient client = this->client();

  for (char byte : post("/echo", "abc")) {
    client.send(std::string_view(&byte, 1));
    client.let_it_sink_in();
  }

  BOOST_TEST(test::body_of(client.read_answer()) == "abc");
}

BOOST_AUTO_TEST_CASE(answers_pipelined_requests_in_their_order) {
  serve();
  RawClient client = this->client();
  std::string all;
  for (int i = 0; i < 500; ++i) all += post("/echo", std::to_string(i));

  client.send(all);

  for (int i = 0; i < 500; ++i) BOOST_TEST(test::body_of(client.read_answer()) == std::to_string(i));
}

BOOST_AUTO_TEST_CASE(carries_large_bodies_both_ways) {
  serve();
  RawClient client = this->client();
  const std::string body(5u << 20, 'b');

  client.send(post("/echo", body));
  const std::string echoed = test::body_of(client.read_answer());
  client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  const std::string large = test::body_of(client.read_answer());

  BOOST_TEST((echoed == body));
  BOOST_TEST(large.size() == 32u << 20);
  BOOST_TEST(whole);
}

BOOST_AUTO_TEST_CASE(a_head_request_gets_the_head_only) {
  serve();
  RawClient client = this->client();

  client.send("HEAD /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  const std::string head = client.read_head();
  client.send(get);

  BOOST_TEST(head.find("Content-Length: 5\r\n") != std::string::npos);
  BOOST_TEST(test::body_of(client.read_answer()) == "hello");
}

BOOST_AUTO_TEST_CASE(says_continue_to_a_client_that_waits_for_it) {
  serve();
  RawClient client = this->client();

  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  const std::string head = client.read_head();
  client.send("ok");

  BOOST_TEST(head == "HTTP/1.1 100 Continue\r\n\r\n");
  BOOST_TEST(test::body_of(client.read_answer()) == "ok");
}

BOOST_AUTO_TEST_CASE(closes_when_the_client_asks_for_it) {
  serve();
  RawClient client = this->client();

  client.send("GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const std::string all = client.read_to_end();

  BOOST_TEST(all.find("Connection: close\r\n") != std::string::npos);
  BOOST_TEST(test::body_of(all) == "hello");
}

BOOST_AUTO_TEST_CASE(refuses_and_still_lets_the_client_read_why) {
  limits.caps.body_bytes = 1000;
  serve();
  RawClient client = this->client();

  client.send(post("/echo", std::string(200'000, 'x')));
  const std::string all = client.read_to_end();

  BOOST_TEST(test::status_of(all) == 413);
  BOOST_TEST(!client.was_reset());
  BOOST_TEST(started == 0);
}

BOOST_AUTO_TEST_CASE(refuses_large_headers) {
  serve();
  RawClient client = this->client();

  client.send("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(100'000, 'a'));

  BOOST_TEST(test::status_of(client.read_to_end()) == 431);
}

BOOST_AUTO_TEST_CASE(a_throwing_handler_is_a_500_without_its_words) {
  serve();
  RawClient client = this->client();

  client.send("GET /throws HTTP/1.1\r\nHost: h\r\n\r\n");
  const std::string all = client.read_to_end();

  BOOST_TEST(test::status_of(all) == 500);
  BOOST_TEST(all.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_handler_that_does_not_answer_is_a_500) {
  serve();
  RawClient client = this->client();

  client.send("GET /unknown HTTP/1.1\r\nHost: h\r\n\r\n");

  BOOST_TEST(test::status_of(client.read_to_end()) == 500);
}

BOOST_AUTO_TEST_CASE(a_slow_sender_gets_408) {
  limits.request = 20ms;
  serve();
  RawClient client = this->client();

  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");

  BOOST_TEST(test::status_of(client.read_to_end()) == 408);
}

BOOST_AUTO_TEST_CASE(an_idle_connection_is_closed_without_a_word) {
  limits.idle = 20ms;
  serve();
  RawClient client = this->client();

  client.send(get);
  client.read_answer();

  BOOST_TEST(client.ended());
}

BOOST_AUTO_TEST_CASE(a_client_that_reads_nothing_is_given_up) {
  limits.write_stall = 20ms;
  serve();
  RawClient client = this->client();

  client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  test::run_until(loop, [this] { return !whole; });

  BOOST_TEST(!whole);
}

BOOST_AUTO_TEST_CASE(a_handler_is_abandoned_when_its_client_leaves) {
  serve();
  {
    RawClient client = this->client();
    client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    test::run_until(loop, [this] { return started == 1; });
  }

  test::run_until(loop, [this] { return server->connections() == 0; });

  BOOST_TEST(left_early == 1);
}

BOOST_AUTO_TEST_CASE(one_client_leaving_disturbs_no_other) {
  serve();
  RawClient stays = this->client();
  stays.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  test::run_until(loop, [this] { return started == 1; });
  {
    RawClient leaves = this->client();
    leaves.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    test::run_until(loop, [this] { return started == 2; });
    leaves.reset();
  }
  test::run_until(loop, [this] { return left_early == 1; });

  go.notify();

  BOOST_TEST(test::body_of(stays.read_answer()) == "at last");
  BOOST_TEST(left_early == 1);
}

BOOST_AUTO_TEST_CASE(a_handler_may_cut_its_answer) {
  serve();
  RawClient client = this->client();

  client.send("GET /half HTTP/1.1\r\nHost: h\r\n\r\n");
  const std::string all = client.read_to_end();

  BOOST_TEST(test::body_of(all) == "only this");
  BOOST_TEST(!client.was_reset());
}

BOOST_AUTO_TEST_CASE(a_handler_may_break_the_connection_off) {
  serve();
  RawClient client = this->client();

  client.send("GET /reset HTTP/1.1\r\nHost: h\r\n\r\n");
  client.read_to_end();

  BOOST_TEST(client.was_reset());
}

BOOST_AUTO_TEST_CASE(tells_of_a_reset_after_the_answer_but_not_of_an_end) {
  serve();
  for (bool reset : {false, true}) {
    RawClient client = this->client();
    client.send("GET /noted HTTP/1.1\r\nHost: h\r\n\r\n");
    client.read_answer();
    if (reset) client.reset();
  }

  test::run_until(loop, [this] { return server->connections() == 0; });

  BOOST_TEST(resets == 1);
}

BOOST_AUTO_TEST_CASE(takes_no_more_connections_than_allowed) {
  limits.connections = 2;
  serve();
  RawClient third = this->client();  // the first in line, in fact
  std::optional<RawClient> first, second;
  first.emplace(loop, port, server->port());
  second.emplace(loop, port, server->port());
  test::run_until(loop, [this] { return server->connections() == 2; });

  second->send(get);
  second->let_it_sink_in();
  const bool held_back = server->connections() == 2 && started == 0;
  first.reset();

  BOOST_TEST(held_back);
  BOOST_TEST(test::body_of(second->read_answer()) == "hello");
}

BOOST_AUTO_TEST_CASE(drains_idle_connections_at_once_and_busy_ones_after_their_answer) {
  serve();
  RawClient idle = this->client();
  idle.send(get);
  idle.read_answer();
  RawClient busy = this->client();
  busy.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  test::run_until(loop, [this] { return started == 2; });

  server->drain();
  const bool idle_ended = idle.ended();
  go.notify();
  const std::string last = busy.read_to_end();
  test::run_until(loop, [this] { return scope->running() == 0; });

  BOOST_TEST(idle_ended);
  BOOST_TEST(test::body_of(last) == "at last");
  BOOST_TEST(last.find("Connection: close\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(stopping_the_scope_cuts_everything) {
  serve();
  RawClient client = this->client();
  client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  test::run_until(loop, [this] { return started == 1; });

  scope->request_stop(StopReason::forced);
  test::run_until(loop, [this] { return scope->running() == 0; });

  BOOST_TEST(client.ended());
  BOOST_TEST(left_early == 1);
}

BOOST_AUTO_TEST_CASE(refuses_to_listen_where_it_cannot) {
  serve();
  net::Address taken;
  taken.port = server->port();
  net::Address nonsense;
  nonsense.host = "not an address";

  BOOST_CHECK_THROW(net::Listener(loop, port, taken), std::system_error);
  BOOST_CHECK_THROW(net::Listener(loop, port, nonsense), std::system_error);
}

BOOST_AUTO_TEST_SUITE_END()
