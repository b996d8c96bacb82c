#pragma once
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "queue/job_queue.hpp"
#include "queue/memory_store.hpp"
#include "runtime/loop.hpp"

/// What every JobQueue must do, in memory and on Postgres alike. A fixture offers the queue of one of several workers
/// and what a web app does; the macro at the end registers one Boost.Test case per sentence.
namespace assay::testing {

using queue::BeginAnswer;
using queue::CallIntent;
using queue::Claimed;
using queue::JobQueue;
using queue::MemoryStore;
using queue::SettleAnswer;
using queue::Settlement;

/// The world around a queue under test.
class QueueWorld {
 public:
  virtual ~QueueWorld() = default;
  virtual Loop& loop() = 0;
  virtual JobQueue& worker(int number) = 0;                   ///< leases last an hour unless expire() says otherwise
  virtual JobId enqueue(MemoryStore::Order order) = 0;        ///< order.suite is ignored: a suite of order.cases cases
  virtual bool cancel(JobId job) = 0;
  virtual JobId retry(JobId job, std::vector<CellNumber> cells) = 0;
  virtual void pause(bool paused) = 0;                        ///< queue "default"
  virtual void expire(int worker) = 0;                        ///< its leases end now, as if it had died
  virtual void make_due() = 0;                                ///< scheduled and throttled shares fall due now
  virtual std::string job_state(JobId job) = 0;
  virtual std::size_t results(JobId job) = 0;
  virtual std::int64_t reserved(JobId job) = 0;               ///< nanos, of a capped job
  virtual std::int64_t settled(JobId job) = 0;
  virtual std::size_t orphans(JobId job) = 0;
  virtual std::vector<std::string> verify() = 0;

