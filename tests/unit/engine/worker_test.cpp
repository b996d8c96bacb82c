#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "tests/support/engine_world.hpp"

using namespace assay;
using namespace assay::testing;
using namespace std::chrono_literals;

namespace {

engine::Settings with_slots(std::int32_t slots) {
  engine::Settings settings;
  settings.slots = slots;
  return settings;
}

/// A world with a share whose holders died `deaths` times.
struct Fleet : EngineWorld {
  void die_with(std::size_t deaths) {
    const Vendor answers = vendor;
    vendor = [](const auto&) { return silence(); };
    for (std::size_t i = 0; i < deaths; ++i) {
      Process& victim = start();
      until([&] { return victim.line.open() > 0; });
      kill(victim);
      pass(61s);
      store.sweep();
    }
    vendor = answers;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(worker)

BOOST_FIXTURE_TEST_CASE(a_hint_is_followed_at_once_without_a_poll, Fleet) {
  Process& one = start();
  pass(500ms);
  const JobId job = enqueue(of({"gpt-test"}));
  const Instant at = loop.now();

  one.worker.wake();
  until([&] { return !one.line.calls().empty(); });

  BOOST_TEST((loop.now() - at < 5ms));
  finish(job);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(work_is_found_by_polling_when_no_hint_comes, Fleet) {
  start();
  pass(10s);
  const JobId job = enqueue(of({"gpt-test"}));
  const Instant at = loop.now();

  finish(job);

  BOOST_TEST((loop.now() - at < 1200ms));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(an_idle_worker_asks_about_once_a_second_and_rarely_when_hints_arrive, Fleet) {
  Process& one = start();
  pass(1s);
  std::size_t before = one.road.claims.size();
  pass(20s);
  BOOST_TEST(one.road.claims.size() - before <= 23u);
  BOOST_TEST(one.road.claims.size() - before >= 17u);

  one.worker.hints_arrive(true);
  pass(1s);
  before = one.road.claims.size();
  pass(120s);

  BOOST_TEST(one.road.claims.size() - before <= 6u);
}

BOOST_FIXTURE_TEST_CASE(when_hints_stop_arriving_it_looks_at_once, Fleet) {
  Process& one = start();
  one.worker.hints_arrive(true);
  pass(5s);
  const JobId job = enqueue(of({"gpt-test"}));  // its hint was lost with the connection
  const Instant at = loop.now();

  one.worker.hints_arrive(false);
  finish(job);

  BOOST_TEST((loop.now() - at < 100ms));
}

BOOST_FIXTURE_TEST_CASE(a_scheduled_job_starts_when_it_falls_due, Fleet) {
  Order order = of({"gpt-test"});
  order.delay = 3500ms;
  const JobId job = enqueue(order);
  start();

  finish(job);

  BOOST_TEST((loop.now().time_since_epoch() >= 3500ms));
  BOOST_TEST((loop.now().time_since_epoch() < 3600ms));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(work_that_a_sweep_brought_back_is_claimed_at_once_though_hints_are_awaited, Fleet) {
  vendor = [](const auto&) { return silence(); };
  Process& dead = start();
  const JobId job = enqueue(of({"gpt-test"}));
  until([&] { return dead.line.open() == 1; });
  kill(dead);
  vendor = [](const auto&) { return says("Paris"); };

  Process& one = start();
  pass(1s);
  one.worker.hints_arrive(true);
  until([&] { return one.seen.rescued == 1; });
  const Instant at = loop.now();
  finish(job);

  BOOST_TEST((loop.now() - at < 100ms));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(work_of_a_resumed_queue_is_claimed_within_a_control_interval, Fleet) {
  store.pause("default");
  const JobId job = enqueue(of({"gpt-test"}));
  Process& one = start();
  one.worker.hints_arrive(true);
  pass(10s);
  BOOST_TEST(one.line.calls().empty());
  const Instant at = loop.now();

  store.resume("default");
  finish(job);

  BOOST_TEST((loop.now() - at < 1500ms));
}

BOOST_FIXTURE_TEST_CASE(calls_in_flight_never_pass_the_slots, Fleet) {
  const JobId job = enqueue(of({"gpt-test"}, 200));
  Process& one = start(with_slots(7));

  finish(job);

  BOOST_TEST(one.line.most_open() == 7u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_claim_asks_for_no_more_than_the_free_slots_and_may_pass_them_by_one_share, Fleet) {
  vendor = [](const auto&) { return after(3s, says("Paris")); };
  std::vector<JobId> jobs;
  for (int i = 0; i < 30; ++i) {
    Order order = of({"gpt-test"}, 3);
    order.cells_per_share = 3;
    jobs.push_back(enqueue(order));
  }
  Process& one = start(with_slots(8));

  std::size_t most = 0;
  until([&] {
    std::size_t waiting = 0;
    for (const auto& [id, share] : store.shares()) {
      if (share.state == queue::MemoryStore::ShareState::running) waiting += static_cast<std::size_t>(share.count);
    }
    most = std::max(most, waiting);
    return std::all_of(jobs.begin(), jobs.end(), [&](JobId job) { return state(job) == JobState::finished; });
  });

  for (const Road::Asked& claim : one.road.claims) {
    BOOST_TEST(claim.request.cells <= 8);
    BOOST_TEST(claim.request.shares <= claim.request.cells);
  }
  // Eight in calls, the overshoot of one share, and those whose results are being committed.
  BOOST_TEST(most <= 8u + 2u + 8u);
  BOOST_TEST(one.line.most_open() == 8u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_share_that_ends_early_frees_its_room_at_once, Fleet) {
  // Forty cells wait for two slots when their job is cancelled.
  vendor = [](const auto&) { return silence(); };
  const JobId stuck = enqueue(of({"gpt-test"}, 40));
  Process& one = start(with_slots(2));
  until([&] { return one.line.open() == 2; });
  const JobId next = enqueue(of({"gpt-test"}));
  vendor = [](const auto&) { return says("Paris"); };

  store.cancel(stuck);
  until([&] { return one.line.open() == 0; });
  const Instant freed = loop.now();
  finish(next);

  BOOST_TEST((loop.now() - freed < 100ms));
  pass(1s);
  BOOST_TEST(one.worker.leases() == 0u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(several_shares_of_one_job_on_two_workers_finish_it_once, Fleet) {
  vendor = [](const auto&) { return after(500ms, says("Paris")); };
  Order order = of({"gpt-test"}, 60);
  order.cells_per_share = 4;
  const JobId job = enqueue(order);
  Process& one = start(with_slots(8));
  Process& two = start(with_slots(8));

  finish(job);
  pass(1s);

  BOOST_TEST(results(job) == 60u);
  BOOST_TEST(one.line.calls().size() + two.line.calls().size() == 60u);
  BOOST_TEST(!one.line.calls().empty());
  BOOST_TEST(!two.line.calls().empty());
  BOOST_TEST(one.seen.ended_shares + two.seen.ended_shares == 15u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(shares_of_one_suite_claimed_together_read_it_once, Fleet) {
  Order order = of({"gpt-test"}, 50);
  order.cells_per_share = 1;
  const JobId job = enqueue(order);
  Process& one = start();

  finish(job);

  BOOST_TEST(one.road.suites == 1u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_suspect_runs_with_nothing_else_in_flight_and_normal_work_resumes_after, Fleet) {
  const JobId suspect = enqueue(of({"gpt-test"}));
  die_with(2);
  vendor = [](const auto&) { return after(2s, says("Paris")); };
  Process& one = start(with_slots(4));
  std::vector<JobId> others;
  for (int i = 0; i < 12; ++i) others.push_back(enqueue(of({"gpt-test"})));
  one.worker.wake();
  bool alone = true;
  one.line.script = [&](const ScriptedTransport::Call& call) {
    const bool ours = call.id.starts_with(to_string(suspect) + ".");
    if (ours) alone = alone && one.line.open() == 1;
    if (!ours) {
      for (const auto& other : one.line.calls()) alone = alone && (other.ended || !other.id.starts_with(to_string(suspect) + ".") || &other == &call);
    }
    return vendor(call);
  };

  finish(suspect);
  for (const JobId other : others) finish(other);
  pass(1s);

  BOOST_TEST(alone);
  BOOST_TEST(one.road.run_alones == 1u);
  BOOST_TEST((result(suspect).verdict == Verdict::pass));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_suspect_that_waits_when_a_drain_starts_is_handed_back_and_never_marked_as_alone, Fleet) {
  const JobId suspect = enqueue(of({"gpt-test"}));
  die_with(2);
  vendor = [](const auto&) { return after(10s, says("Paris")); };
  enqueue(of({"gpt-test"}));
  Process& one = start();
  until([&] { return one.line.open() == 1 && one.worker.leases() == 2; });

  one.worker.drain();
  until([&] { return !one.running(); });

  BOOST_TEST(one.road.run_alones == 0u);
  BOOST_TEST((state(suspect) == JobState::running));
  BOOST_TEST((only_share().state == queue::MemoryStore::ShareState::ready));
  BOOST_TEST(only_share().crashes == 2);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_suspect_that_waits_when_the_drain_s_time_is_up_is_handed_back_too, Fleet) {
  enqueue(of({"gpt-test"}));
  die_with(2);
  vendor = [](const auto&) { return silence(); };
  enqueue(of({"gpt-test"}));
  engine::Settings settings;
  settings.grace = 2s;
  Process& one = start(settings);
  until([&] { return one.line.open() == 1 && one.worker.leases() == 2; });

  one.worker.drain();  // grace and its margin are the same: the cut comes at once
  until([&] { return !one.running(); });

  BOOST_TEST(one.seen.releases.size() == 2u);
  for (const auto& [id, share] : store.shares()) BOOST_TEST((share.state == queue::MemoryStore::ShareState::ready));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_bug_in_the_queue_hands_the_share_back_and_the_worker_goes_on, Fleet) {
  const JobId job = enqueue(of({"gpt-test"}));
  Process& one = start();
  one.road.breaks = "begin";
  until([&] { return !one.seen.releases.empty(); });
  BOOST_TEST(one.seen.faults.size() == 1u);
  BOOST_TEST((only_share().state == queue::MemoryStore::ShareState::throttled));
  BOOST_TEST(one.worker.calls_in_flight() == 0u);

  one.road.breaks.clear();
  finish(job);

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(store.verify().empty());
}

BOOST_FIXTURE_TEST_CASE(a_keeper_that_ends_of_a_bug_ends_the_worker_at_once, Fleet) {
  Process& one = start();
  one.worker.hints_arrive(true);
  pass(2s);

  one.road.breaks = "control";

  const Instant at = loop.now();
  until([&] { return !one.running(); });
  BOOST_TEST((loop.now() - at < 1500ms));
  BOOST_CHECK_THROW(loop.run(one.scope.join()), std::runtime_error);
}

BOOST_FIXTURE_TEST_CASE(a_claim_that_throws_ends_the_worker_too, Fleet) {
  Process& one = start();
  pass(2s);

  one.road.breaks = "claim";

  until([&] { return !one.running(); }, 5s);
  BOOST_CHECK_THROW(loop.run(one.scope.join()), std::runtime_error);
}

BOOST_FIXTURE_TEST_CASE(a_worker_that_dies_in_mid_run_leaves_nothing_behind_it, Fleet) {
  // Cells in every state: waiting for a slot, beginning, in flight, in backoff, judging, settling.
  int call = 0;
  vendor = [&](const auto&) { return ++call % 3 == 0 ? status(529) : after(std::chrono::milliseconds(call % 7), says("Paris")); };
  enqueue(of({"gpt-test"}, 300));
  for (int after_events = 1; after_events < 400; after_events += 13) {
    Process& victim = start(with_slots(16));
    int events = 0;
    until([&] { return ++events > after_events || !victim.running(); });
    kill(victim);
    pass(61s);
    store.sweep();
  }

  start(with_slots(16));
  finish(JobId(1));

  BOOST_TEST(store.verify().empty());
}

BOOST_AUTO_TEST_SUITE_END()
