#pragma once
#include <cstdint>

#include "engine/leases.hpp"
#include "engine/observer.hpp"
#include "engine/settings.hpp"
#include "queue/job_queue.hpp"
#include "runtime/loop.hpp"
#include "runtime/random.hpp"
#include "runtime/wait.hpp"

namespace assay::engine {

/// What a worker does by the clock, beside its work: renews its leases, reads the control number and asks what it lost
/// when that moved, enforces the local cut-off, and takes its turn at the fleet's upkeep. Every interval is jittered by
/// a tenth, so that replicas do not march in step.
class Keeper {
 public:
  Keeper(Loop& loop, queue::JobQueue& queue, LeaseTable& leases, Random& random, Observer& observer, const Settings& settings)
      : loop_(loop), queue_(queue), leases_(leases), random_(random), observer_(observer), settings_(settings) {}

  /// Each runs until it is stopped. `woke` is notified when a sweep put work back.
  Task<> renew_leases();
  Task<> watch_control(Signal& woke);
  Task<> enforce_cutoffs();
  Task<> sweep(Signal& woke);

 private:
  /// True: every lease has been asked for.
  Task<bool> renew_all();
  Task<> pause(Duration interval);

  Loop& loop_;
  queue::JobQueue& queue_;
  LeaseTable& leases_;
  Random& random_;
  Observer& observer_;
  const Settings& settings_;
};

}  // namespace assay::engine
