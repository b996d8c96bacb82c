#pragma once
#include <string>
#include <vector>

#include "queue/job_queue.hpp"
#include "queue/memory_store.hpp"
#include "runtime/loop.hpp"

namespace assay::queue {

/// One worker's door to a MemoryStore. Operations complete without waiting, unless a `Midway` is given: then each passes
/// through it between its steps, as a transaction in progress whose rows are locked; being abandoned there rolls it back.
class MemoryQueue final : public JobQueue {
 public:
  /// The moments inside an operation at which the world may move on.
  class Midway {
   public:
    virtual ~Midway() = default;
    virtual Task<> pass(const char* operation) = 0;
  };

  MemoryQueue(Loop& loop, MemoryStore& store, std::string worker, std::vector<std::string> queues = {"default"}, Midway* midway = nullptr);

  Task<Result<Claimed, Outage>> claim(ClaimRequest request) override;
  Task<Result<BeginAnswer, Outage>> begin(CallIntent intent) override;
  Task<Result<SettleAnswer, Outage>> settle(SealedSettlement settlement) override;
  Task<Result<std::vector<LeaseRef>, Outage>> renew(std::vector<LeaseRef> leases) override;
  Task<Result<bool, Outage>> release(LeaseRef lease, Release how) override;
  Task<Result<SettleAnswer, Outage>> close(LeaseRef lease) override;
  Task<Result<bool, Outage>> run_alone(LeaseRef lease) override;
  Task<Result<Swept, Outage>> sweep() override;
  Task<Result<std::int64_t, Outage>> control() override;
  Task<Result<std::string, Outage>> suite(SuiteId id) override;

 private:
  Task<> midway(const char* operation);

  Loop& loop_;
  MemoryStore& store_;
  std::string worker_;
  std::vector<std::string> queues_;
  Midway* midway_;
};

}  // namespace assay::queue
