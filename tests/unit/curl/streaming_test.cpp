#include <boost/test/unit_test.hpp>

#include <atomic>
#include <string>
#include <vector>

#include "tests/unit/curl/world.hpp"

using namespace assay;
using namespace assay::test;

namespace {

/// Writes what its sinks are told, in order: "200 text/plain", "body".
struct Told {
  std::vector<std::string> words;
  http::Request listening(http::Request request) {
    request.head_sink = [this](int status, const http::Headers& headers) {
      words.push_back(std::to_string(status) + " " +
                      std::string(http::find_header(headers, "Content-Type").value_or("untyped")));
    };
    request.body_sink = [this](std::string_view piece) { words.emplace_back(piece); };
    return request;
  }
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// Answers every request with this, and keeps the heads of what it was asked.
struct Vendor {
  explicit Vendor(std::string reply)
      : server([this, reply](RawServer::Connection& connection) {
          while (auto request = connection.request()) {
            {
              const std::scoped_lock lock(mutex);
              asked.push_back(*request);
            }
            connection.write(reply);
          }
        }) {}
  std::mutex mutex;
  std::vector<std::string> asked;
  RawServer server;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(streaming, World)

BOOST_AUTO_TEST_CASE(the_head_is_told_once_before_the_body_and_interim_answers_are_not) {
  Vendor vendor(
      "HTTP/1.1 103 Early\r\nContent-Type: none\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
      "4\r\nbody\r\n0\r\nX-T: t\r\n\r\n");
  Told told;

  const Outcome outcome = send(told.listening(a_post(vendor.server.url())));

  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST(told.words == (std::vector<std::string>{"200 text/event-stream", "body"}),
             boost::test_tools::per_element());
  BOOST_TEST(outcome->status == 200);
  BOOST_TEST(http::find_header(outcome->headers, "content-type").value() == "text/event-stream");
}

BOOST_AUTO_TEST_CASE(an_answer_without_a_body_has_a_head_too) {
  Vendor empty(answer(429, "", "Content-Type: text/plain\r\n"));
  Told told;

  BOOST_TEST(send(told.listening(a_post(empty.server.url()))).has_value());

  BOOST_TEST(told.words == (std::vector<std::string>{"429 text/plain"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_exchange_on_one_handle_has_its_own_head) {
  Vendor vendor(answer(200, "ok", "Content-Type: text/plain\r\n"));
  curl::CurlTransport transport(loop, port);
  Told first, second;

  BOOST_TEST(send(transport, first.listening(a_post(vendor.server.url()))).has_value());
  BOOST_TEST(send(transport, second.listening(a_post(vendor.server.url()))).has_value());

  BOOST_TEST(first.words == (std::vector<std::string>{"200 text/plain", "ok"}), boost::test_tools::per_element());
  BOOST_TEST(second.words == first.words, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_the_head_sink_throws_leaves_through_send) {
  RawServer server(always("body"));
  http::Request request = a_post(server.url());
  request.head_sink = [](int, const http::Headers&) { throw std::runtime_error("full"); };

  BOOST_CHECK_THROW(send(std::move(request)), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(what_a_sink_has_taken_does_not_count_towards_the_response_limit) {
  RawServer server(always(std::string(300'000, 'x')));
  std::size_t seen = 0;
  http::Request request = a_post(server.url());
  request.max_response_bytes = 10;
  request.body_sink = [&](std::string_view piece) { seen += piece.size(); };

  const Outcome outcome = send(std::move(request));

  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST(seen == 300'000u);
}

BOOST_AUTO_TEST_CASE(a_body_without_end_is_ended) {
  RawServer server([](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n");
    for (int i = 0; i < 64; ++i) connection.write(std::string(65536, 'x'));
    connection.wait_for_the_end();
  });
  curl::Settings settings;
  settings.streamed_bytes = 1u << 20;
  std::size_t seen = 0;
  http::Request request = a_post(server.url());
  request.body_sink = [&](std::string_view piece) { seen += piece.size(); };

  const Outcome outcome = send(std::move(request), settings);

  BOOST_TEST(failed_as(outcome, Failure::Kind::too_large), text_of(outcome));
  BOOST_TEST(seen <= settings.streamed_bytes);
  BOOST_TEST(seen > settings.streamed_bytes / 2);
}

BOOST_AUTO_TEST_CASE(the_server_is_read_no_faster_than_the_sink_takes) {
  // The sink ends the exchange with the first piece: what the server still has to say is not read.
  std::atomic<bool> ended = false;
  RawServer server([&](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
    connection.write(std::string(100'000'000, 'x'));
    connection.wait_for_the_end();
    ended = true;
  });
  std::size_t seen = 0;
  std::optional<Outcome> outcome;
  {
    curl::CurlTransport transport(loop, port);
    struct Stopping {
      static Task<> run(World& world, http::Transport& over, std::string url, std::size_t& seen_,
                        std::optional<Outcome>& outcome_) {
        Scope scope(world.loop, co_await current_stop());
        http::Request request = a_post(std::move(url));
        request.body_sink = [&](std::string_view piece) {
          seen_ += piece.size();
          scope.request_stop(StopReason::cancelled);
        };
        scope.start(World::keep(over, std::move(request), world.soon(), outcome_));
        co_await scope.join();
      }
    };
    loop.run(Stopping::run(*this, transport, server.url(), seen, outcome));
  }

  BOOST_REQUIRE(outcome.has_value());
  BOOST_TEST(failed_as(*outcome, Failure::Kind::cancelled), text_of(*outcome));
  BOOST_TEST(seen > 0u);
  BOOST_TEST(seen < 10'000'000u);
}

BOOST_AUTO_TEST_CASE(who_abandons_an_exchange_in_a_sink_is_told_nothing_more) {
  // Many chunks in one write: curl has the rest in its hands when the first makes the caller go away.
  std::string reply = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 100; ++i) reply += "4\r\nbody\r\n";
  for (const bool at_the_head : {true, false}) {
    Vendor vendor(reply + "0\r\n\r\n");
    curl::CurlTransport transport(loop, port);
    struct Leaving {
      std::unique_ptr<Scope> scope;
      std::optional<Outcome> outcome;
      int told = 0, told_later = 0;
      void leave() {
        ++(scope == nullptr ? told_later : told);
        scope.reset();
      }
      Task<> run(World& world, curl::CurlTransport& over, std::string url, bool head) {
        scope = std::make_unique<Scope>(world.loop, co_await current_stop());
        http::Request request = a_post(std::move(url));
        if (head) request.head_sink = [this](int, const http::Headers&) { leave(); };
        request.body_sink = [this](std::string_view) { leave(); };
        scope->start(World::keep(over, std::move(request), world.soon(), outcome));
        for (const Deadline end = world.soon(); over.stats().in_flight > 0 && !end.passed(world.loop.now());)
          co_await sleep_for(world.loop, 1ms);
      }
    } leaving;

    loop.run(leaving.run(*this, transport, vendor.server.url(), at_the_head));

    BOOST_TEST(leaving.told == 1);
    BOOST_TEST(leaving.told_later == 0);
    BOOST_TEST(!leaving.outcome.has_value());
    BOOST_TEST(transport.stats().in_flight == 0u);
    BOOST_TEST(transport.stats().connections_open == 0u);
    BOOST_TEST(send(transport, a_post(vendor.server.url())).has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_failure_knows_how_long_the_request_was_queued) {
  RawServer server([](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
  });

  const Instant before = loop.measure();
  const Outcome outcome = send(a_post(server.url()));

  BOOST_TEST(failed_as(outcome, Failure::Kind::cut_off), text_of(outcome));
  BOOST_TEST((outcome.error().queued > Duration::zero()));
  BOOST_TEST((outcome.error().queued <= loop.measure() - before));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(signing, World)

BOOST_AUTO_TEST_CASE(a_request_is_signed_with_the_time_of_day_when_it_is_handed_to_curl) {
  Vendor vendor(answer(200, ""));
  std::optional<std::chrono::sys_seconds> told;
  http::Request request = a_post(vendor.server.url());
  request.headers = {{"X-First", "1"}};
  request.sign = [&](http::Request& signing, std::chrono::sys_seconds now) {
    told = now;
    signing.headers.emplace_back("X-Date", "today");
    signing.secrets.push_back({"Authorization", "AWS4 ", Secret("signature")});
  };

  BOOST_TEST(send(std::move(request)).has_value());

  BOOST_REQUIRE(told.has_value());
  BOOST_TEST((*told > std::chrono::sys_days(std::chrono::year(2024) / 1 / 1)));
  const std::scoped_lock lock(vendor.mutex);
  BOOST_REQUIRE_EQUAL(vendor.asked.size(), 1u);
  BOOST_TEST(has(vendor.asked.front(), "\r\nX-First: 1\r\n"));
  BOOST_TEST(has(vendor.asked.front(), "\r\nX-Date: today\r\n"));
  BOOST_TEST(has(vendor.asked.front(), "\r\nAuthorization: AWS4 signature\r\n"));
}

BOOST_AUTO_TEST_CASE(who_waits_for_a_connection_is_signed_when_his_turn_comes) {
  Gate let_go;
  std::atomic<int> asked = 0;
  RawServer server([&](RawServer::Connection& connection) {
    while (connection.request()) {
      ++asked;
      let_go.wait();
      connection.write(answer(200, ""));
    }
  });
  curl::Settings settings;
  settings.connections_per_host = 1;
  curl::CurlTransport transport(loop, port, settings);
  std::vector<int> signed_after;
  const auto signing = [&] {
    http::Request request = a_post(server.url());
    request.sign = [&](http::Request&, std::chrono::sys_seconds) { signed_after.push_back(asked); };
    return request;
  };
  std::optional<Outcome> first, second;
  struct Both {
    static Task<> run(World& world, http::Transport& over, http::Request one, http::Request two, Gate& gate,
                      const std::vector<int>& signs, std::optional<Outcome>& first_, std::optional<Outcome>& second_) {
      Scope scope(world.loop, co_await current_stop());
      scope.start(World::keep(over, std::move(one), world.soon(), first_));
      scope.start(World::keep(over, std::move(two), world.soon(), second_));
      BOOST_TEST(signs.size() == 1u);
      gate.open();
      co_await scope.join();
    }
  };

  loop.run(Both::run(*this, transport, signing(), signing(), let_go, signed_after, first, second));

  BOOST_TEST(first.value().has_value());
  BOOST_TEST(second.value().has_value());
  BOOST_TEST(signed_after == (std::vector<int>{0, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_signer_that_fails_sends_nothing_and_does_not_say_why) {
  Vendor vendor(answer(200, ""));
  curl::CurlTransport transport(loop, port);
  http::Request throwing = a_post(vendor.server.url()), senseless = a_post(vendor.server.url());
  throwing.sign = [](http::Request&, std::chrono::sys_seconds) { throw std::runtime_error("key sk-123"); };
  senseless.sign = [](http::Request& request, std::chrono::sys_seconds) {
    request.headers.emplace_back("Content-Length", "1");
  };

  const Outcome thrown = send(transport, std::move(throwing));
  const Outcome refused = send(transport, std::move(senseless));

  BOOST_TEST(failed_as(thrown, Failure::Kind::internal), text_of(thrown));
  BOOST_TEST(!has(thrown.error().detail, "sk-123"));
  BOOST_TEST(!thrown.error().sent);
  BOOST_TEST(failed_as(refused, Failure::Kind::internal), text_of(refused));
  BOOST_TEST(vendor.server.accepted() == 0);
  BOOST_TEST(send(transport, a_post(vendor.server.url())).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
