#include <signal.h>

#include <boost/test/unit_test.hpp>

#include <cstdio>

#include "tests/support/own_cluster.hpp"
#include "tests/system/stage.hpp"

using namespace assay::testing;

/// The database server dies under load and comes back.
///   postgres_restarts -- [--times N] [--full]
namespace {

constexpr std::int64_t in_flight = 200;

const std::string script = R"({
  "default": {"latency_ms": {"uniform": [2000, 7000]}, "text": "Paris."},
  "bills": [{"model": "gpt-4o", "input": 2500000000, "cached": 1250000000, "output": 10000000000}]
})";

std::int64_t delivered_calls(Stage& stage) {
  return stage.stat("delivered");
}

struct Figures {
  std::int64_t open = 0, meanwhile = 0, stored = 0;
  double dead = 0, away = 0, resumed = 0;
};

/// One death of the postmaster, and what came of the answers that arrived while it was dead.
Figures crash_once(Stage& stage, OwnCluster& cluster) {
  Figures figures;
  const std::int64_t answered = delivered_calls(stage);
  await("200 calls in flight, and answers", std::chrono::seconds(60),
        [&] { return stage.stat("open") >= in_flight && delivered_calls(stage) >= answered + 20; });
  figures.open = stage.stat("open");
  const auto death = std::chrono::steady_clock::now();
  cluster.kill();
  const std::int64_t before = delivered_calls(stage);
  await("answers during the outage", std::chrono::seconds(30),
        [&] { return seconds_since(death) >= 1.5 && delivered_calls(stage) >= before + 20; });
  figures.meanwhile = delivered_calls(stage) - before;
  const std::int64_t received = stage.stat("received");
  figures.dead = seconds_since(death);
  cluster.start();
  figures.away = seconds_since(death);

  const auto recovery = std::chrono::steady_clock::now();
  await("claims after the recovery", std::chrono::seconds(60), [&] { return stage.stat("received") > received; });
  figures.resumed = seconds_since(recovery);
  return figures;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(postgres_restarts)

BOOST_AUTO_TEST_CASE(answers_that_arrive_while_the_database_is_dead_are_stored_when_it_is_back) {
  const std::int64_t times = parameter("times", flag("full") ? 5 : 1);
  OwnCluster cluster;
  Stage stage(script, "worker:\n  slots: 128\n  sweep: 1s\n", cluster.url());
  stage.enqueue(plain_suite(2), 200 + 300 * times);
  const auto first = stage.worker("w1"), second = stage.worker("w2");

  for (std::int64_t i = 1; i <= times; ++i) {
    const Figures figures = crash_once(stage, cluster);
    std::printf(
        "restart %lld: %lld calls in flight, started again after %.1f s and up after %.1f s, %lld answers meanwhile, "
        "first new call %.2f s after the recovery\n",
        static_cast<long long>(i), static_cast<long long>(figures.open), figures.dead, figures.away,
        static_cast<long long>(figures.meanwhile), figures.resumed);
    BOOST_TEST(figures.open >= in_flight);
    BOOST_TEST(figures.resumed < 10);  // the promise itself
    BOOST_TEST(first->runs());
    BOOST_TEST(second->runs());
  }
  stage.await_all_jobs(std::chrono::seconds(120));
  for (Child* worker : {first.get(), second.get()}) {
    BOOST_TEST(worker->runs());
    worker->signal(SIGTERM);
    BOOST_TEST(worker->wait() == 0);
  }

  // Every answer that was delivered is a result: none was lost, and no cell was asked again for want of a database.
  const std::int64_t received = stage.compare_ledgers();
  const std::int64_t delivered = stage.number("select count(*) from public.received where delivered");
  const std::int64_t stored = stage.number(
      "select count(*) from public.received r join public.ledger l on l.call_id = r.id where r.delivered and l.state = "
      "'answered'");
  const std::int64_t again = stage.number("select count(*) from public.ledger where seq > 1");
  std::printf(
      "calls received %lld, answers delivered %lld, of them stored %lld; cells called again %lld; workers %d and %d "
      "lived through it all\n",
      static_cast<long long>(received), static_cast<long long>(delivered), static_cast<long long>(stored),
      static_cast<long long>(again), first->pid(), second->pid());
  BOOST_TEST(stored == delivered);
  BOOST_TEST(again == 0);
  BOOST_TEST(stage.number("select count(*) from @assay@.jobs where state = 'finished' and passed = cells") ==
             200 + 300 * times);
  stage.verify();
}

BOOST_AUTO_TEST_SUITE_END()
