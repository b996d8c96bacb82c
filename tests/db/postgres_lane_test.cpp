#include "postgres/lane.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <future>

#include "net/epoll_port.hpp"
#include "runtime/scope.hpp"
#include "tests/support/test_database.hpp"

using namespace assay;
using namespace assay::postgres;
using testing::TestDatabase;

namespace {

using Reply = Result<int, queue::Outage>;
using Desk = Lane::Desk<int, int>;

/// A lane whose one desk answers each number with itself.
struct Laned {
  TestDatabase database{TestDatabase::Contents::empty};
  net::EpollPort port;
  Loop loop{port};
  std::vector<std::size_t> groups;  // the lane's thread writes, the test reads between answers
  std::function<void(Connection&)> before = [](Connection&) {};
  Grouping grouping;
  Lane::Options options;
  std::unique_ptr<Lane> lane;
  Desk* desk = nullptr;

  Laned() {
    grouping.items = 10;
    options.name = "test";
    options.connection.url = database.url();
    options.connection.application_name = "assay lane";
    options.first_backoff = std::chrono::milliseconds(1);
    options.longest_backoff = std::chrono::milliseconds(20);
    options.patience = std::chrono::milliseconds(100);
  }
  ~Laned() { lane.reset(); }

  void start() {
    lane = std::make_unique<Lane>(loop, options, telemetry::Log::none());
    desk = &lane->add_desk<int, int>(
        grouping,
        [this](Connection& connection, std::vector<int>& numbers) {
          before(connection);
          connection.run("select 1");
          groups.push_back(numbers.size());
          return std::vector<Reply>(numbers.begin(), numbers.end());
        },
        [](const int&) { return std::size_t{100}; });
    lane->start();
  }

  Reply ask(int number) { return loop.run(desk->ask(number)); }

