#include <chrono>
#include <optional>

#include "runtime/scope.hpp"
#include "runtime/wait.hpp"
#include "tests/support/own_cluster.hpp"
#include "tests/support/postgres_proxy.hpp"
#include "tests/support/postgres_world.hpp"

using namespace assay;
using namespace assay::queue;
using postgres::PostgresJobQueue;
using testing::PostgresWorld;

namespace {

using SettleReply = Result<SettleAnswer, Outage>;

/// Collects answers of operations that run side by side.
template <class Answer>
Task<> put(Task<Result<Answer, Outage>> task, std::optional<Result<Answer, Outage>>& into) {
  into.emplace(co_await task);
}

template <class Answer>
std::vector<Result<Answer, Outage>> all(Loop& loop, std::vector<Task<Result<Answer, Outage>>> tasks) {
  std::vector<std::optional<Result<Answer, Outage>>> replies(tasks.size());
  Scope scope(loop, loop.root());
  for (std::size_t i = 0; i < tasks.size(); ++i) scope.start(put(std::move(tasks[i]), replies[i]));
  loop.run(scope.join());
  std::vector<Result<Answer, Outage>> answers;
  for (auto& reply : replies) answers.push_back(std::move(*reply));
  return answers;
}

/// A worker that never gives up: what the engine does with an Outage, without its pauses.
Task<> work_through(JobQueue& queue, Lease lease, PostgresWorld& world, std::function<void()> after_each,
                    int& outages) {
  for (const CellNumber cell : open_cells(lease)) {
    CallIntent intent = world.intent(lease, cell.value, 1);
    for (;;) {
      const auto begun = co_await queue.begin(intent);
      if (begun) {
        BOOST_TEST((*begun == BeginAnswer::granted));
        break;
      }
      ++outages;
    }
    Settlement settlement = world.answer(lease, cell.value);
    settlement.closes_share = cell.value == lease.first.value + lease.count - 1;
    for (;;) {
      auto settling = queue.settle(settlement);
      const auto settled = co_await settling;
      if (settled) {
        BOOST_TEST((*settled == SettleAnswer::stored));
        break;
      }
      ++outages;
    }
    after_each();
  }
}

struct Listening : PostgresWorld {
  Signal woken{loop_};
  PostgresJobQueue::Options options(int number) override {
    PostgresJobQueue::Options made = PostgresWorld::options(number);
    made.on_wake = [this] { woken.notify(); };
    return made;
  }
  ~Listening() override { workers_.clear(); }
  static Task<bool> heard(Signal& signal) {
    const Deadline far{std::chrono::steady_clock::now() + std::chrono::seconds(60)};
    const bool came = co_await signal.wait(far);
    co_return came;
  }
};

/// All of a worker's connections but the one to listen lead through a proxy.
struct Proxied : PostgresWorld {
  testing::PostgresProxy proxy{database_.url()};
  PostgresJobQueue::Options options(int number) override {
    PostgresJobQueue::Options made = PostgresWorld::options(number);
    made.url = proxy.url();
    return made;
  }
  ~Proxied() override { workers_.clear(); }
};

struct Pooled : Proxied {
  Pooled() { proxy.refuse_options(); }
};

struct PooledListening : Pooled {
  PostgresJobQueue::Options options(int number) override {
    PostgresJobQueue::Options made = Pooled::options(number);
    made.on_wake = [] { BOOST_ERROR("nothing can be heard here"); };
    return made;
  }
  ~PooledListening() override { workers_.clear(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(postgres_queue_behind_a_pooler)
ASSAY_QUEUE_CONFORMANCE(Pooled)
BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_CASE(postgres_queue_does_not_pretend_to_listen_through_a_pooler, PooledListening) {
  enqueue(one_cell());
  claim_one(1);
  enqueue(one_cell());
  claim_one(1);
  BOOST_TEST(!postgres_worker(1).listening());
}

BOOST_FIXTURE_TEST_SUITE(postgres_queue_with_bad_rows, PostgresWorld)

BOOST_AUTO_TEST_CASE(stores_hostile_text_escaped_and_ninety_nine_others_beside_a_row_that_cannot_be_stored) {
  const JobId job = enqueue(cells(100, 100));
  const Lease lease = claim_one(1);
  std::vector<Task<Result<BeginAnswer, Outage>>> begins;
  for (int cell = 0; cell < 100; ++cell) begins.push_back(worker(1).begin(intent(lease, cell, 1)));
  for (const auto& begun : all(loop(), std::move(begins))) BOOST_TEST((begun.value() == BeginAnswer::granted));

  std::vector<Task<SettleReply>> settles;
  for (int cell = 0; cell < 100; ++cell) {
    Settlement settlement = answer(lease, cell);
    if (cell == 10) settlement.result->completion.text = std::string("a\0b", 3);
    if (cell == 20) settlement.result->completion.text = "caf\xc3";
    if (cell == 30) settlement.result->details = R"([{"found": "\u0000"}])";
    if (cell == 40) settlement.result->completion.request_id = std::string("r\0", 2);
    settles.push_back(worker(1).settle(std::move(settlement)));
  }
  for (const auto& settled : all(loop(), std::move(settles))) BOOST_TEST((settled.value() == SettleAnswer::stored));
  BOOST_TEST((must(worker(1).close(lease.ref())) == SettleAnswer::stored));

  BOOST_TEST(database().number("select count(*) from @assay@.results where verdict = 'pass'") == 99);
  BOOST_TEST(
      database().text("select response from @assay@.results where cell = 10 and text_escaped and verdict = 'pass'") ==
      "a\\x00b");
  BOOST_TEST(
      database().text("select response from @assay@.results where cell = 20 and text_escaped and verdict = 'pass'") ==
      "caf\\xc3");
  BOOST_TEST(database().text("select failure from @assay@.results where cell = 30 and verdict = 'error'") ==
             "internal");
  BOOST_TEST(database().text("select response from @assay@.results where cell = 30") ==
             "This result could not be stored: SQLSTATE 22P05.");
  BOOST_TEST(database().text("select cost from @assay@.results where cell = 30") == "0.000000007");
  BOOST_TEST(database().text("select request_id from @assay@.results where cell = 40") == "r\\x00");
  BOOST_TEST(job_state(job) == "finished");
  BOOST_TEST(postgres_worker(1).stats().last_resorts == 1u);
  BOOST_TEST(postgres_worker(1).stats().escaped >= 2u);
  all_is_well();
}

BOOST_AUTO_TEST_CASE(stores_a_failed_call_without_its_details_when_those_cannot_be_stored) {
  const JobId job = enqueue(one_cell());
  const Lease lease = claim_one(1);
  begin(1, lease, 0);
  Settlement failed;
  failed.lease = lease.ref();
  CallEnd end;
  end.id = CallId{job, CellNumber(0), 1};
  end.failure = Failure::Kind::malformed;
  end.detail = std::string("\xff\0", 2);
  end.cost = Money::nanos(3);
  failed.ended.push_back(end);
  BOOST_TEST((settle(1, failed) == SettleAnswer::stored));
  BOOST_TEST(database().text("select detail from @assay@.calls") == "\\xff\\x00");
  all_is_well();
}

BOOST_AUTO_TEST_CASE(begins_a_call_whose_price_snapshot_is_no_json_and_those_beside_it) {
  enqueue(cells(50));
  const Lease lease = claim_one(1);
  std::vector<Task<Result<BeginAnswer, Outage>>> begins;
  for (int cell = 0; cell < 50; ++cell) {
    CallIntent made = intent(lease, cell, 1);
    made.price = cell == 25 ? "{" : R"({"input": 1})";
    begins.push_back(worker(1).begin(std::move(made)));
  }
  for (const auto& begun : all(loop(), std::move(begins))) BOOST_TEST((begun.value() == BeginAnswer::granted));
  BOOST_TEST(database().number("select count(*) from @assay@.calls where price is not null") == 49);
  BOOST_TEST(database().number("select count(*) from @assay@.calls") == 50);
}

BOOST_AUTO_TEST_CASE(hands_a_share_back_that_was_closed_with_open_cells_and_keeps_its_results) {
  const JobId job = enqueue(cells(2));
  const Lease lease = claim_one(1);
  begin(1, lease, 0);
  Settlement too_early = answer(lease, 0);
  too_early.closes_share = true;
  BOOST_TEST((settle(1, too_early) == SettleAnswer::lost));
  BOOST_TEST(results(job) == 1u);
  const Lease again = claim_one(2);
  BOOST_TEST((open_cells(again) == std::vector<CellNumber>{CellNumber(1)}));
  BOOST_TEST(again.crashes == 0);
  finish(2, again);
  BOOST_TEST(job_state(job) == "finished");
  all_is_well();
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(postgres_queue_under_load, PostgresWorld)

BOOST_AUTO_TEST_CASE(writes_many_at_once_in_few_statements) {
  enqueue(cells(500, 500));
  const Lease lease = claim_one(1);
  std::vector<Task<Result<BeginAnswer, Outage>>> begins;
  for (int cell = 0; cell < 500; ++cell) begins.push_back(worker(1).begin(intent(lease, cell, 1)));
  for (const auto& begun : all(loop(), std::move(begins))) BOOST_TEST((begun.value() == BeginAnswer::granted));
  std::vector<Task<SettleReply>> settles;
  for (int cell = 0; cell < 500; ++cell) settles.push_back(worker(1).settle(answer(lease, cell)));
  for (const auto& settled : all(loop(), std::move(settles))) BOOST_TEST((settled.value() == SettleAnswer::stored));

  const PostgresJobQueue::Stats stats = postgres_worker(1).stats();
  BOOST_TEST(stats.work.errands >= 501u);  // the claim too
  BOOST_TEST(stats.work.groups <= 10u);    // 200 at once
  BOOST_TEST(stats.settle.errands == 500u);
  BOOST_TEST(stats.settle.groups <= 15u);  // 100 at once
  all_is_well();
}

BOOST_AUTO_TEST_CASE(renews_while_a_claim_is_stuck_behind_a_lock) {
  enqueue(one_cell());
  const Lease held = claim_one(1);
  enqueue(one_cell());
  database().run("begin; lock table @assay_private@.job in access exclusive mode");
  std::optional<Result<Claimed, Outage>> claimed;
  Scope scope(loop(), loop().root());
  scope.start(put(worker(1).claim({1, 1, false}), claimed));

  BOOST_TEST(must(worker(1).renew({held.ref()})).empty());
  must(worker(1).control());
  BOOST_TEST(!claimed.has_value());

  database().run("commit");
  loop().run(scope.join());
  BOOST_REQUIRE(claimed.has_value());
  BOOST_TEST(claimed->value().leases.size() == 1u);
}

/// A share committed late lies below the mark: found after the next sweep, or when nothing else is there.
BOOST_AUTO_TEST_CASE(starts_a_claim_at_its_mark_and_looks_at_everything_after_a_sweep) {
  const JobId first = enqueue(one_cell()), late = enqueue(one_cell()), third = enqueue(one_cell()),
              fourth = enqueue(one_cell());
  const auto hide = [&](JobId job, const char* state) {
    database().run("update @assay_private@.share set state = '" + std::string(state) +
                   "' where job_id = " + to_string(job));
  };
  database().run("update @assay_private@.share set run_at = now() - interval '1 hour' where job_id = " +
                 to_string(late));
  hide(late, "throttled");
  BOOST_TEST(claim_one(1).terms->job.value == first.value);
  hide(late, "ready");
  BOOST_TEST(claim_one(1).terms->job.value == third.value);
  must(worker(1).sweep());
  BOOST_TEST(claim_one(1).terms->job.value == late.value);
  BOOST_TEST(claim_one(1).terms->job.value == fourth.value);
}

BOOST_AUTO_TEST_CASE(is_seen_by_people_from_its_first_to_its_last_word) {
  must(worker(1).control());
  BOOST_TEST(database().text("select state from @assay_private@.worker where id = 'w1'") == "running");
  must(postgres_worker(1).say("draining"));
  BOOST_TEST(database().text("select state from @assay_private@.worker where id = 'w1'") == "draining");
  must(postgres_worker(1).say("stopped"));
  BOOST_TEST(database().text("select state from @assay_private@.worker where id = 'w1'") == "stopped");
  BOOST_TEST(database().number(
                 "select count(distinct application_name) from pg_stat_activity where application_name = 'assay w1' "
                 "and datname = current_database()") == 1);
}

BOOST_AUTO_TEST_CASE(hands_out_what_the_job_asked_for) {
  database().run(
      "select @assay@.enqueue_jobs(jsonb_build_array(jsonb_build_object('suite', @assay@.put_suite("
      "'{\"name\": \"n\", \"prompt\": \"p\", \"cases\": [{\"title\": \"t\", \"input\": \"i\"}]}'::text, 'te\"n,ant'), "
      "'models', jsonb_build_array('a/b', 'with\"quotes\",{braces}and\\'), 'tenant', 'te\"n,ant', 'repeats', 2, "
      "'max_cost', 1, "
      "'sampling', '{\"temperature\": 0.5, \"max_tokens\": 64, \"seed\": 9007199254740993, \"stop\": [\"a\", "
      "\"b\"]}'::jsonb, "
      "'traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')))");
  const Lease lease = claim_one(1);
  const JobTerms& terms = *lease.terms;
  BOOST_TEST(terms.tenant == "te\"n,ant");
  BOOST_TEST((terms.models == std::vector<std::string>{"a/b", "with\"quotes\",{braces}and\\"}));
  BOOST_TEST(terms.repeats == 2);
  BOOST_TEST(terms.cases == 1);
  BOOST_TEST(terms.capped);
  BOOST_TEST(terms.sampling.temperature.value() == 0.5);
  BOOST_TEST(terms.sampling.max_tokens.value() == 64);
  BOOST_TEST(terms.sampling.seed.value() == 9007199254740993);
  BOOST_TEST(!terms.sampling.top_p.has_value());
  BOOST_TEST((terms.sampling.stop == std::vector<std::string>{"a", "b"}));
  BOOST_TEST(terms.traceparent == "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  BOOST_TEST(terms.day.since_epoch == database().number("select (now() at time zone 'utc')::date - date '1970-01-01'"));
  BOOST_TEST(must(worker(1).suite(terms.suite)).find("\"cases\"") != std::string::npos);
  BOOST_TEST(must(worker(1).suite(SuiteId(999))).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(postgres_queue_in_trouble)

BOOST_FIXTURE_TEST_CASE(loses_nothing_while_its_connections_are_killed, PostgresWorld) {
  std::vector<JobId> jobs;
  for (int i = 0; i < 20; ++i) jobs.push_back(enqueue(cells(12, 4)));
  int outages = 0, finished = 0, kills = 0;
  const auto kill_now_and_then = [&] {
    if (++finished % 9 == 0) kills += database().terminate("assay w1") > 0 ? 1 : 0;
  };
  int rounds = 0;
  while (finished < 240) {
    BOOST_REQUIRE(++rounds < 200);
    const auto claimed = loop().run(worker(1).claim({10, 40, false}));
    if (!claimed || claimed->leases.empty()) {
      // The answer to a claim may be lost: such shares come back when their lease ends.
      expire(1);
      const auto swept = loop().run(worker(1).sweep());
      outages += swept ? 0 : 1;
      continue;
    }
    Scope scope(loop(), loop().root());
    for (const Lease& lease : claimed->leases)
      scope.start(work_through(worker(1), lease, *this, kill_now_and_then, outages));
    loop().run(scope.join());
  }
  for (const JobId job : jobs) {
    BOOST_TEST(job_state(job) == "finished");
    BOOST_TEST(results(job) == 12u);
  }
  BOOST_TEST(kills >= 20);
  BOOST_TEST_MESSAGE(kills << " kills, " << outages << " outages");
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(may_send_a_settlement_again_whose_commit_was_not_answered, Proxied) {
  const JobId job = enqueue(one_cell());
  const Lease lease = claim_one(1);
  begin(1, lease, 0);
  Settlement last = answer(lease, 0);
  last.closes_share = true;
  proxy.lose_answer_to("settle_v2");

  const SettleReply lost = loop().run(worker(1).settle(last));
  BOOST_REQUIRE(!lost);
  BOOST_TEST(lost.error().maybe_done);
  BOOST_TEST(proxy.answers_lost() == 1);
  BOOST_TEST(job_state(job) == "finished");  // it was committed

  BOOST_TEST((settle(1, last) == SettleAnswer::stored));
  BOOST_TEST(results(job) == 1u);
  BOOST_TEST(postgres_worker(1).stats().late_writes == 0u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(may_send_an_intent_again_whose_commit_was_not_answered, Proxied) {
  testing::MemoryStore::Order order = one_cell();
  order.max_cost = Money::nanos(1'000);
  const JobId job = enqueue(order);
  const Lease lease = claim_one(1);
  proxy.lose_answer_to("begin_v1");
  const auto lost = loop().run(worker(1).begin(intent(lease, 0, 1)));
  BOOST_REQUIRE(!lost);
  BOOST_TEST(lost.error().maybe_done);
  BOOST_TEST(reserved(job) == 100);
  BOOST_TEST((begin(1, lease, 0) == BeginAnswer::granted));
  BOOST_TEST(reserved(job) == 100);
  BOOST_TEST(proxy.answers_lost() == 1);
}

BOOST_FIXTURE_TEST_CASE(is_woken_by_an_enqueue_and_after_each_reconnect, Listening) {
  must(worker(1).control());
  BOOST_TEST(loop().run(heard(woken)));  // it listens now
  enqueue(one_cell());
  BOOST_TEST(loop().run(heard(woken)));
  BOOST_TEST(postgres_worker(1).listening());
  BOOST_TEST(database().terminate("assay w1") >= 1);
  BOOST_TEST(loop().run(heard(woken)));  // what was notified meanwhile is lost: it hints once
  enqueue(one_cell());
  BOOST_TEST(loop().run(heard(woken)));
}

BOOST_AUTO_TEST_CASE(stores_after_a_crash_of_the_server_what_was_answered_meanwhile) {
  testing::OwnCluster cluster;
  struct Crashing : PostgresWorld {
    explicit Crashing(const std::string& url) : own(testing::TestDatabase::Contents::migrated, url) {}
    PostgresJobQueue::Options options(int number) override {
      PostgresJobQueue::Options made = PostgresWorld::options(number);
      made.url = own.url();
      return made;
    }
    ~Crashing() override { workers_.clear(); }
    testing::TestDatabase own;
  } world(cluster.url());
  world.own.run(
      "select @assay@.enqueue_jobs(jsonb_build_array(jsonb_build_object('models', array['m'], 'repeats', 40, 'suite', "
      "@assay@.put_suite('{\"name\": \"n\", \"prompt\": \"p\", \"cases\": [{\"title\": \"t\", \"input\": "
      "\"i\"}]}'::text))))");
  const Lease lease = world.claim_one(1);
  for (int cell = 0; cell < 40; ++cell) BOOST_TEST((world.begin(1, lease, cell) == BeginAnswer::granted));
  for (int cell = 0; cell < 10; ++cell)
    BOOST_TEST((world.settle(1, world.answer(lease, cell)) == SettleAnswer::stored));

  cluster.kill();
  const SettleReply away = world.loop().run(world.worker(1).settle(world.answer(lease, 10)));
  BOOST_TEST(!away.has_value());
  cluster.start();

  int outages = 0;
  for (int cell = 10; cell < 40; ++cell) {
    for (;;) {
      const SettleReply reply = world.loop().run(world.worker(1).settle(world.answer(lease, cell)));
      if (reply) break;
      ++outages;
    }
  }
  BOOST_TEST((world.must(world.worker(1).close(lease.ref())) == SettleAnswer::stored));
  BOOST_TEST(world.own.number("select count(*) from @assay@.results") == 40);
  BOOST_TEST(world.own.text("select state from @assay@.jobs") == "finished");
  BOOST_TEST(world.own.violations().empty());
  BOOST_TEST(world.postgres_worker(1).stats().settle.connects == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
