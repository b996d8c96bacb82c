#include <boost/test/unit_test.hpp>

#include <atomic>
#include <set>

#include "tests/unit/curl/world.hpp"

using namespace assay;
using namespace assay::test;

namespace {

Task<> ask_again_and_again(World& world, curl::CurlTransport& transport, std::string url, int times, int& answered) {
  for (int i = 0; i < times; ++i) {
    http::Request request = a_post(url);
    const Outcome outcome = co_await World::carry(transport, std::move(request), world.soon());
    if (outcome && outcome->body == "ok") ++answered;
  }
}

Task<int> ask_side_by_side(World& world, curl::CurlTransport& transport, std::string url, int lanes, int times) {
  int answered = 0;
  Scope scope(world.loop, co_await current_stop());
  for (int i = 0; i < lanes; ++i) scope.start(ask_again_and_again(world, transport, url, times, answered));
  co_await scope.join();
  co_return answered;
}

/// Keeps `expected` requests unanswered until all of them have come.
struct Together {
  explicit Together(int expected_) : expected(expected_) {}
  void come() {
    std::unique_lock lock(mutex);
    ++here;
    most = std::max(most, here);
    if (++came >= expected) all.notify_all();
    all.wait_for(lock, 20s, [this] { return came >= expected; });
    --here;
  }
  const int expected;
  int came = 0, here = 0, most = 0;
  std::mutex mutex;
  std::condition_variable all;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(keep_alive, World)

BOOST_AUTO_TEST_CASE(a_thousand_requests_use_no_more_connections_than_are_in_flight) {
  RawServer server(always("ok"));
  curl::CurlTransport transport(loop, port);

  BOOST_TEST(loop.run(ask_side_by_side(*this, transport, server.url(), 10, 100)) == 1000);

  BOOST_TEST(server.accepted() <= 10);
  BOOST_TEST(transport.stats().connections_opened == static_cast<std::uint64_t>(server.accepted()));
}

BOOST_AUTO_TEST_CASE(connections_are_found_again_over_many_multi_handles) {
  Together together(40);
  RawServer server([&](RawServer::Connection& connection) {
    while (connection.request()) {
      together.come();
      connection.write(answer(200, "ok"));
    }
  });
  curl::Settings settings;
  settings.transfers_per_handle = 4;
  curl::CurlTransport transport(loop, port, settings);

  BOOST_TEST(loop.run(ask_side_by_side(*this, transport, server.url(), 40, 1)) == 40);
  BOOST_TEST(transport.stats().multi_handles == 10u);
  BOOST_TEST(server.accepted() == 40);

  for (const int lanes : {1, 3, 17, 40}) {
    BOOST_TEST(loop.run(ask_side_by_side(*this, transport, server.url(), lanes, 5)) == lanes * 5);
  }
  BOOST_TEST(server.accepted() == 40);
  BOOST_TEST(transport.stats().multi_handles == 10u);
}

BOOST_AUTO_TEST_CASE(a_host_never_has_more_connections_than_its_cap) {
  Together together(5);
  RawServer server([&](RawServer::Connection& connection) {
    while (connection.request()) {
      together.come();
      connection.write(answer(200, "ok"));
    }
  });
  curl::Settings settings;
  settings.connections_per_host = 5;
  settings.transfers_per_handle = 2;
  curl::CurlTransport transport(loop, port, settings);

  BOOST_TEST(loop.run(ask_side_by_side(*this, transport, server.url(), 50, 4)) == 200);

  BOOST_TEST(server.accepted() == 5);
  BOOST_TEST(together.most == 5);
  BOOST_TEST(transport.stats().waiting == 0u);
}

BOOST_AUTO_TEST_CASE(hosts_share_the_handles_but_not_their_caps) {
  RawServer one(always("ok")), other(always("ok"));
  curl::Settings settings;
  settings.connections_per_host = 3;
  curl::CurlTransport transport(loop, port, settings);

  for (int round = 0; round < 3; ++round) {
    BOOST_TEST(loop.run(ask_side_by_side(*this, transport, one.url(), 10, 5)) == 50);
    BOOST_TEST(loop.run(ask_side_by_side(*this, transport, other.url(), 10, 5)) == 50);
  }
  BOOST_TEST(one.accepted() <= 3);
  BOOST_TEST(other.accepted() <= 3);
}

namespace {

/// A server whose answers the test holds back, all or none.
struct Holding {
  void hold() {
    const std::scoped_lock lock(mutex);
    held = true;
  }
  void let_go() {
    const std::scoped_lock lock(mutex);
    held = false;
    changed.notify_all();
  }
  std::mutex mutex;
  std::condition_variable changed;
  bool held = false;
  std::atomic<int> asked = 0;
  RawServer server{[this](RawServer::Connection& connection) {
    while (connection.request()) {
      ++asked;
      {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, 20s, [this] { return !held; });
      }
      connection.write(answer(200, "ok"));
    }
  }};
};

Task<> until_asked(World& world, const Holding& holding, int times) {
  for (const Deadline end = world.soon(); holding.asked < times && !end.passed(world.loop.now());) {
    co_await sleep_for(world.loop, 1ms);
  }
}

/// While `count` requests to `busy` are held in flight, as many go to `other` and come back.
Task<int> ask_beside(World& world, curl::CurlTransport& transport, Holding& busy, int count, std::string other,
                     int others) {
  int answered = 0;
  Scope scope(world.loop, co_await current_stop());
  busy.hold();
  const int before = busy.asked;
  for (int i = 0; i < count; ++i) scope.start(ask_again_and_again(world, transport, busy.server.url(), 1, answered));
  co_await until_asked(world, busy, before + count);
  const int beside = co_await ask_side_by_side(world, transport, other, others, 1);
  busy.let_go();
  co_await scope.join();
  co_return answered + beside;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_handle_that_keeps_a_connection_is_preferred) {
  Holding first;
  RawServer second(always("ok"));
  curl::Settings settings;
  settings.transfers_per_handle = 1;
  curl::CurlTransport transport(loop, port, settings);
  BOOST_TEST(loop.run(ask_beside(*this, transport, first, 1, second.url(), 1)) == 2);  // the second's is on handle 1

  BOOST_TEST(loop.run(ask_side_by_side(*this, transport, second.url(), 1, 3)) == 3);  // though handle 0 has room

  BOOST_TEST(second.accepted() == 1);
  BOOST_TEST(transport.stats().multi_handles == 2u);
}

BOOST_AUTO_TEST_CASE(at_the_cap_a_full_handle_with_a_kept_connection_is_used) {
  Holding first;
  Together together(2);
  RawServer second([&](RawServer::Connection& connection) {
    while (connection.request()) {
      together.come();
      connection.write(answer(200, "ok"));
    }
  });
  curl::Settings settings;
  settings.transfers_per_handle = 1;
  settings.connections_per_host = 2;
  curl::CurlTransport transport(loop, port, settings);
  BOOST_TEST(loop.run(ask_beside(*this, transport, first, 1, second.url(), 2)) == 3);  // the second's are on 1 and 2

  BOOST_TEST(loop.run(ask_beside(*this, transport, first, 2, second.url(), 2)) == 4);  // the first's are on 0 and 1

  BOOST_TEST(first.server.accepted() == 2);
  BOOST_TEST(second.accepted() == 2);
  BOOST_TEST(transport.stats().multi_handles == 3u);
}

BOOST_AUTO_TEST_CASE(a_connection_closed_while_idle_is_replaced_and_does_not_spin_the_loop) {
  Gate may_close;
  Knock closed(loop);
  RawServer server([&](RawServer::Connection& connection) {
    connection.request();
    connection.write(answer(200, "ok"));
    if (connection.number() > 0) return;
    may_close.wait();
  });
  struct Counting final : Port {
    explicit Counting(net::EpollPort& real_) : real(real_) {}
    Instant now() override { return real.now(); }
    void wait(std::optional<Instant> until) override {
      ++waits;
      real.wait(until);
    }
    void wake() override { real.wake(); }
    net::EpollPort& real;
    int waits = 0;
  } counting(port);
  Loop counted(counting);
  curl::CurlTransport transport(counted, port);
  const auto ask = [&] { return counted.run(carry(transport, a_post(server.url()), soon())); };
  BOOST_TEST(ask().value().body == "ok");

  may_close.open();
  struct Rest {
    static Task<> run(Loop& rested, Duration duration) { co_await sleep_for(rested, duration); }
  };
  counting.waits = 0;
  counted.run(Rest::run(counted, 100ms));

  BOOST_TEST(counting.waits <= 10);  // one for the close, few for timers; a spin would be thousands
  BOOST_TEST(ask().value().body == "ok");
  BOOST_TEST(server.accepted() == 2);
  BOOST_TEST(transport.stats().resends_refused == 0u);
}

BOOST_AUTO_TEST_CASE(a_request_that_a_dying_connection_took_is_not_sent_again) {
  std::atomic<int> requests = 0;
  RawServer server([&](RawServer::Connection& connection) {
    while (connection.request()) {
      if (++requests == 2) return;  // read whole, perhaps served, and not a byte of an answer
      connection.write(answer(200, "ok"));
    }
  });
  curl::CurlTransport transport(loop, port);
  BOOST_TEST(send(transport, a_post(server.url())).value().body == "ok");

  const Outcome second = send(transport, a_post(server.url()));

  BOOST_TEST(failed_as(second, Failure::Kind::cut_off), text_of(second));
  BOOST_TEST(second.error().sent);
  BOOST_TEST(requests == 2);
  BOOST_TEST(transport.stats().resends_refused == 1u);
  BOOST_TEST(send(transport, a_post(server.url())).value().body == "ok");
  BOOST_TEST(requests == 3);
}

BOOST_AUTO_TEST_CASE(a_server_that_ends_every_connection_is_served_by_new_ones) {
  RawServer server([](RawServer::Connection& connection) {
    connection.request();
    connection.write(answer(200, "ok", "Connection: close\r\n"));
  });
  curl::CurlTransport transport(loop, port);
  BOOST_TEST(loop.run(ask_side_by_side(*this, transport, server.url(), 5, 20)) == 100);
  BOOST_TEST(server.accepted() == 100);
  BOOST_TEST(transport.stats().connections_open == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