  // Short words for the cases.
  template <class T>
  T must(Task<Result<T, queue::Outage>> task) {
    auto answer = loop().run(std::move(task));
    if (!answer) BOOST_FAIL("outage: " + answer.error().detail);
    return std::move(*answer);
  }
  std::vector<Lease> claim(int number, std::int32_t shares = 100, std::int32_t cells = 1000, bool suspect = false) {
    return must(worker(number).claim({shares, cells, suspect})).leases;
  }
  Lease claim_one(int number) {
    std::vector<Lease> leases = claim(number, 1, 1);
    BOOST_REQUIRE_EQUAL(leases.size(), 1u);
    return leases.front();
  }
  CallIntent intent(const Lease& lease, std::int32_t cell, std::int32_t seq, std::optional<std::int64_t> bound = 100) {
    CallIntent made;
    made.lease = lease.ref();
    made.id = CallId{lease.terms->job, CellNumber(cell), seq};
    made.provider = "fake";
    made.model = "m";
    made.request_hash = std::string(16, 'h');
    if (bound) made.bound = Money::nanos(*bound);
    return made;
  }
  BeginAnswer begin(int number, const Lease& lease, std::int32_t cell, std::int32_t seq = 1, std::optional<std::int64_t> bound = 100) {
    return must(worker(number).begin(intent(lease, cell, seq, bound)));
  }
  Settlement answer(const Lease& lease, std::int32_t cell, std::int32_t seq = 1, std::int64_t cost = 7) {
    Settlement made;
    made.lease = lease.ref();
    CellResult result;
    result.cell = CellNumber(cell);
    result.seq = seq;
    result.verdict = Verdict::pass;
    result.score = 1;
    result.requested_model = "m";
    result.provider = "fake";
    result.completion.text = "Paris";
    result.completion.usage.source = UsageSource::provider;
    result.completion.usage.input = 3;
    result.completion.usage.output = 4;
    result.cost = Money::nanos(cost);
    result.details = "[]";
    made.result = std::move(result);
    return made;
  }
  SettleAnswer settle(int number, Settlement settlement) { return must(worker(number).settle(std::move(settlement))); }
  void finish(int number, const Lease& lease) {
    for (const CellNumber cell : open_cells(lease)) {
      BOOST_REQUIRE(begin(number, lease, cell.value) == BeginAnswer::granted);
      BOOST_REQUIRE(settle(number, answer(lease, cell.value)) == SettleAnswer::stored);
    }
    BOOST_REQUIRE(must(worker(number).close(lease.ref())) == SettleAnswer::stored);
  }
  void crash(int number) {
    expire(number);
    must(worker(9).sweep());
  }
  void all_is_well() {
    for (const std::string& sentence : verify()) BOOST_ERROR(sentence);
  }
  static MemoryStore::Order one_cell() {
    MemoryStore::Order order;
    order.models = {"m"};
    return order;
  }
  static MemoryStore::Order cells(std::int32_t count, std::int32_t per_share = 64) {
    MemoryStore::Order order = one_cell();
    order.cases = count;
    order.cells_per_share = per_share;
    return order;
  }
};

namespace conformance {

inline void a_job_runs_from_enqueue_to_finished(QueueWorld& q) {
  const JobId job = q.enqueue(q.cells(3));
  BOOST_TEST(q.job_state(job) == "queued");
  const Lease lease = q.claim_one(1);
  BOOST_TEST(lease.terms->job.value == job.value);
  BOOST_TEST(lease.count == 3);
  BOOST_TEST(q.job_state(job) == "running");
  q.finish(1, lease);
  BOOST_TEST(q.job_state(job) == "finished");
  BOOST_TEST(q.results(job) == 3u);
  q.all_is_well();
}

inline void one_statement_can_store_and_close(QueueWorld& q) {
  const JobId job = q.enqueue(q.one_cell());
  const Lease lease = q.claim_one(1);
  BOOST_TEST((q.begin(1, lease, 0) == BeginAnswer::granted));
  Settlement last = q.answer(lease, 0);
  last.closes_share = true;
  BOOST_TEST((q.settle(1, last) == SettleAnswer::stored));
  BOOST_TEST((q.settle(1, last) == SettleAnswer::stored));  // sent again after a lost answer
  BOOST_TEST(q.job_state(job) == "finished");
  BOOST_TEST(q.results(job) == 1u);
  q.all_is_well();
}

inline void the_most_urgent_and_oldest_come_first(QueueWorld& q) {
  MemoryStore::Order order = q.one_cell();
  const JobId old = q.enqueue(order);
  const JobId young = q.enqueue(order);
  order.priority = 2;
  const JobId urgent = q.enqueue(order);
  BOOST_TEST(q.claim_one(1).terms->job.value == urgent.value);
  BOOST_TEST(q.claim_one(2).terms->job.value == old.value);
  BOOST_TEST(q.claim_one(1).terms->job.value == young.value);
}

inline void a_share_has_one_holder(QueueWorld& q) {
  q.enqueue(q.cells(4, 2));
  const std::vector<Lease> first = q.claim(1), second = q.claim(2);
  BOOST_TEST(first.size() == 2u);
  BOOST_TEST(second.empty());
}

inline void a_claim_stops_at_the_free_slots(QueueWorld& q) {
  q.enqueue(q.cells(10, 2));
  BOOST_TEST(q.claim(1, 100, 3).size() == 2u);
  BOOST_TEST(q.claim(1, 1, 100).size() == 1u);
  BOOST_TEST(q.claim(1).size() == 2u);
}

inline void tokens_grow_with_every_claim(QueueWorld& q) {
  q.enqueue(q.one_cell());
  const Lease first = q.claim_one(1);
  q.crash(1);
  const Lease second = q.claim_one(2);
  BOOST_TEST(second.token.value > first.token.value);
}

inline void a_superseded_worker_can_write_nothing(QueueWorld& q) {
  const JobId job = q.enqueue(q.one_cell());
  const Lease stale = q.claim_one(1);
  BOOST_TEST((q.begin(1, stale, 0) == BeginAnswer::granted));
  q.crash(1);
  const Lease fresh = q.claim_one(2);

  BOOST_TEST((q.begin(1, stale, 0, 2) == BeginAnswer::lost));
  BOOST_TEST((q.settle(1, q.answer(stale, 0)) == SettleAnswer::lost));
  BOOST_TEST((q.must(q.worker(1).close(stale.ref())) == SettleAnswer::lost));
  BOOST_TEST(!q.must(q.worker(1).release(stale.ref(), {})));
  BOOST_TEST(q.must(q.worker(1).renew({stale.ref()})).size() == 1u);
  BOOST_TEST(q.results(job) == 0u);
  BOOST_TEST(q.orphans(job) == 1u);  // its answer was paid for: booked, not stored

  BOOST_TEST(fresh.prior.size() == 1u);
  BOOST_TEST(fresh.prior.front().calls == 1);
  BOOST_TEST((q.begin(2, fresh, 0, 2) == BeginAnswer::granted));
  Settlement last = q.answer(fresh, 0, 2);
  last.closes_share = true;
  BOOST_TEST((q.settle(2, last) == SettleAnswer::stored));
  BOOST_TEST(q.job_state(job) == "finished");
  q.all_is_well();
}

inline void a_share_taken_over_resumes_with_its_open_cells(QueueWorld& q) {
  q.enqueue(q.cells(4));
  const Lease first = q.claim_one(1);
  q.begin(1, first, 0), q.settle(1, q.answer(first, 0));
  q.begin(1, first, 2), q.settle(1, q.answer(first, 2));
  q.begin(1, first, 3);
  q.crash(1);
  const Lease second = q.claim_one(2);
  BOOST_TEST((open_cells(second) == std::vector<CellNumber>{CellNumber(1), CellNumber(3)}));
  BOOST_REQUIRE(second.prior.size() == 1u);
  BOOST_TEST(second.prior.front().cell.value == 3);
  BOOST_TEST(second.prior.front().unknown);
  q.all_is_well();
}

inline void begin_and_settle_may_be_sent_again(QueueWorld& q) {
  MemoryStore::Order order = q.one_cell();
  order.max_cost = Money::nanos(1'000);
  const JobId job = q.enqueue(order);
  const Lease lease = q.claim_one(1);
  BOOST_TEST((q.begin(1, lease, 0) == BeginAnswer::granted));
  BOOST_TEST((q.begin(1, lease, 0) == BeginAnswer::granted));
  BOOST_TEST(q.reserved(job) == 100);
  BOOST_TEST((q.settle(1, q.answer(lease, 0)) == SettleAnswer::stored));
  BOOST_TEST((q.settle(1, q.answer(lease, 0)) == SettleAnswer::stored));
  BOOST_TEST(q.reserved(job) == 0);
  BOOST_TEST(q.settled(job) == 7);
  q.all_is_well();
}

inline void a_cap_is_never_passed(QueueWorld& q) {
  MemoryStore::Order order = q.cells(4);
  order.max_cost = Money::nanos(250);
  const JobId job = q.enqueue(order);
  const Lease lease = q.claim_one(1);
  BOOST_TEST(lease.terms->capped);
  BOOST_TEST((q.begin(1, lease, 0) == BeginAnswer::granted));
  BOOST_TEST((q.begin(1, lease, 1) == BeginAnswer::granted));
  BOOST_TEST((q.begin(1, lease, 2) == BeginAnswer::over_budget));
  BOOST_TEST((q.begin(1, lease, 3, 1, std::nullopt) == BeginAnswer::unknown_price));
  BOOST_TEST((q.settle(1, q.answer(lease, 0)) == SettleAnswer::stored));
  BOOST_TEST((q.begin(1, lease, 2) == BeginAnswer::granted));  // the rest of the reservation came back
  BOOST_TEST(q.reserved(job) + q.settled(job) == 207);
  q.all_is_well();
}

inline void a_failed_call_is_booked_and_the_cell_stays_open(QueueWorld& q) {
  MemoryStore::Order order = q.one_cell();
  order.max_cost = Money::nanos(1'000);
  const JobId job = q.enqueue(order);
  const Lease lease = q.claim_one(1);
  q.begin(1, lease, 0);
  Settlement failed;
  failed.lease = lease.ref();
  CallEnd end;
  end.id = CallId{job, CellNumber(0), 1};
  end.failure = Failure::Kind::overloaded;
  end.cost = Money::nanos(0);
  end.status = 529;
  failed.ended.push_back(end);
  BOOST_TEST((q.settle(1, failed) == SettleAnswer::stored));
  BOOST_TEST((q.settle(1, failed) == SettleAnswer::stored));
  BOOST_TEST(q.reserved(job) == 0);
  BOOST_TEST(q.results(job) == 0u);
  BOOST_TEST((q.begin(1, lease, 0, 2) == BeginAnswer::granted));
  q.all_is_well();
}

inline void a_throttled_call_uses_no_try(QueueWorld& q) {
  const JobId job = q.enqueue(q.one_cell());
  const Lease first = q.claim_one(1);
  q.begin(1, first, 0, 1);
  q.begin(1, first, 0, 2);
  Settlement failed;
  failed.lease = first.ref();
  CallEnd throttled;
  throttled.id = CallId{job, CellNumber(0), 1};
  throttled.failure = Failure::Kind::rate_limited;
  throttled.cost = Money::nanos(0);
  throttled.status = 429;
  CallEnd overloaded = throttled;
  overloaded.id.seq = 2;
  overloaded.failure = Failure::Kind::overloaded;
  failed.ended = {throttled, overloaded};
  BOOST_TEST((q.settle(1, failed) == SettleAnswer::stored));
  BOOST_TEST(q.must(q.worker(1).release(first.ref(), {})));
  const Lease second = q.claim_one(2);
  BOOST_REQUIRE(second.prior.size() == 1u);
  BOOST_TEST(second.prior[0].calls == 2);
  BOOST_TEST(second.prior[0].counted == 1);
  BOOST_TEST(!second.prior[0].unknown);
}

inline void a_call_cut_by_its_own_worker_uses_no_try_and_has_no_known_outcome(QueueWorld& q) {
  const JobId job = q.enqueue(q.cells(2));
  const Lease first = q.claim_one(1);
  Settlement cuts;
  cuts.lease = first.ref();
  for (const auto& [cell, kind] : {std::pair(0, Failure::Kind::outcome_unknown), std::pair(1, Failure::Kind::cancelled)}) {
    q.begin(1, first, cell, 1);
    CallEnd cut;
    cut.id = CallId{job, CellNumber(cell), 1};
    cut.failure = kind;
    cut.cost = Money::nanos(kind == Failure::Kind::cancelled ? 0 : 100);
    cuts.ended.push_back(cut);
  }
  BOOST_TEST((q.settle(1, cuts) == SettleAnswer::stored));
  BOOST_TEST(q.must(q.worker(1).release(first.ref(), {})));
  const Lease second = q.claim_one(2);
  BOOST_REQUIRE(second.prior.size() == 2u);
  BOOST_TEST(second.prior[0].calls == 1);
  BOOST_TEST(second.prior[0].counted == 0);
  BOOST_TEST(second.prior[0].unknown);   // it had left: nobody knows what it cost
  BOOST_TEST(second.prior[1].counted == 0);
  BOOST_TEST(!second.prior[1].unknown);  // it was never sent
  q.all_is_well();
}

inline void an_error_without_an_answer_ends_the_cell(QueueWorld& q) {
  const JobId job = q.enqueue(q.one_cell());
  const Lease lease = q.claim_one(1);
  q.begin(1, lease, 0);
  Settlement last = q.answer(lease, 0, 0);
  last.result->verdict = Verdict::error;
  last.result->failure = Failure::Kind::auth;
  last.result->cost.reset();
  CallEnd end;
  end.id = CallId{job, CellNumber(0), 1};
  end.failure = Failure::Kind::auth;
  end.cost = Money::nanos(0);
  end.status = 401;
  last.ended.push_back(end);
  last.closes_share = true;
  BOOST_TEST((q.settle(1, last) == SettleAnswer::stored));
  BOOST_TEST(q.job_state(job) == "finished");
  q.all_is_well();
}

inline void a_released_share_waits_and_comes_back(QueueWorld& q) {
  q.enqueue(q.one_cell());
  const Lease lease = q.claim_one(1);
  queue::Release later;
  later.wake_after = std::chrono::hours(1);
  later.reason = "rate_limited";
  BOOST_TEST(q.must(q.worker(1).release(lease.ref(), later)));
  const Claimed none = q.must(q.worker(1).claim({10, 10, false}));
  BOOST_TEST(none.leases.empty());
  BOOST_REQUIRE(none.next_due.has_value());
  BOOST_TEST((*none.next_due > std::chrono::minutes(59)));
  q.make_due();
  BOOST_TEST(q.must(q.worker(2).sweep()).promoted == 1);
  const Lease again = q.claim_one(2);
  BOOST_TEST(again.crashes == 0);
  q.finish(2, again);
  q.all_is_well();
}

inline void a_scheduled_job_waits_for_its_time(QueueWorld& q) {
  MemoryStore::Order order = q.one_cell();
  order.delay = std::chrono::hours(1);
  q.enqueue(order);
  BOOST_TEST(q.claim(1).empty());
  q.make_due();
  q.must(q.worker(1).sweep());
  BOOST_TEST(q.claim(1).size() == 1u);
}

inline void cancelling_takes_the_shares_away(QueueWorld& q) {
  const JobId job = q.enqueue(q.cells(4, 2));
  const std::vector<Lease> leases = q.claim(1, 1, 1);
  q.begin(1, leases[0], 0);
  const std::int64_t before = q.must(q.worker(1).control());
  BOOST_TEST(q.cancel(job));
  BOOST_TEST(!q.cancel(job));
  BOOST_TEST(q.must(q.worker(1).control()) != before);
  BOOST_TEST(q.must(q.worker(1).renew({leases[0].ref()})).size() == 1u);
  BOOST_TEST((q.begin(1, leases[0], 1) == BeginAnswer::lost));
  BOOST_TEST((q.settle(1, q.answer(leases[0], 0)) == SettleAnswer::lost));
  BOOST_TEST(q.job_state(job) == "cancelled");
  BOOST_TEST(q.claim(2).empty());
  BOOST_TEST(q.orphans(job) == 1u);
  q.all_is_well();
}

inline void a_paused_queue_hands_out_nothing(QueueWorld& q) {
  q.enqueue(q.one_cell());
  q.pause(true);
  BOOST_TEST(q.claim(1).empty());
  q.pause(false);
  BOOST_TEST(q.claim(1).size() == 1u);
}

inline void a_retry_is_a_new_job_with_the_cells_asked_for(QueueWorld& q) {
  MemoryStore::Order order = q.cells(3);
  order.models = {"a", "b"};
  const JobId job = q.enqueue(order);
  q.finish(1, q.claim_one(1));
  const JobId again = q.retry(job, {CellNumber(1), CellNumber(5)});
  BOOST_TEST(again.value != job.value);
  const Lease lease = q.claim_one(1);
  BOOST_TEST(lease.terms->job.value == again.value);
  BOOST_TEST(lease.count == 2);
  BOOST_TEST((place_of(*lease.terms, CellNumber(0)) == GridPlace{1, 0, 0}));
  BOOST_TEST((place_of(*lease.terms, CellNumber(1)) == GridPlace{2, 1, 0}));
  q.finish(1, lease);
  BOOST_TEST(q.job_state(job) == "finished");
  q.all_is_well();
}

inline void an_expired_lease_is_rescued_once(QueueWorld& q) {
  q.enqueue(q.one_cell());
  q.claim_one(1);
  BOOST_TEST(q.must(q.worker(2).sweep()).rescued == 0);
  q.expire(1);
  BOOST_TEST(q.must(q.worker(2).sweep()).rescued == 1);
  BOOST_TEST(q.must(q.worker(2).sweep()).rescued == 0);
  BOOST_TEST(q.claim_one(2).crashes == 1);
}

inline void a_finished_cell_clears_the_crash_count(QueueWorld& q) {
  q.enqueue(q.cells(3));
  q.claim_one(1);
  q.crash(1);
  const Lease second = q.claim_one(1);
  q.begin(1, second, 0);
  q.settle(1, q.answer(second, 0));
  q.crash(1);
  BOOST_TEST(q.claim_one(2).crashes == 1);
}

inline void two_crashes_make_a_suspect_that_runs_alone(QueueWorld& q) {
  q.enqueue(q.one_cell());
  q.claim_one(1);
  q.crash(1);
  q.claim_one(1);
  q.crash(1);
  BOOST_TEST(q.claim(2).empty());
  const std::vector<Lease> suspect = q.claim(2, 10, 10, true);
  BOOST_REQUIRE(suspect.size() == 1u);
  BOOST_TEST(suspect[0].suspect);
}

inline void only_crashes_while_alone_quarantine(QueueWorld& q) {
  const JobId poison = q.enqueue(q.one_cell());
  for (int crash = 0; crash < 2; ++crash) {
    q.claim_one(1);
    q.crash(1);
  }
  for (int crash = 0; crash < 4; ++crash) {  // not alone: never enough
    BOOST_REQUIRE(q.claim(1, 1, 1, true).size() == 1u);
    q.crash(1);
  }
  for (int crash = 0; crash < 3; ++crash) {
    BOOST_TEST(q.job_state(poison) == "running");
    const std::vector<Lease> suspect = q.claim(1, 1, 1, true);
    BOOST_REQUIRE(suspect.size() == 1u);
    BOOST_TEST(q.must(q.worker(1).run_alone(suspect[0].ref())));
    q.crash(1);
  }
  BOOST_TEST(q.job_state(poison) == "quarantined");
  BOOST_TEST(q.claim(1, 10, 10, true).empty());
  q.all_is_well();
}

inline void a_share_is_not_closed_before_all_its_cells_are_stored(QueueWorld& q) {
  const JobId job = q.enqueue(q.cells(2, 1));
  const std::vector<Lease> leases = q.claim(1);
  BOOST_REQUIRE(leases.size() == 2u);
  q.finish(1, leases[0]);
  BOOST_TEST(q.job_state(job) == "running");
  q.finish(1, leases[1]);
  BOOST_TEST(q.job_state(job) == "finished");
  q.all_is_well();
}

}  // namespace conformance

/// Registers every sentence for a fixture type that derives from QueueWorld.
#define ASSAY_QUEUE_SENTENCE(Fixture, sentence) \
  BOOST_FIXTURE_TEST_CASE(sentence, Fixture) { ::assay::testing::conformance::sentence(*this); }
#define ASSAY_QUEUE_CONFORMANCE(Fixture)                                                  \
  ASSAY_QUEUE_SENTENCE(Fixture, a_job_runs_from_enqueue_to_finished)                      \
  ASSAY_QUEUE_SENTENCE(Fixture, one_statement_can_store_and_close)                        \
  ASSAY_QUEUE_SENTENCE(Fixture, the_most_urgent_and_oldest_come_first)                    \
  ASSAY_QUEUE_SENTENCE(Fixture, a_share_has_one_holder)                                   \
  ASSAY_QUEUE_SENTENCE(Fixture, a_claim_stops_at_the_free_slots)                          \
  ASSAY_QUEUE_SENTENCE(Fixture, tokens_grow_with_every_claim)                             \
  ASSAY_QUEUE_SENTENCE(Fixture, a_superseded_worker_can_write_nothing)                    \
  ASSAY_QUEUE_SENTENCE(Fixture, a_share_taken_over_resumes_with_its_open_cells)           \
  ASSAY_QUEUE_SENTENCE(Fixture, begin_and_settle_may_be_sent_again)                       \
  ASSAY_QUEUE_SENTENCE(Fixture, a_cap_is_never_passed)                                    \
  ASSAY_QUEUE_SENTENCE(Fixture, a_failed_call_is_booked_and_the_cell_stays_open)          \
  ASSAY_QUEUE_SENTENCE(Fixture, a_throttled_call_uses_no_try)                             \
  ASSAY_QUEUE_SENTENCE(Fixture, a_call_cut_by_its_own_worker_uses_no_try_and_has_no_known_outcome) \
  ASSAY_QUEUE_SENTENCE(Fixture, an_error_without_an_answer_ends_the_cell)                 \
  ASSAY_QUEUE_SENTENCE(Fixture, a_released_share_waits_and_comes_back)                    \
  ASSAY_QUEUE_SENTENCE(Fixture, a_scheduled_job_waits_for_its_time)                       \
  ASSAY_QUEUE_SENTENCE(Fixture, cancelling_takes_the_shares_away)                         \
  ASSAY_QUEUE_SENTENCE(Fixture, a_paused_queue_hands_out_nothing)                         \
  ASSAY_QUEUE_SENTENCE(Fixture, a_retry_is_a_new_job_with_the_cells_asked_for)            \
  ASSAY_QUEUE_SENTENCE(Fixture, an_expired_lease_is_rescued_once)                         \
  ASSAY_QUEUE_SENTENCE(Fixture, a_finished_cell_clears_the_crash_count)                   \
  ASSAY_QUEUE_SENTENCE(Fixture, two_crashes_make_a_suspect_that_runs_alone)               \
  ASSAY_QUEUE_SENTENCE(Fixture, only_crashes_while_alone_quarantine)                      \
  ASSAY_QUEUE_SENTENCE(Fixture, a_share_is_not_closed_before_all_its_cells_are_stored)

}  // namespace assay::testing
