#include <signal.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/system/stage.hpp"

using namespace assay::testing;

/// Workers are killed without warning, at random, while they work. Afterwards our ledger and the fake provider's own
/// are compared call by call.
///   kill_storm -- [--full] [--kills N] [--jobs N] [--cells N] [--workers N] [--seed N] [--innocents N]
namespace {

const std::string script = R"({
  "seed": 11,
  "default": {"latency_ms": {"uniform": [20, 200]}, "text": "Paris."},
  "rules": [{"match": {"prompt_contains": "poison"}, "fault": "never", "mark": "poison"}],
  "bills": [{"model": "gpt-4o", "input": 2500000000, "cached": 1250000000, "output": 10000000000}]
})";

/// Some workers that are started anew, under another name, as soon as they die.
class Crew {
 public:
  Crew(Stage& stage, std::int64_t size) : stage_(stage), workers_(static_cast<std::size_t>(size)) {
    for (std::size_t i = 0; i < workers_.size(); ++i) start(i);
  }

  std::size_t size() const { return workers_.size(); }
  const std::string& name(std::size_t i) const { return workers_[i].name; }

  /// Kills it; how many calls it had in flight, which the fake provider says while it cannot move.
  std::int64_t kill(std::size_t i) {
    workers_[i].child->signal(SIGSTOP);
    const std::int64_t open = stage_.open_calls(name(i));
    workers_[i].child->signal(SIGKILL);
    BOOST_TEST(workers_[i].child->wait() == 128 + SIGKILL);
    start(i);
    return open;
  }
  void signal(std::size_t i, int number) { workers_[i].child->signal(number); }
  std::size_t of(const std::string& name) const {
    const auto at =
        std::find_if(workers_.begin(), workers_.end(), [&](const Worker& worker) { return worker.name == name; });
    return static_cast<std::size_t>(at - workers_.begin());
  }
  void end() {
    for (Worker& worker : workers_) worker.child->signal(SIGTERM);
    for (Worker& worker : workers_) BOOST_TEST(worker.child->wait() == 0);
  }

 private:
  struct Worker {
    std::string name;
    std::unique_ptr<Child> child;
  };
  void start(std::size_t i) {
    workers_[i].name = "w" + std::to_string(i) + "." + std::to_string(++started_);
    workers_[i].child = stage_.worker(workers_[i].name, {"--set", "worker.name=" + workers_[i].name});
  }

  Stage& stage_;
  std::vector<Worker> workers_;
  int started_ = 0;
};

/// Calls made for a cell although it had its result. Looks at the tables of compare_ledgers().
std::int64_t cells_paid_twice(Stage& stage) {
  return stage.number(
      "select count(*) from public.ledger l join @assay_private@.result r on r.job_id = l.job_id and r.cell = l.cell "
      "where l.seq > r.seq or l.begun_at > r.created_at");
}

/// Each call that the provider received is one row of our ledger, and no cell was called again without cause.
void check_accounts(Stage& stage) {
  const std::int64_t received = stage.compare_ledgers();
  const auto count = [&](const std::string& sql) { return stage.number("select count(*) from " + sql); };
  const std::string mine = "public.received r join public.ledger l on l.call_id = r.id";
  const std::int64_t settled = count(mine + " where l.state = 'answered'"),
                     unknown = count(mine + " where l.state = 'unknown'");
  const std::int64_t orphans = count(mine + " where l.state = 'orphan'"),
                     failed = count(mine + " where l.state = 'failed'");
  const std::int64_t unsent =
      count("public.ledger l where not exists (select from public.received r where r.id = l.call_id)");
  const std::int64_t repeated = count("public.ledger where seq > 1");
  std::printf(
      "calls received %lld = settled %lld + unknown %lld + orphan %lld + failed %lld; begun and never sent %lld; cells "
      "called again %lld\n",
      static_cast<long long>(received), static_cast<long long>(settled), static_cast<long long>(unknown),
      static_cast<long long>(orphans), static_cast<long long>(failed), static_cast<long long>(unsent),
      static_cast<long long>(repeated));
  BOOST_TEST(received == settled + unknown + orphans + failed);
  BOOST_TEST(count("(select id from public.received group by id having count(*) > 1) t") == 0);
  BOOST_TEST(count("public.received r where not exists (select from public.ledger l where l.call_id = r.id)") == 0);
  BOOST_TEST(count("public.ledger l where state not in ('unknown', 'failed') and not exists (select from "
                   "public.received r where r.id = l.call_id)") == 0);
  BOOST_TEST(count("public.ledger a join public.ledger b on b.job_id = a.job_id and b.cell = a.cell and b.seq > a.seq "
                   "where a.state not in ('unknown', 'failed', 'orphan')") == 0);
  const std::int64_t paid_twice = cells_paid_twice(stage);
  const std::int64_t other_bill = count(mine + " where l.state = 'answered' and l.nanos is distinct from r.nanos");
  std::printf("finished cells paid twice %lld; answers billed otherwise than by the provider %lld\n",
              static_cast<long long>(paid_twice), static_cast<long long>(other_bill));
  BOOST_TEST(paid_twice == 0);
  BOOST_TEST(other_bill == 0);
}

