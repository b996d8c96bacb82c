#pragma once
#include <string>

#include "queue/memory_queue.hpp"
#include "runtime/random.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/trace.hpp"

namespace assay::sim {

/// The road between a worker and its database: slow, at times closed for longer than a lease, and apt to lose a
/// statement before it arrives or the answer after it was committed.
class FaultyQueue final : public queue::JobQueue, public queue::MemoryQueue::Midway {
 public:
  FaultyQueue(Loop& loop, queue::MemoryStore& store, std::string worker, Random random, FaultCounts& faults, Oracle& oracle, Trace& trace);

  /// Holds every statement back until this instant.
  void partition_until(Instant until) { closed_until_ = until; }

  Task<Result<queue::Claimed, queue::Outage>> claim(queue::ClaimRequest request) override;
  Task<Result<queue::BeginAnswer, queue::Outage>> begin(queue::CallIntent intent) override;
  Task<Result<queue::SettleAnswer, queue::Outage>> settle(queue::SealedSettlement settlement) override;
  Task<Result<std::vector<LeaseRef>, queue::Outage>> renew(std::vector<LeaseRef> leases) override;
  Task<Result<bool, queue::Outage>> release(LeaseRef lease, queue::Release how) override;
  Task<Result<queue::SettleAnswer, queue::Outage>> close(LeaseRef lease) override;
  Task<Result<bool, queue::Outage>> run_alone(LeaseRef lease) override;
  Task<Result<Swept, queue::Outage>> sweep() override;
  Task<Result<std::int64_t, queue::Outage>> control() override;
  Task<Result<std::string, queue::Outage>> suite(SuiteId id) override;

  Task<> pass(const char* operation) override;  ///< between the steps of a transaction

 private:
  template <class T>
  Task<Result<T, queue::Outage>> carry(const char* operation, JobId touched, Task<Result<T, queue::Outage>> statement);

  Loop& loop_;
  std::string worker_;
  Random random_;
  FaultCounts& faults_;
  Oracle& oracle_;
  Trace& trace_;
  queue::MemoryQueue inner_;
  Instant closed_until_{};
};

}  // namespace assay::sim