  static Task<> collect(Desk& desk, int number, std::vector<Reply>& into) {
    Reply reply = co_await desk.ask(number);
    into.push_back(std::move(reply));
  }
  static Task<> ask_all(Loop& loop, Desk& desk, int from, int to, std::vector<Reply>& into) {
    Scope scope(loop, co_await current_stop());
    for (int number = from; number < to; ++number) scope.start(collect(desk, number, into));
    co_await scope.join();
  }
  std::vector<Reply> ask_many(int from, int to) {
    std::vector<Reply> replies;
    loop.run(ask_all(loop, *desk, from, to, replies));
    return replies;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(lane, Laned)

BOOST_AUTO_TEST_CASE(carries_out_an_errand_at_once) {
  start();
  BOOST_TEST(ask(7).value() == 7);
  BOOST_TEST((groups == std::vector<std::size_t>{1}));
}

BOOST_AUTO_TEST_CASE(makes_what_arrives_meanwhile_the_next_group) {
  std::promise<void> all_are_waiting;
  std::shared_future<void> waiting = all_are_waiting.get_future().share();
  before = [&](Connection&) { waiting.wait(); };
  start();
  std::vector<Reply> replies;
  Scope scope(loop, loop.root());
  for (int number = 0; number < 25; ++number) scope.start(collect(*desk, number, replies));
  all_are_waiting.set_value();
  loop.run(scope.join());

  BOOST_REQUIRE(replies.size() == 25u);
  for (int number = 0; number < 25; ++number) BOOST_TEST(replies[static_cast<std::size_t>(number)].value() == number);
  for (const std::size_t size : groups) BOOST_TEST(size <= 10u);
  BOOST_TEST(groups.size() <= 4u);
  BOOST_TEST(lane->stats().errands == 25u);
}

BOOST_AUTO_TEST_CASE(keeps_a_group_below_its_bytes) {
  grouping.bytes = 250;  // each errand counts for a hundred
  std::promise<void> all_are_waiting;
  std::shared_future<void> waiting = all_are_waiting.get_future().share();
  before = [&](Connection&) { waiting.wait(); };
  start();
  std::vector<Reply> replies;
  Scope scope(loop, loop.root());
  for (int number = 0; number < 9; ++number) scope.start(collect(*desk, number, replies));
  all_are_waiting.set_value();
  loop.run(scope.join());
  for (const std::size_t size : groups) BOOST_TEST(size <= 2u);
}

BOOST_AUTO_TEST_CASE(waits_for_company_only_while_it_is_busy) {
  grouping.linger = std::chrono::hours(1);
  grouping.busy = 1e12;
  start();
  BOOST_TEST(ask(7).value() == 7);
}

BOOST_AUTO_TEST_CASE(ends_its_wait_for_company_when_the_group_is_full) {
  grouping.linger = std::chrono::hours(1);
  grouping.busy = 0;  // always
  start();
  std::vector<Reply> replies;
  Scope scope(loop, loop.root());
  for (int number = 0; number < 10; ++number) scope.start(collect(*desk, number, replies));
  loop.run(scope.join());
  BOOST_TEST((groups == std::vector<std::size_t>{10}));
}

BOOST_AUTO_TEST_CASE(ends_its_wait_for_company_when_the_time_is_over) {
  grouping.linger = std::chrono::milliseconds(20);
  grouping.busy = 0;
  start();
  BOOST_TEST(ask(7).value() == 7);
}

BOOST_AUTO_TEST_CASE(tries_again_after_a_deadlock) {
  int tries = 0;
  before = [&](Connection&) {
    if (++tries <= 3) throw DatabaseError(ErrorKind::retry, "40P01", "deadlock detected");
  };
  start();
  BOOST_TEST(ask(7).value() == 7);
  BOOST_TEST(tries == 4);
  BOOST_TEST(lane->stats().repeats == 3u);
}

BOOST_AUTO_TEST_CASE(gives_up_on_a_deadlock_that_never_ends) {
  before = [&](Connection&) { throw DatabaseError(ErrorKind::retry, "40P01", "deadlock detected"); };
  start();
  const Reply reply = ask(7);
  BOOST_REQUIRE(!reply);
  BOOST_TEST(!reply.error().maybe_done);
}

BOOST_AUTO_TEST_CASE(says_that_a_broken_connection_leaves_it_unknown_and_connects_anew) {
  bool kill = true;
  before = [&](Connection& connection) {
    if (std::exchange(kill, false)) connection.run("select pg_terminate_backend(pg_backend_pid())");
  };
  start();
  const Reply reply = ask(7);
  BOOST_REQUIRE(!reply);
  BOOST_TEST(reply.error().maybe_done);
  BOOST_TEST(ask(8).value() == 8);
  BOOST_TEST(lane->stats().connects == 2u);
}

BOOST_AUTO_TEST_CASE(notices_before_it_sends_that_the_connection_died_while_idle) {
  start();
  BOOST_TEST(ask(7).value() == 7);
  const std::string server =
      "/proc/" + database.text("select pid from pg_stat_activity where application_name = 'assay lane'");
  BOOST_TEST(database.terminate("assay lane") == 1);
  while (std::filesystem::exists(server)) {
  }                                 // only then is its socket certainly closed
  BOOST_TEST(ask(8).value() == 8);  // no outage: nothing was under way
}

BOOST_AUTO_TEST_CASE(does_not_keep_errands_waiting_while_the_database_is_away) {
  options.connection.url = "postgresql:///x?host=/nonexistent";
  start();
  const std::vector<Reply> replies = ask_many(0, 5);
  BOOST_REQUIRE(replies.size() == 5u);
  for (const Reply& reply : replies) {
    BOOST_REQUIRE(!reply);
    BOOST_TEST(!reply.error().maybe_done);
    BOOST_TEST(reply.error().detail.find("the database is away") == 0u);
  }
  BOOST_TEST(!lane->stats().connected);
  BOOST_TEST(lane->stats().outages == 5u);
}

BOOST_AUTO_TEST_CASE(refuses_more_than_its_inbox_holds) {
  options.inbox = 4;
  std::promise<void> asked;
  std::shared_future<void> all = asked.get_future().share();
  before = [&](Connection&) { all.wait(); };
  start();
  std::vector<Reply> replies;
  Scope scope(loop, loop.root());
  for (int number = 0; number < 30; ++number) scope.start(collect(*desk, number, replies));
  const std::size_t refused = replies.size();  // those were answered on the spot
  BOOST_TEST(refused >= 30u - 4u - 10u);       // four wait, at most ten are being carried out
  BOOST_TEST(refused <= 30u - 4u);
  for (const Reply& reply : replies) {
    BOOST_TEST(!reply.error().maybe_done);
    BOOST_TEST(reply.error().detail == "test: the inbox is full");
  }
  asked.set_value();
  loop.run(scope.join());
  for (std::size_t i = refused; i < replies.size(); ++i) BOOST_TEST(replies[i].has_value());
  BOOST_TEST(replies.size() == 30u);
}

BOOST_AUTO_TEST_CASE(does_not_care_when_nobody_waits_any_more) {
  std::promise<void> abandoned;
  std::shared_future<void> after = abandoned.get_future().share();
  before = [&](Connection&) { after.wait(); };
  start();
  std::vector<Reply> replies;
  {
    Scope scope(loop, loop.root());
    for (int number = 0; number < 5; ++number) scope.start(collect(*desk, number, replies));
  }
  abandoned.set_value();
  BOOST_TEST(ask(9).value() == 9);
  BOOST_TEST(replies.empty());
  BOOST_TEST(lane->stats().errands == 6u);  // carried out all the same
}

BOOST_AUTO_TEST_CASE(writes_what_was_handed_over_before_it_stops) {
  std::vector<Reply> replies;
  start();
  BOOST_TEST(ask(1).value() == 1);
  Scope scope(loop, loop.root());
  for (int number = 0; number < 25; ++number) scope.start(collect(*desk, number, replies));
  lane->stop();
  BOOST_TEST(lane->stats().errands == 26u);
}

BOOST_AUTO_TEST_CASE(cuts_a_statement_that_would_outlive_it) {
  std::promise<void> begun;
  before = [&](Connection& connection) {
    begun.set_value();
    connection.run("select pg_sleep(1000)");
  };
  start();
  std::vector<Reply> replies;
  Scope scope(loop, loop.root());
  scope.start(collect(*desk, 1, replies));
  begun.get_future().wait();
  lane->stop(std::chrono::milliseconds(10));
  BOOST_TEST(lane->stats().errands == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
