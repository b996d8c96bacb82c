#include <boost/test/unit_test.hpp>

#include "tests/support/engine_world.hpp"

using namespace assay;
using namespace assay::testing;
using namespace std::chrono_literals;

namespace {

using Kind = Failure::Kind;

/// A worker with one call in flight that will not be answered.
struct Waiting : EngineWorld {
  Process* worker = nullptr;
  JobId job{};

  void begin_a_call(engine::Settings settings = {}) {
    vendor = [](const auto&) { return silence(); };
    job = enqueue(of({"gpt-test"}));
    worker = &start(settings);
    until([&] { return worker->line.open() == 1; });
  }

  // What an answer on its way back waits for.
  Task<> wait_for_the_loss(std::string operation, std::string awaited) {
    while (operation == awaited && worker->seen.lost.empty()) co_await sleep_for(loop, 10ms);
  }
  Task<> wait_for_a_renewal(std::string operation) {
    const std::size_t before = worker->road.renewals;
    while (operation == "settle" && worker->road.renewals < before + 1) co_await sleep_for(loop, 10ms);
    if (operation == "settle") co_await sleep_for(loop, 10ms);
  }
  Task<> sleep_past_the_cut_off(std::string operation) {
    if (operation == "begin") port.jump(50s);
    co_return;
  }
  Task<> close_the_road(std::string operation) {
    if (operation == "settle") worker->road.be(Road::State::silent);
    co_return;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(lease)

BOOST_FIXTURE_TEST_CASE(a_cancelled_job_has_its_calls_cut_within_two_seconds_and_starts_no_other, Waiting) {
  vendor = [](const auto&) { return silence(); };
  job = enqueue(of({"gpt-test"}, 100));
  engine::Settings settings;
  settings.slots = 10;
  worker = &start(settings);
  until([&] { return worker->line.open() == 10; });
  pass(10s);

  const Instant at = loop.now();
  store.cancel(job);
  until([&] { return worker->line.open() == 0; });
  BOOST_TEST((loop.now() - at <= 2s));
  pass(30s);

  BOOST_TEST(worker->line.calls().size() == 10u);
  for (const auto& call : worker->line.calls()) BOOST_TEST(call.cut);
  for (const auto& [id, call] : store.calls()) BOOST_TEST((end_of(job, id.cell.value, id.seq).cost == call.intent.bound));
  BOOST_TEST(results(job) == 0u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_call_that_is_begun_while_its_job_is_cancelled_is_not_sent_and_costs_nothing, Waiting) {
  job = enqueue(of({"gpt-test"}));
  worker = &start();
  worker->road.answer_waits = [this](const std::string& operation) { return wait_for_the_loss(operation, "begin"); };
  until([&] { return store.calls().size() == 1; });  // granted

  store.cancel(job);
  pass(10s);

  BOOST_TEST(worker->seen.lost.size() == 1u);
  BOOST_TEST(worker->line.calls().empty());
  BOOST_TEST((end_of(job, 0, 1).failure == Kind::cancelled));
  BOOST_TEST(end_of(job, 0, 1).cost.value().nanos() == 0);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_lease_that_passed_to_another_has_its_call_cut_and_booked, Waiting) {
  begin_a_call();
  vendor = [](const auto&) { return says("Paris"); };
  worker->road.be(Road::State::silent);  // from now on: no renewal
  pass(44s);
  BOOST_TEST(worker->line.open() == 1u);

  pass(2s);  // the local cut-off
  BOOST_TEST(worker->line.open() == 0u);
  BOOST_TEST(worker->seen.lost.size() == 1u);
  Process& other = start();
  finish(job);
  worker->road.be(Road::State::open);
  pass(10s);

  BOOST_TEST(other.line.calls().size() == 1u);
  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(result(job).seq == 2);
  BOOST_TEST((end_of(job, 0, 1).failure == Kind::outcome_unknown));
  BOOST_TEST((end_of(job, 0, 1).cost == store.calls().at(CallId{job, CellNumber(0), 1}).intent.bound));
  BOOST_TEST(worker->worker.leases() == 0u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(no_call_is_started_once_the_cut_off_has_passed, Waiting) {
  engine::Settings settings;
  settings.slots = 1;
  vendor = [](const auto&) { return after(100s, says("Paris")); };
  job = enqueue(of({"gpt-test"}, 5));
  worker = &start(settings);
  until([&] { return worker->line.open() == 1; });

  worker->road.be(Road::State::silent);
  pass(200s);

  BOOST_TEST(worker->line.calls().size() == 1u);
  BOOST_TEST(worker->line.calls().front().cut);
}

BOOST_FIXTURE_TEST_CASE(a_process_that_slept_past_its_cut_off_sends_nothing_when_it_wakes, Waiting) {
  job = enqueue(of({"gpt-test"}));
  worker = &start();
  worker->road.answer_waits = [this](const std::string& operation) { return sleep_past_the_cut_off(operation); };

  until([&] { return store.calls().size() == 1; });
  pass(55s);

  BOOST_TEST(worker->line.calls().empty());
}

BOOST_FIXTURE_TEST_CASE(a_result_that_comes_after_its_lease_is_refused_counted_and_booked_as_an_orphan, Waiting) {
  vendor = [](const auto&) { return after(10s, says("Paris")); };
  job = enqueue(of({"gpt-test"}));
  worker = &start();
  until([&] { return worker->line.open() == 1; });
  pass(9s);
  worker->road.be(Road::State::silent);
  pass(60s);  // the answer came, its settle waits; meanwhile the lease ends
  Process& other = start();
  finish(job);

  worker->road.be(Road::State::open);
  pass(10s);

  BOOST_TEST(worker->seen.late_writes.size() == 1u);
  BOOST_TEST(other.line.calls().size() == 1u);
  BOOST_TEST(result(job).seq == 2);
  BOOST_TEST(store.ended().at(CallId{job, CellNumber(0), 1}).orphan);
  BOOST_TEST(end_of(job, 0, 1).cost.value().nanos() == 20'000);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(leases_are_renewed_while_a_call_lasts, Waiting) {
  vendor = [](const auto&) { return after(115s, says("Paris")); };
  job = enqueue(of({"gpt-test"}));
  worker = &start();

  finish(job);

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(worker->line.calls().size() == 1u);
  BOOST_TEST(worker->seen.lost.empty());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(an_outage_shorter_than_the_cut_off_costs_no_lease, Waiting) {
  vendor = [](const auto&) { return after(100s, says("Paris")); };
  job = enqueue(of({"gpt-test"}));
  worker = &start();
  until([&] { return worker->line.open() == 1; });
  pass(12s);
  worker->road.be(Road::State::away);
  pass(28s);  // two renewals fall into it

  worker->road.be(Road::State::open);
  finish(job);

  BOOST_TEST(worker->seen.lost.empty());
  BOOST_TEST(worker->line.calls().size() == 1u);
  BOOST_TEST((result(job).verdict == Verdict::pass));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(answers_that_arrive_during_an_outage_are_stored_after_it, Waiting) {
  vendor = [](const auto&) { return after(5s, says("Paris")); };
  job = enqueue(of({"gpt-test"}, 20));
  worker = &start();
  until([&] { return worker->line.open() == 20; });
  pass(4s);

  worker->road.be(Road::State::away);
  pass(180s);
  BOOST_TEST(results(job) == 0u);
  worker->road.be(Road::State::open);
  finish(job);

  BOOST_TEST(results(job) == 20u);
  BOOST_TEST(worker->line.calls().size() == 20u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(what_waits_for_the_database_is_bounded, Waiting) {
  vendor = [](const auto&) { return says("Paris"); };
  for (int i = 0; i < 100; ++i) enqueue(of({"gpt-test"}));
  engine::Settings settings;
  settings.slots = 4;
  worker = &start(settings);
  worker->road.answer_waits = [this](const std::string& operation) { return close_the_road(operation); };

  pass(40s);

  BOOST_TEST(worker->seen.claims.size() <= 4u + 8u);
}

BOOST_FIXTURE_TEST_CASE(a_renewal_that_crosses_the_last_write_of_a_share_is_no_loss, Waiting) {
  vendor = [](const auto&) { return says("Paris"); };
  worker = &start();
  pass(5s);
  // The share is gone, and before its holder hears of it everybody renews.
  worker->road.answer_waits = [this](const std::string& operation) { return wait_for_a_renewal(operation); };
  job = enqueue(of({"gpt-test"}));

  finish(job);
  pass(30s);

  BOOST_TEST(worker->road.renewals >= 2u);
  BOOST_TEST(worker->seen.lost.empty());
  BOOST_TEST(worker->seen.ended_shares == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