std::string settings(const std::string& lease) {
  return "worker:\n  slots: 6\n  claim_batch: 8\n  lease: " + lease + "\n  sweep: 1s\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kill_storm)

BOOST_AUTO_TEST_CASE(nothing_is_lost_and_no_finished_cell_is_paid_twice) {
  const bool full = flag("full");
  const std::int64_t kills = parameter("kills", full ? 500 : 40), jobs = parameter("jobs", full ? 5000 : 400);
  const std::int64_t cells = parameter("cells", full ? 10 : 5);
  std::mt19937_64 random(static_cast<std::uint64_t>(parameter("seed", 1)));
  const auto start = std::chrono::steady_clock::now();
  Stage stage(script, settings("4s"));
  stage.enqueue(plain_suite(static_cast<int>(cells)), jobs);
  Crew crew(stage, parameter("workers", 4));

  std::int64_t in_flight = 0, lost_calls = 0;
  for (std::int64_t done = 0; done < kills; ++done) {
    // Spread over the work: each at a random point of its own stretch of it.
    const auto due =
        static_cast<std::int64_t>((static_cast<double>(done) + static_cast<double>(random() % 1000) / 1000) *
                                  static_cast<double>(jobs * cells) * 0.95 / static_cast<double>(kills));
    std::vector<std::size_t> busy;
    await("work to go on", std::chrono::seconds(60), [&] {
      const assay::json::Document stats = stage.stats();
      busy.clear();
      for (const auto& [name, open] : stats["open_by_worker"].members()) {
        if (const std::size_t i = crew.of(std::string(name)); i < crew.size()) busy.push_back(i);
      }
      return stats["delivered"].as_int64() >= due && !busy.empty();
    });
    const bool any = random() % 10 == 0;
    const std::int64_t open = crew.kill(any ? random() % crew.size() : busy[random() % busy.size()]);
    in_flight += open > 0 ? 1 : 0;
    lost_calls += open;
  }
  const double storm = seconds_since(start);
  stage.await_all_jobs(std::chrono::seconds(full ? 240 : 90));
  crew.end();

  const std::int64_t finished =
      stage.number("select count(*) from @assay@.jobs where state = 'finished' and done = cells and passed = cells");
  const std::int64_t quarantined = stage.number("select count(*) from @assay@.jobs where state = 'quarantined'");
  std::printf(
      "kills %lld, of them with calls in flight %lld (%lld calls); jobs %lld, finished %lld, lost %lld, quarantined "
      "%lld; storm %.1f s, whole %.1f s\n",
      static_cast<long long>(kills), static_cast<long long>(in_flight), static_cast<long long>(lost_calls),
      static_cast<long long>(jobs), static_cast<long long>(finished),
      static_cast<long long>(jobs - finished - quarantined), static_cast<long long>(quarantined), storm,
      seconds_since(start));
  BOOST_TEST(finished == jobs);
  BOOST_TEST(quarantined == 0);
  BOOST_TEST(in_flight * 5 >= kills * 3);
  BOOST_TEST(stage.number("select count(*) from @assay_private@.result") == jobs * cells);
  check_accounts(stage);
  stage.verify();
}

BOOST_AUTO_TEST_CASE(the_one_job_that_kills_its_workers_is_quarantined_and_no_other) {
  const std::int64_t innocents = parameter("innocents", flag("full") ? 999 : 99);
  const auto start = std::chrono::steady_clock::now();
  Stage stage(script, settings("2s"));
  stage.enqueue(plain_suite(2), innocents / 2);
  const std::int64_t poison = stage.enqueue(plain_suite(1, "bad", "poison"))[0];
  stage.enqueue(plain_suite(2), innocents - innocents / 2);
  Crew crew(stage, 2);

  std::int64_t deaths = 0;
  await("the end of all jobs", std::chrono::seconds(180), [&] {
    const assay::json::Document stats = stage.stats();
    for (const auto& [name, open] : stats["open_by_mark"]["poison"].members()) {
      const std::size_t i = crew.of(std::string(name));
      if (i == crew.size()) continue;
      crew.kill(i);
      ++deaths;
    }
    return stage.open_jobs() == 0;
  });
  crew.end();

  const std::int64_t quarantined = stage.number("select count(*) from @assay@.jobs where state = 'quarantined'");
  const std::int64_t finished =
      stage.number("select count(*) from @assay@.jobs where state = 'finished' and passed = cells");
  std::printf("one poison job among %lld: it killed %lld workers; quarantined %lld, finished %lld; %.1f s\n",
              static_cast<long long>(innocents + 1), static_cast<long long>(deaths),
              static_cast<long long>(quarantined), static_cast<long long>(finished), seconds_since(start));
  BOOST_TEST(quarantined == 1);
  BOOST_TEST(finished == innocents);
  BOOST_TEST(stage.database().text("select state from @assay@.jobs where id = " + std::to_string(poison)) ==
             "quarantined");
  check_accounts(stage);
  stage.verify();
}

BOOST_AUTO_TEST_CASE(workers_that_are_stopped_past_their_leases_and_go_on_write_nothing_late) {
  const std::int64_t pauses = parameter("pauses", flag("full") ? 60 : 6);
  Stage stage(script, settings("1s"));
  stage.enqueue(plain_suite(5), 100 * pauses);
  Crew crew(stage, 3);

  std::int64_t in_flight = 0;
  for (std::int64_t i = 0; i < pauses; ++i) {
    const std::size_t paused = static_cast<std::size_t>(i) % crew.size();
    await("calls in flight", std::chrono::seconds(30), [&] { return stage.open_calls(crew.name(paused)) > 0; });
    crew.signal(paused, SIGSTOP);
    const std::int64_t open = stage.open_calls(crew.name(paused));
    in_flight += open;
    await("the loss of its shares", std::chrono::seconds(30), [&] {
      return stage.number("select count(*) from @assay_private@.share where worker = '" + crew.name(paused) + "'") == 0;
    });
    crew.signal(paused, SIGCONT);
  }
  stage.await_all_jobs(std::chrono::seconds(flag("full") ? 300 : 120));
  crew.end();

  std::printf("pauses %lld past the lease, with %lld calls in flight\n", static_cast<long long>(pauses),
              static_cast<long long>(in_flight));
  BOOST_TEST(in_flight >= pauses);
  BOOST_TEST(stage.number("select count(*) from @assay@.jobs where state = 'finished' and passed = cells") ==
             100 * pauses);
  check_accounts(stage);
  stage.verify();
}

/// The same books find it when a worker that takes over is not told which cells are finished.
BOOST_AUTO_TEST_CASE(a_takeover_that_forgets_finished_cells_is_found_in_the_books) {
  Stage stage(script, settings("1s"));
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/migrations/functions/assay_private/progress_of.sql");
  std::string function(std::istreambuf_iterator<char>(file), {});
  const std::string condition = "where r.job_day = p_day";
  BOOST_REQUIRE(function.find(condition) != std::string::npos);
  function.replace(function.find(condition), condition.size(), "where false and r.job_day = p_day");
  stage.database().run(function);
  stage.enqueue(plain_suite(30), 8);
  Crew crew(stage, 2);

  std::int64_t paid_twice = 0;
  await("a cell that is paid twice", std::chrono::seconds(60), [&] {
    const std::size_t victim = crew.size() - 1;
    await("some answers", std::chrono::seconds(30), [&] { return stage.open_calls(crew.name(victim)) > 0; });
    const std::int64_t results = stage.number("select count(*) from @assay_private@.result");
    await("results", std::chrono::seconds(30),
          [&] { return stage.number("select count(*) from @assay_private@.result") > results + 6; });
    crew.kill(victim);
    stage.compare_ledgers();
    paid_twice = cells_paid_twice(stage);
    return paid_twice > 0;
  });

  std::printf("with a takeover that forgets finished cells: %lld paid twice\n", static_cast<long long>(paid_twice));
  BOOST_TEST(paid_twice > 0);
}

BOOST_AUTO_TEST_SUITE_END()
