#include "tests/sim/faulty_queue.hpp"

#include <utility>

#include "runtime/wait.hpp"

namespace assay::sim {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using queue::Outage;

}  // namespace

FaultyQueue::FaultyQueue(Loop& loop, queue::MemoryStore& store, std::string worker, Random random, FaultCounts& faults, Oracle& oracle, Trace& trace)
    : loop_(loop), worker_(std::move(worker)), random_(random), faults_(faults), oracle_(oracle), trace_(trace),
      inner_(loop, store, worker_, {"default"}, this) {}

Task<> FaultyQueue::pass(const char*) {
  // Mostly short; at times a transaction hangs for seconds between its lock and its write.
  const Duration pause = random_.chance(0.02) ? Duration(milliseconds(random_.below(8'000))) : Duration(microseconds(random_.below(3'000)));
  Sleep sleep = sleep_for(loop_, pause);
  co_await sleep;
}

template <class T>
Task<Result<T, Outage>> FaultyQueue::carry(const char* operation, JobId touched, Task<Result<T, Outage>> statement) {
  if (closed_until_ > loop_.now()) co_await sleep_until(loop_, closed_until_);
  co_await sleep_for(loop_, microseconds(50 + random_.below(500)));
  if (random_.chance(0.01)) {
    faults_.count(Fault::statement_lost);
    Outage outage{false, "lost on the way"};
    co_return assay::failure(outage);
  }
  Result<T, Outage> answer = co_await statement;
  trace_.note(worker_ + " " + operation);
  if (touched.value != 0) oracle_.check(touched);
  if (random_.chance(0.01)) {
    faults_.count(Fault::answer_lost);
    Outage outage{true, "the answer was lost"};
    co_return assay::failure(outage);
  }
  co_return answer;
}

Task<Result<queue::Claimed, Outage>> FaultyQueue::claim(queue::ClaimRequest request) {
  // A claim whose answer is lost leaves shares running under a holder that never heard of them: the rescue's business.
  Task<Result<queue::Claimed, Outage>> statement = inner_.claim(request);
  Result<queue::Claimed, Outage> claimed = co_await carry("claim", JobId(0), std::move(statement)).shielded();
  if (claimed) {
    for (const Lease& lease : claimed->leases) oracle_.lease_given(lease);
  }
  co_return claimed;
}

Task<Result<queue::BeginAnswer, Outage>> FaultyQueue::begin(queue::CallIntent intent) {
  const JobId job = intent.lease.job;
  Task<Result<queue::BeginAnswer, Outage>> statement = inner_.begin(std::move(intent));
  co_return co_await carry("begin", job, std::move(statement)).shielded();
}

Task<Result<queue::SettleAnswer, Outage>> FaultyQueue::settle(queue::SealedSettlement settlement) {
  const JobId job = settlement->lease.job;
  Task<Result<queue::SettleAnswer, Outage>> statement = inner_.settle(std::move(settlement));
  co_return co_await carry("settle", job, std::move(statement)).shielded();
}

Task<Result<std::vector<LeaseRef>, Outage>> FaultyQueue::renew(std::vector<LeaseRef> leases) {
  Task<Result<std::vector<LeaseRef>, Outage>> statement = inner_.renew(std::move(leases));
  co_return co_await carry("renew", JobId(0), std::move(statement)).shielded();
}

Task<Result<bool, Outage>> FaultyQueue::release(LeaseRef lease, queue::Release how) {
  Task<Result<bool, Outage>> statement = inner_.release(lease, std::move(how));
  co_return co_await carry("release", lease.job, std::move(statement)).shielded();
}

Task<Result<queue::SettleAnswer, Outage>> FaultyQueue::close(LeaseRef lease) {
  Task<Result<queue::SettleAnswer, Outage>> statement = inner_.close(lease);
  co_return co_await carry("close", lease.job, std::move(statement)).shielded();
}

Task<Result<bool, Outage>> FaultyQueue::run_alone(LeaseRef lease) {
  Task<Result<bool, Outage>> statement = inner_.run_alone(lease);
  Result<bool, Outage> alone = co_await carry("run_alone", lease.job, std::move(statement)).shielded();
  if (alone && *alone) faults_.count(Fault::suspect_ran_alone);
  co_return alone;
}

Task<Result<queue::JobQueue::Swept, Outage>> FaultyQueue::sweep() {
  Task<Result<Swept, Outage>> statement = inner_.sweep();
  Result<Swept, Outage> swept = co_await carry("sweep", JobId(0), std::move(statement)).shielded();
  if (swept) {
    for (std::int32_t i = 0; i < swept->quarantined; ++i) faults_.count(Fault::job_quarantined);
    for (std::int32_t i = 0; i < swept->rescued; ++i) faults_.count(Fault::lease_expired);
  }
  co_return swept;
}

Task<Result<std::int64_t, Outage>> FaultyQueue::control() {
  Task<Result<std::int64_t, Outage>> statement = inner_.control();
  co_return co_await carry("control", JobId(0), std::move(statement)).shielded();
}

Task<Result<std::string, Outage>> FaultyQueue::suite(SuiteId id) {
  Task<Result<std::string, Outage>> statement = inner_.suite(id);
  co_return co_await carry("suite", JobId(0), std::move(statement)).shielded();
}

}  // namespace assay::sim
