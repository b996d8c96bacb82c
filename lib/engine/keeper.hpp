#pragma once
#include <cstdint>
#include <functional>
#include <utility>

#include "engine/leases.hpp"
#include "engine/model_refresh.hpp"
#include "engine/observer.hpp"
#include "engine/settings.hpp"
#include "queue/job_queue.hpp"
#include "runtime/loop.hpp"
#include "runtime/random.hpp"
#include "runtime/wait.hpp"

namespace assay::engine {

/// What a worker does by the clock, beside its work: renews its leases, reads the control number and asks what it lost
/// and reads the stored models when that moved, enforces the local cut-off, and takes its turn at the fleet's upkeep. Every interval is jittered by
/// a tenth, so that replicas do not march in step. A renewal that was not heard is repeated every control interval, so
/// that an outage shorter than the cut-off costs no lease. After an outage nothing is swept for a while: every worker had
/// answers to write down, and a rescue would turn them away.
class Keeper {
 public:
  /// `work_may_wait` is called when a sweep put work back and when the control number moved.
  Keeper(Loop& loop, queue::JobQueue& queue, LeaseTable& leases, Random& random, Observer& observer, const Settings& settings,
         ModelRefresh& models, std::function<void()> work_may_wait)
      : loop_(loop), queue_(queue), leases_(leases), random_(random), observer_(observer), settings_(settings), models_(models),
        work_may_wait_(std::move(work_may_wait)) {}

  /// Each runs until it is stopped.
  Task<> renew_leases();
  Task<> watch_control();
  Task<> enforce_cutoffs();
  Task<> sweep();

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
  ModelRefresh& models_;
  std::function<void()> work_may_wait_;
  bool away_ = false;         ///< the database, as the control number's reader knows it
  Instant sweep_from_{};      ///< not before this
};

}  // namespace assay::engine
