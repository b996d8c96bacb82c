#include <boost/test/unit_test.hpp>

#include "tests/support/engine_world.hpp"

using namespace assay;
using namespace assay::testing;
using namespace std::chrono_literals;

namespace {

using Kind = Failure::Kind;
using ShareState = queue::MemoryStore::ShareState;

struct Draining : EngineWorld {
  Process* worker = nullptr;
  Instant began;

  void drain() {
    began = loop.now();
    worker->worker.drain();
  }
  Duration left_after() {
    until([&] { return !worker->running(); });
    return loop.now() - began;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(drain)

BOOST_FIXTURE_TEST_CASE(an_idle_worker_leaves_at_once, Draining) {
  worker = &start();
  pass(3s);

  drain();

  BOOST_TEST((left_after() < 10ms));
}

BOOST_FIXTURE_TEST_CASE(a_drain_before_the_first_claim_claims_nothing, Draining) {
  const JobId job = enqueue(of({"gpt-test"}));
  worker = &start();
  worker->worker.drain();

  until([&] { return !worker->running(); });
  pass(1s);

  BOOST_TEST(worker->line.calls().empty());
  BOOST_TEST((state(job) <= JobState::running));
  BOOST_TEST((only_share().state == ShareState::ready));
}

BOOST_FIXTURE_TEST_CASE(calls_in_flight_are_finished_and_nothing_is_claimed, Draining) {
  vendor = [](const auto&) { return after(5s, says("Paris")); };
  const JobId job = enqueue(of({"gpt-test"}, 3));
  worker = &start();
  until([&] { return worker->line.open() == 3; });
  const JobId other = enqueue(of({"gpt-test"}));
  const std::size_t claims = worker->road.claims.size();

  drain();
  const Duration took = left_after();

  BOOST_TEST((took > 4s && took < 6s));
  BOOST_TEST((state(job) == JobState::finished));
  BOOST_TEST((state(other) == JobState::queued));
  BOOST_TEST(worker->road.claims.size() == claims);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(cells_that_have_not_started_are_handed_back_ready_with_no_attempt_used, Draining) {
  vendor = [](const auto&) { return after(5s, says("Paris")); };
  engine::Settings settings;
  settings.slots = 2;
  const JobId job = enqueue(of({"gpt-test"}, 10));
  worker = &start(settings);
  until([&] { return worker->line.open() == 2; });

  drain();
  left_after();

  BOOST_TEST(results(job) == 2u);
  BOOST_TEST((only_share().state == ShareState::ready));
  BOOST_TEST(only_share().crashes == 0);
  BOOST_TEST(worker->seen.releases.front().reason == "drain");
  BOOST_TEST(worker->line.calls().size() == 2u);
  start();
  finish(job);
  BOOST_TEST(results(job) == 10u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(what_does_not_fit_is_cut_booked_at_its_bound_and_left_open, Draining) {
  vendor = [](const auto&) { return silence(); };
  const JobId job = enqueue(of({"gpt-test"}, 4));
  worker = &start();
  until([&] { return worker->line.open() == 4; });

  drain();
  const Duration took = left_after();

  BOOST_TEST((took >= 28s && took < 30s));
  for (const auto& [id, call] : store.calls()) {
    BOOST_TEST((end_of(job, id.cell.value, id.seq).failure == Kind::outcome_unknown));
    BOOST_TEST((end_of(job, id.cell.value, id.seq).cost == call.intent.bound));
  }
  BOOST_TEST((only_share().state == ShareState::ready));
  BOOST_TEST(only_share().crashes == 0);
  vendor = [](const auto&) { return says("Paris"); };
  Process& next = start();
  finish(job);
  for (const PriorCalls& prior : next.seen.claims.front().prior) BOOST_TEST(prior.counted == 0);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_cell_left_open_does_not_wait_for_what_a_sibling_was_asked_to_wait, Draining) {
  enqueue(of({"gpt-test"}, 2));
  vendor = [](const auto&) { return silence(); };
  worker = &start();
  worker->line.then(throttles(3000));
  until([&] { return worker->line.calls().size() == 2 && worker->line.open() == 1; });

  drain();
  left_after();

  BOOST_TEST((only_share().state == ShareState::ready));
}

BOOST_FIXTURE_TEST_CASE(a_cell_in_backoff_is_handed_back_without_another_call, Draining) {
  engine::Settings settings;
  settings.retry.backoff = 8s;
  vendor = [](const auto&) { return status(529); };
  enqueue(of({"gpt-test"}));
  worker = &start(settings);
  until([&] { return worker->line.calls().size() == 1 && worker->road.settlements.size() == 1; });

  drain();
  left_after();

  BOOST_TEST(worker->line.calls().size() == 1u);
  BOOST_TEST((only_share().state == ShareState::ready));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_claim_on_its_way_when_the_drain_starts_is_handed_back_unused, Draining) {
  const JobId job = enqueue(of({"gpt-test"}));
  worker = &start();
  worker->road.before_claim_answer = [&] { worker->worker.drain(); };

  until([&] { return !worker->running(); });

  BOOST_TEST(worker->seen.claims.size() == 1u);
  BOOST_TEST(worker->line.calls().empty());
  BOOST_TEST(worker->road.suites == 0u);
  BOOST_TEST((state(job) == JobState::running));
  BOOST_TEST((only_share().state == ShareState::ready));
}

BOOST_FIXTURE_TEST_CASE(the_worker_leaves_by_its_grace_time_though_the_database_is_away, Draining) {
  vendor = [](const auto&) { return after(2s, says("Paris")); };
  enqueue(of({"gpt-test"}, 5));
  worker = &start();
  until([&] { return worker->line.open() == 5; });

  worker->road.be(Road::State::away);
  drain();

  BOOST_TEST((left_after() <= 30s));
}

BOOST_FIXTURE_TEST_CASE(the_worker_leaves_by_its_grace_time_though_no_statement_ever_ends, Draining) {
  vendor = [](const auto&) { return silence(); };
  enqueue(of({"gpt-test"}, 5));
  worker = &start();
  until([&] { return worker->line.open() == 5; });
  worker->road.be(Road::State::silent);
  pass(20s);  // claims, renewals, sweeps and the control number all hang now

  drain();

  BOOST_TEST((left_after() <= 30s));
}

BOOST_FIXTURE_TEST_CASE(a_claim_that_never_ends_does_not_keep_the_worker, Draining) {
  worker = &start();
  worker->road.be(Road::State::silent);
  pass(5s);

  drain();

  BOOST_TEST((left_after() <= 30s));
}

BOOST_FIXTURE_TEST_CASE(the_grace_time_counts_from_the_first_request, Draining) {
  vendor = [](const auto&) { return silence(); };
  enqueue(of({"gpt-test"}));
  worker = &start();
  until([&] { return worker->line.open() == 1; });

  drain();
  pass(20s);
  worker->worker.drain();

  BOOST_TEST((left_after() < 30s));
}

BOOST_FIXTURE_TEST_CASE(leases_are_kept_while_the_drain_lasts, Draining) {
  engine::Settings settings;
  settings.grace = 150s;
  vendor = [](const auto&) { return after(110s, says("Paris")); };
  const JobId job = enqueue(of({"gpt-test"}));
  worker = &start(settings);
  until([&] { return worker->line.open() == 1; });

  drain();
  left_after();

  BOOST_TEST((state(job) == JobState::finished));
  BOOST_TEST(worker->seen.lost.empty());
  all_is_well();
}

BOOST_AUTO_TEST_SUITE_END()
