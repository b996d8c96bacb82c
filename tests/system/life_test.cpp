#include <signal.h>

#include <boost/test/unit_test.hpp>

#include <cstdio>

#include "postgres/url.hpp"
#include "tests/system/stage.hpp"

using namespace assay::testing;

/// The start and the end of worker processes, and what they do when jobs are cancelled.
namespace {

std::string script(const std::string& latency) {
  return R"({"default": {"latency_ms": )" + latency + R"(, "text": "Paris."}})";
}

std::int64_t running_shares(Stage& stage) {
  return stage.number("select count(*) from @assay_private@.share where state = 'running'");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(life)

BOOST_AUTO_TEST_CASE(a_drain_under_load_finishes_what_fits_and_hands_the_rest_back) {
  // Half of the calls fit into the grace time, half do not.
  Stage stage(R"({"default": {"latency_ms": 60000, "text": "Paris."},
                  "rules": [{"match": {"every": 2}, "latency_ms": 1500, "text": "Paris."}, {"match": {"worker": "w2"}, "latency_ms": 10, "text": "Paris."}]})",
              "worker:\n  slots: 32\n  grace: 5s\n  grace_margin: 2s\n  sweep: 1s\n");
  stage.enqueue(plain_suite(1), 100);
  const auto worker = stage.worker("w1");
  await("32 calls in flight", std::chrono::seconds(30), [&] { return stage.open_calls("w1") >= 32; });

  const auto start = std::chrono::steady_clock::now();
  worker->signal(SIGTERM);
  const int code = worker->wait();
  const double took = seconds_since(start);

  const std::int64_t crashes = stage.number("select coalesce(max(crashes), 0) from @assay_private@.share");
  const std::int64_t cut = stage.number("select count(*) from @assay@.calls where state = 'unknown'");
  const std::int64_t stored = stage.number("select count(*) from @assay_private@.result");
  std::printf(
      "drain: exit %d after %.2f s of 5 s; results stored %lld, calls cut and booked unknown %lld, leases still held "
      "%lld\n",
      code, took, static_cast<long long>(stored), static_cast<long long>(cut),
      static_cast<long long>(running_shares(stage)));
  BOOST_TEST(code == 0);
  BOOST_TEST(took < 6);
  BOOST_TEST(stored > 0);
  BOOST_TEST(cut > 0);
  BOOST_TEST(running_shares(stage) == 0);
  BOOST_TEST(crashes == 0);

  const auto other = stage.worker("w2");
  stage.await_all_jobs(std::chrono::seconds(60));
  other->signal(SIGTERM);
  BOOST_TEST(other->wait() == 0);
  BOOST_TEST(stage.number("select count(*) from @assay@.jobs where state = 'finished' and passed = 1") == 100);
  stage.verify();
}

BOOST_AUTO_TEST_CASE(a_second_signal_forces) {
  Stage stage(script("60000"), "worker:\n  slots: 8\n");
  stage.enqueue(plain_suite(1), 8);
  const auto worker = stage.worker("w1");
  await("8 calls in flight", std::chrono::seconds(30), [&] { return stage.open_calls("w1") == 8; });

  worker->signal(SIGTERM);
  const auto start = std::chrono::steady_clock::now();
  await("a pause that tells two signals apart", std::chrono::seconds(5), [&] { return seconds_since(start) > 1; });
  BOOST_TEST(worker->runs());
  worker->signal(SIGTERM);

  BOOST_TEST(worker->wait(std::chrono::seconds(10)) == 130);
  stage.verify();
}

BOOST_AUTO_TEST_CASE(a_worker_may_start_before_its_database) {
  Stage stage(script("10"), "worker:\n  slots: 8\n");
  const std::string name = stage.database().name() + "_later";
  const std::string url = assay::postgres::with_database(cluster_url(), name);
  const auto worker = stage.worker("w1", {"--set", "database_url=" + url});
  const auto start = std::chrono::steady_clock::now();
  await("three seconds without a database", std::chrono::seconds(10), [&] { return seconds_since(start) > 3; });
  BOOST_TEST(worker->runs());

  stage.database().run("create database " + name);
  BOOST_TEST(stage.assay({"migrate", "--set", "database_url=" + url, "up"}).code == 0);
  stage.use_database(url);
  stage.enqueue(plain_suite(1), 8);
  const auto there = std::chrono::steady_clock::now();
  await("the first call", std::chrono::seconds(30), [&] { return stage.stat("received") > 0; });
  std::printf("start order: first call %.2f s after the first job\n", seconds_since(there));
  await("all answers", std::chrono::seconds(30), [&] { return stage.stat("delivered") == 8; });
  worker->signal(SIGTERM);
  BOOST_TEST(worker->wait() == 0);
  stage.verify();
  stage.database().run("drop database " + name + " with (force)");
}

BOOST_AUTO_TEST_CASE(a_cancelled_jobs_calls_are_cut_within_two_seconds) {
  Stage stage(script("60000"), "worker:\n  slots: 64\n");
  const std::int64_t job = stage.enqueue(plain_suite(40))[0];
  const auto worker = stage.worker("w1");
  await("40 calls in flight", std::chrono::seconds(30), [&] { return stage.open_calls("w1") == 40; });

  BOOST_TEST(stage.assay({"jobs", "cancel", std::to_string(job)}).code == 0);
  const auto start = std::chrono::steady_clock::now();
  await("the end of its calls", std::chrono::seconds(30), [&] { return stage.stat("open") == 0; });
  const double took = seconds_since(start);

  std::printf("cancel: 40 calls in flight were cut after %.2f s\n", took);
  BOOST_TEST(took < 2);  // the promise itself
  BOOST_TEST(stage.stat("received") == 40);
  worker->signal(SIGTERM);
  BOOST_TEST(worker->wait() == 0);
  BOOST_TEST(stage.database().text("select state from @assay@.jobs where id = " + std::to_string(job)) == "cancelled");
  stage.verify();
}

BOOST_AUTO_TEST_CASE(a_wrong_configuration_and_an_absent_database_have_their_exit_codes) {
  Stage stage(script("10"), "");
  const std::string wrong = stage.file("wrong.yaml", "worker:\n  slotz: 3\n  lease: never\n");

  const Said configuration = stage.assay({"worker", "--config", wrong});
  BOOST_TEST(configuration.code == 2);
  BOOST_TEST(configuration.err.find("wrong.yaml:2:") != std::string::npos, configuration.err);
  BOOST_TEST(configuration.err.find("slots") != std::string::npos, configuration.err);
  BOOST_TEST(configuration.err.find("wrong.yaml:3:") != std::string::npos, configuration.err);

  const Said database = stage.assay({"verify", "--set", "database_url=postgresql:///none?host=" + stage.directory()});
  BOOST_TEST(database.code == 5, database.out + database.err);
  BOOST_TEST(stage.assay({"no-such-command"}).code == 2);
}

BOOST_AUTO_TEST_SUITE_END()
