#pragma once
#include <string_view>
#include <utility>

#include "engine/observer.hpp"
#include "queue/job_queue.hpp"
#include "runtime/loop.hpp"
#include "runtime/random.hpp"
#include "runtime/wait.hpp"

namespace assay::engine {

/// Says things to the queue until it has heard them: an outage, or an answer that was lost, is met by saying the same
/// again after a wait (0.2 s doubling to 5 s, full jitter). Every queue operation is idempotent, so this is safe.
/// Await `.shielded()` what must be written whatever is stopped meanwhile; the caller bounds what is waiting.
class Persist {
 public:
  Persist(Loop& loop, queue::JobQueue& queue, Random& random, Observer& observer)
      : loop_(loop), queue_(queue), random_(random), observer_(observer) {}

  /// What is said belongs to the awaiting frame.
  Task<queue::BeginAnswer> begin(const queue::CallIntent& intent);
  Task<queue::SettleAnswer> settle(queue::SealedSettlement settlement);
  Task<bool> release(LeaseRef lease, queue::Release how);
  Task<queue::SettleAnswer> close(LeaseRef lease);
  Task<bool> run_alone(LeaseRef lease);
  Task<std::string> suite(SuiteId id);

  queue::JobQueue& queue() { return queue_; }

 private:
  Task<> wait_out(std::string_view operation, const queue::Outage& outage, int tries);

  Loop& loop_;
  queue::JobQueue& queue_;
  Random& random_;
  Observer& observer_;
};

}  // namespace assay::engine
