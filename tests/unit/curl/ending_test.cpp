#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <semaphore>
#include <sstream>
#include <thread>
#include <vector>

#include "tests/unit/curl/names.hpp"
#include "tests/unit/curl/world.hpp"

using namespace assay;
using namespace assay::test;

namespace {

enum class Manner { stop, abandon, deadline, shut_down };

/// A port that takes no connection and refuses none: its queue is full, so a connect waits.
class FullPort {
 public:
  FullPort() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    require(bind(listener_, plain, size) == 0 && listen(listener_, 0) == 0, "a test can listen");
    getsockname(listener_, plain, &size);
    port_ = ntohs(address.sin_port);
    for (const int fd : fillers_) [[maybe_unused]] const int in_progress = connect(fd, plain, size);
    before_ = knocking();
  }
  FullPort(const FullPort&) = delete;
  FullPort& operator=(const FullPort&) = delete;
  ~FullPort() {
    for (const int fd : fillers_) close(fd);
    close(listener_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
  bool someone_knocks() const { return knocking() > before_; }

 private:
  /// Connects to it that wait, by the kernel's table.
  int knocking() const {
    std::ifstream table("/proc/net/tcp");
    std::string line;
    std::getline(table, line);
    int count = 0;
    while (std::getline(table, line)) {
      std::istringstream words(line);
      std::string number, local, remote, state;
      words >> number >> local >> remote >> state;
      if (std::stoi(remote.substr(remote.find(':') + 1), nullptr, 16) == port_ && state == "02") ++count;
    }
    return count;
  }
  static int a_socket() { return socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); }
  int listener_ = a_socket();
  int fillers_[3] = {a_socket(), a_socket(), a_socket()};
  int port_ = 0, before_ = 0;
};

int open_descriptors() {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

using Reached = std::function<bool(const curl::Stats&)>;

/// Lets the loop live until `reached`, at most for twenty seconds.
Task<> until(World& world, const curl::CurlTransport& transport, const Reached& reached) {
  for (const Deadline end = world.soon(); !reached(transport.stats()) && !end.passed(world.loop.now());) {
    co_await sleep_for(world.loop, 1ms);
  }
}

/// Begins an exchange, waits until `reached`, ends it in one of the ways, and tells how it came out (none: abandoned).
Task<std::optional<Outcome>> end_when(World& world, std::unique_ptr<curl::CurlTransport>& transport,
                                      http::Request request, const Reached& reached, Manner manner) {
  std::optional<Outcome> outcome;
  {
    Scope scope(world.loop, co_await current_stop());
    const Deadline deadline = manner == Manner::deadline ? Deadline{world.loop.now() + 200ms} : world.soon();
    scope.start(World::keep(*transport, std::move(request), deadline, outcome));
    co_await until(world, *transport, reached);
    if (manner == Manner::stop) scope.request_stop(StopReason::cancelled);
    if (manner == Manner::shut_down) transport.reset();
    if (manner != Manner::abandon) co_await scope.join();
  }
  co_return outcome;
}

struct Fixture : World {
  std::unique_ptr<curl::CurlTransport> a_transport(curl::Settings settings = {}) {
    return std::make_unique<curl::CurlTransport>(loop, port, std::move(settings));
  }

  /// Ends an exchange in each way at the stage that `reached` marks, and expects `sent` of each.
  void end_in_all_ways(const std::function<http::Request()>& ask, const Reached& reached, bool sent) {
    for (const Manner manner : {Manner::stop, Manner::abandon, Manner::deadline, Manner::shut_down}) {
      auto transport = a_transport();
      const auto outcome = loop.run(end_when(*this, transport, ask(), reached, manner));
      BOOST_TEST(outcome.has_value() == (manner != Manner::abandon));
      if (outcome) {
        const auto kind = manner == Manner::deadline ? Failure::Kind::timed_out : Failure::Kind::cancelled;
        BOOST_TEST(failed_as(*outcome, kind), text_of(*outcome));
        BOOST_TEST(!*outcome);
        BOOST_TEST(outcome->error().sent == sent, text_of(*outcome));
      }
      if (transport == nullptr) continue;
      BOOST_TEST(transport->stats().in_flight == 0u);
      BOOST_TEST(transport->stats().connections_open == 0u);
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(ending, Fixture)

BOOST_AUTO_TEST_CASE(before_it_begins) {
  auto transport = a_transport();
  const Outcome late = loop.run(carry(*transport, a_post("http://127.0.0.1:1/"), Deadline{loop.now()}));
  BOOST_TEST(failed_as(late, Failure::Kind::timed_out));
  BOOST_TEST(!late.error().sent);

  loop.root().request(StopReason::draining);
  const Outcome stopped = loop.run(carry(*transport, a_post("http://127.0.0.1:1/"), soon()));
  BOOST_TEST(failed_as(stopped, Failure::Kind::cancelled));
  BOOST_TEST(transport->stats().exchanges == 0u);
}

BOOST_AUTO_TEST_CASE(before_curl_has_run) {
  RawServer server(always("ok"));
  const Reached at_once = [](const curl::Stats&) { return true; };
  for (const Manner manner : {Manner::stop, Manner::abandon, Manner::shut_down}) {
    auto transport = a_transport();
    const auto outcome = loop.run(end_when(*this, transport, a_post(server.url()), at_once, manner));
    BOOST_TEST(outcome.has_value() == (manner != Manner::abandon));
    if (outcome) BOOST_TEST(failed_as(*outcome, Failure::Kind::cancelled), text_of(*outcome));
  }
  BOOST_TEST(server.accepted() == 0);
}

BOOST_AUTO_TEST_CASE(while_the_name_resolves_and_without_waiting_for_it) {
  Gate answer_names;
  std::atomic<int> asked = 0, answered = 0;
  const Names names([&](const std::string&) {
    ++asked;
    answer_names.wait();
    ++answered;
  });
  int begun = 0;
  const auto ask = [&] {
    ++begun;
    return a_post("http://slow.assay:1/");
  };
  end_in_all_ways(
      ask, [&](const curl::Stats&) { return asked == begun; }, false);
  BOOST_TEST(asked == 4);
  BOOST_TEST(answered == 0);  // nobody waited for the names
  answer_names.open();
  while (answered < 4) std::this_thread::yield();
}

BOOST_AUTO_TEST_CASE(while_it_connects) {
  const FullPort full;
  const int before = open_descriptors();
  end_in_all_ways([&] { return a_post(full.url()); },
                  [&](const curl::Stats& stats) { return stats.in_flight > 0 && full.someone_knocks(); }, false);
  BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(while_tls_begins) {
  std::atomic<int> came = 0;
  int begun = 0;
  RawServer server([&](RawServer::Connection& connection) {
    ++came;
    connection.wait_for_the_end();
  });
  const auto ask = [&] {
    ++begun;
    return a_post("https://127.0.0.1:" + std::to_string(server.port()) + "/");
  };
  end_in_all_ways(
      ask, [&](const curl::Stats&) { return came == begun; }, false);
}

BOOST_AUTO_TEST_CASE(while_it_uploads) {
  Gate end;
  RawServer server([&](RawServer::Connection&) { end.wait(); });
  int begun = 0;
  const auto ask = [&] {
    ++begun;
    return a_post(server.url(), std::string(64 << 20, 'x'));
  };
  end_in_all_ways(
      ask, [&](const curl::Stats&) { return server.accepted() == begun; }, false);
  end.open();
}

BOOST_AUTO_TEST_CASE(while_the_server_thinks) {
  std::atomic<int> asked = 0;
  int begun = 0;
  RawServer server([&](RawServer::Connection& connection) {
    connection.request();
    ++asked;
    connection.wait_for_the_end();
  });
  const auto ask = [&] {
    ++begun;
    return a_post(server.url());
  };
  end_in_all_ways(
      ask, [&](const curl::Stats&) { return asked == begun; }, true);
}

BOOST_AUTO_TEST_CASE(while_the_body_comes) {
  RawServer server([](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    connection.wait_for_the_end();
  });
  int begun = 0, came = 0;
  const auto ask = [&] {
    ++begun;
    http::Request request = a_post(server.url());
    request.body_sink = [&](std::string_view) { ++came; };
    return request;
  };
  end_in_all_ways(
      ask, [&](const curl::Stats&) { return came == begun; }, true);
}

BOOST_AUTO_TEST_CASE(while_it_waits_for_its_host) {
  std::atomic<int> asked = 0;
  RawServer server([&](RawServer::Connection& connection) {
    connection.request();
    ++asked;
    connection.wait_for_the_end();
  });
  curl::Settings settings;
  settings.connections_per_host = 1;
  for (const Manner manner : {Manner::stop, Manner::abandon, Manner::deadline, Manner::shut_down}) {
    auto transport = a_transport(settings);
    struct Two {
      static Task<std::optional<Outcome>> run(World& world, std::unique_ptr<curl::CurlTransport>& over, std::string url,
                                              Manner how) {
        std::optional<Outcome> first;
        http::Request one = a_post(url), two = a_post(url);
        Scope scope(world.loop, co_await current_stop());
        scope.start(World::keep(*over, std::move(one), world.soon(), first));
        const Reached queued = [](const curl::Stats& stats) { return stats.waiting == 1; };
        std::optional<Outcome> second = co_await end_when(world, over, std::move(two), queued, how);
        scope.request_stop(StopReason::cancelled);
        co_await scope.join();
        BOOST_TEST(first.has_value());
        co_return second;
      }
    };
    const auto outcome = loop.run(Two::run(*this, transport, server.url(), manner));
    BOOST_TEST(outcome.has_value() == (manner != Manner::abandon));
    if (outcome) BOOST_TEST(!outcome->error().sent);
    if (transport != nullptr) BOOST_TEST(transport->stats().waiting == 0u);
  }
}

BOOST_AUTO_TEST_CASE(a_bound_holds_where_there_is_no_deadline) {
  RawServer server([](RawServer::Connection& connection) { connection.wait_for_the_end(); });
  curl::Settings settings;
  settings.longest = 50ms;
  auto transport = a_transport(settings);
  const Outcome outcome = loop.run(carry(*transport, a_post(server.url()), Deadline::never()));
  BOOST_TEST(failed_as(outcome, Failure::Kind::timed_out), text_of(outcome));
}

BOOST_AUTO_TEST_CASE(the_connect_timeout_is_its_own) {
  const FullPort full;
  curl::Settings settings;
  settings.connect_timeout = 50ms;
  const Outcome outcome = send(a_post(full.url()), settings);
  BOOST_TEST(failed_as(outcome, Failure::Kind::timed_out), text_of(outcome));
  BOOST_TEST(!outcome.error().sent);
}

BOOST_AUTO_TEST_CASE(no_first_byte_in_time) {
  RawServer server([](RawServer::Connection& connection) { connection.wait_for_the_end(); });
  curl::Settings settings;
  settings.first_byte_timeout = 50ms;
  const Outcome outcome = send(a_post(server.url()), settings);
  BOOST_TEST(failed_as(outcome, Failure::Kind::timed_out), text_of(outcome));
  BOOST_TEST(outcome.error().detail == "no first byte came while waiting for the answer");
}

BOOST_AUTO_TEST_CASE(a_stalled_answer) {
  RawServer server([](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    connection.wait_for_the_end();
  });
  curl::Settings settings;
  settings.stall_timeout = 50ms;
  const Outcome outcome = send(a_post(server.url()), settings);
  BOOST_TEST(failed_as(outcome, Failure::Kind::timed_out), text_of(outcome));
  BOOST_TEST(outcome.error().detail == "no byte came while reading the answer");
  BOOST_TEST(outcome.error().status == 200);
}

namespace {

/// Lets the server write one byte every ten milliseconds of the loop's clock.
Task<Outcome> drip(World& world, curl::CurlTransport& transport, std::string url, std::counting_semaphore<>& bytes) {
  std::optional<Outcome> outcome;
  Scope scope(world.loop, co_await current_stop());
  http::Request request = a_post(url);
  scope.start(World::keep(transport, std::move(request), world.soon(), outcome));
  for (int i = 0; i < 30; ++i) {
    co_await sleep_for(world.loop, 10ms);
    bytes.release();
  }
  co_await scope.join();
  co_return std::move(*outcome);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_slow_but_steady_answer_is_not_a_stalled_one) {
  std::counting_semaphore<> bytes(0);
  RawServer server([&](RawServer::Connection& connection) {
    connection.request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n");
    for (int i = 0; i < 30; ++i) {
      bytes.acquire();
      connection.write("x");
    }
  });
  curl::Settings settings;
  settings.stall_timeout = settings.first_byte_timeout = 200ms;
  auto transport = a_transport(settings);
  const Outcome outcome = loop.run(drip(*this, *transport, server.url(), bytes));
  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST((outcome->total >= 200ms));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(an_answer_that_has_arrived, Fixture)

namespace {

/// Stops `scope` from inside the sink that gets the answer's last byte, now or by work posted to the loop.
Task<std::optional<Outcome>> stop_at_the_last_byte(World& world, curl::CurlTransport& transport, std::string url,
                                                   bool posted) {
  std::optional<Outcome> outcome;
  Scope scope(world.loop, co_await current_stop());
  http::Request request = a_post(url);
  std::string body;
  request.body_sink = [&](std::string_view piece) {
    body.append(piece);
    if (body != "whole") return;
    if (posted) {
      world.loop.post([&scope] { scope.request_stop(StopReason::cancelled); });
    } else {
      scope.request_stop(StopReason::cancelled);
    }
  };
  scope.start(World::keep(transport, std::move(request), world.soon(), outcome));
  co_await scope.join();
  BOOST_TEST(scope.stop().requested());
  co_return outcome;
}

/// Stops while the answer lies whole in the socket, unread.
Task<std::optional<Outcome>> stop_before_it_is_read(World& world, curl::CurlTransport& transport, std::string url,
                                                    std::atomic<bool>& asked, Gate& may_answer, Gate& answered) {
  std::optional<Outcome> outcome;
  Scope scope(world.loop, co_await current_stop());
  http::Request request = a_post(url);
  scope.start(World::keep(transport, std::move(request), world.soon(), outcome));
  const Reached in_server = [&](const curl::Stats&) { return asked.load(); };
  co_await until(world, transport, in_server);
  may_answer.open();
  answered.wait();  // blocks the loop
  scope.request_stop(StopReason::cancelled);
  co_await scope.join();
  co_return outcome;
}

}  // namespace

BOOST_AUTO_TEST_CASE(is_delivered_though_the_stop_comes_in_the_same_turn) {
  RawServer server(always("whole"));
  for (const bool posted : {false, true}) {
    auto transport = a_transport();
    const auto outcome = loop.run(stop_at_the_last_byte(*this, *transport, server.url(), posted));
    BOOST_REQUIRE_MESSAGE(outcome.value(), text_of(*outcome));
    BOOST_TEST((*outcome)->status == 200);
  }
}

BOOST_AUTO_TEST_CASE(is_delivered_though_nobody_has_read_it_yet) {
  std::atomic<bool> asked = false;
  Gate may_answer, answered;
  RawServer server([&](RawServer::Connection& connection) {
    connection.request();
    asked = true;
    may_answer.wait();
    connection.write(answer(200, std::string(60'000, 'x')));
    answered.open();
  });
  auto transport = a_transport();
  const auto outcome = loop.run(stop_before_it_is_read(*this, *transport, server.url(), asked, may_answer, answered));
  BOOST_REQUIRE_MESSAGE(outcome.value(), text_of(*outcome));
  BOOST_TEST((*outcome)->body.size() == 60'000u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(from_inside_a_sink, Fixture)

namespace {

/// One exchange waits for ever; the sink of another does `what` to it.
Task<> with_a_victim(World& world, curl::CurlTransport& transport, std::string silent, std::string talking,
                     std::optional<Outcome>& victim, std::function<void(std::unique_ptr<Scope>&)> what) {
  auto scope = std::make_unique<Scope>(world.loop, co_await current_stop());
  http::Request waits = a_post(silent);
  scope->start(World::keep(transport, std::move(waits), world.soon(), victim));
  http::Request request = a_post(talking);
  request.body_sink = [&](std::string_view) {
    if (what) what(scope);
    what = nullptr;
  };
  const Outcome outcome = co_await World::carry(transport, std::move(request), world.soon());
  BOOST_TEST(outcome.has_value(), text_of(outcome));
  if (scope != nullptr) co_await scope->join();
}

}  // namespace

BOOST_AUTO_TEST_CASE(others_may_be_stopped_abandoned_and_begun) {
  RawServer silent([](RawServer::Connection& connection) { connection.wait_for_the_end(); });
  RawServer talking(always("ok"));
  auto transport = a_transport();
  std::optional<Outcome> stopped, abandoned, victim, begun;

  loop.run(with_a_victim(*this, *transport, silent.url(), talking.url(), stopped,
                         [](auto& scope) { scope->request_stop(StopReason::cancelled); }));
  loop.run(
      with_a_victim(*this, *transport, silent.url(), talking.url(), abandoned, [](auto& scope) { scope.reset(); }));
  loop.run(with_a_victim(*this, *transport, silent.url(), talking.url(), victim, [&](auto& scope) {
    scope->start(keep(*transport, a_post(talking.url()), soon(), begun));
    scope->request_stop(StopReason::cancelled);
    scope.reset();
  }));
  BOOST_TEST(failed_as(stopped.value(), Failure::Kind::cancelled));
  BOOST_TEST(!abandoned.has_value());
  BOOST_TEST(!victim.has_value());
  BOOST_TEST(!begun.has_value());

  std::optional<Outcome> other;
  loop.run(with_a_victim(*this, *transport, talking.url(), talking.url(), other,
                         [&](auto& scope) { scope->start(keep(*transport, a_post(talking.url()), soon(), begun)); }));
  BOOST_TEST(other.value().has_value());
  BOOST_TEST(begun.value().has_value());
  BOOST_TEST(transport->stats().in_flight == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(many_at_once, Fixture)

namespace {

Task<int> end_many(World& world, std::unique_ptr<curl::CurlTransport>& transport, std::string url, Manner manner) {
  constexpr int count = 100;
  std::vector<std::optional<Outcome>> outcomes(count);
  Scope scope(world.loop, co_await current_stop());
  for (auto& outcome : outcomes) {
    http::Request request = a_post(url);
    scope.start(World::keep(*transport, std::move(request), world.soon(), outcome));
  }
  const Reached all_out = [](const curl::Stats& stats) { return stats.connections_open == 60; };
  co_await until(world, *transport, all_out);
  if (manner == Manner::stop) scope.request_stop(StopReason::cancelled);
  if (manner == Manner::shut_down) transport.reset();
  co_await scope.join();
  int cancelled = 0;
  for (const auto& outcome : outcomes) cancelled += failed_as(outcome.value(), Failure::Kind::cancelled) ? 1 : 0;
  co_return cancelled;
}

}  // namespace

BOOST_AUTO_TEST_CASE(in_flight_and_waiting_alike) {
  RawServer silent([](RawServer::Connection& connection) { connection.wait_for_the_end(); });
  curl::Settings settings;
  settings.connections_per_host = 60;
  settings.transfers_per_handle = 16;
  settings.spare_easy_handles = 8;
  for (const Manner manner : {Manner::stop, Manner::shut_down}) {
    auto transport = a_transport(settings);
    BOOST_TEST(loop.run(end_many(*this, transport, silent.url(), manner)) == 100);
    if (transport == nullptr) continue;
    BOOST_TEST(transport->stats().in_flight == 0u);
    BOOST_TEST(transport->stats().waiting == 0u);
    BOOST_TEST(transport->stats().connections_open == 0u);
  }
}

BOOST_AUTO_TEST_SUITE_END()
