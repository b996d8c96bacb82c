#pragma once
#include <cstdint>

#include "engine/keeper.hpp"
#include "engine/leases.hpp"
#include "engine/tools.hpp"
#include "runtime/scope.hpp"
#include "runtime/wait.hpp"

namespace assay::engine {

/// A worker: claims shares for its free slots, runs them, keeps their leases, and leaves in good order.
///
/// Loop thread only. run() returns when a drain has ended. Stopping is: claim no more, finish what fits into the grace
/// time, cut and book the rest, hand the leases back with attempts unchanged. Destroying a Worker in mid-run is what a
/// crash looks like to the rest of the fleet. With `build_models` it also follows the models that people add and remove
/// while it runs; `router` and `prices` hold until the first such set.
class Worker {
 public:
  Worker(Loop& loop, queue::JobQueue& queue, http::Transport& transport, const routing::Router& router,
         const pricing::PriceBook& prices, Offload& offload, Random& random, Observer& observer, Settings settings,
         BuildModels build_models = {});
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  Task<> run();

  /// Starts the drain: run() returns by the grace time from here, whatever the database does. Again: no effect.
  void drain();
  bool draining() const { return draining_; }

  /// There may be work: a notification came, or a slot is free.
  void wake();

  /// Whether wake() can be relied on: then polls are rare. A change looks for work once, for a hint may have been lost.
  void hints_arrive(bool arrive);

  std::size_t calls_in_flight() const { return slots_.held(); }
  std::size_t leases() const { return leases_.size(); }
  const Settings& settings() const { return settings_; }

 private:
  class Demand;
  Task<> heard(Task<> work);
  Task<> claim_until_drained(Scope& shares);
  Task<> run_lease(Lease lease);
  Task<> hold_lease(Lease lease);
  Task<> be_alone(HeldLease& held, std::size_t own);
  Task<> leave(Scope& claims, Scope& shares, Scope& upkeep);
  std::int32_t free_slots() const;
  std::int32_t worth_claiming() const;
  void cell_answered();

  Loop& loop_;
  const Settings settings_;
  Observer& observer_;
  Random& random_;
  Persist persist_;
  SuiteCache suites_;
  ModelRoutes routes_;
  MergedAskings askings_;
  ModelRefresh models_;
  Tools tools_;
  LeaseTable leases_;
  Keeper keeper_;
  Semaphore slots_;
  Signal woke_, quiet_;
  std::int32_t free_seen_;   ///< free_slots() when it was last looked at
  std::size_t demand_ = 0;   ///< cells claimed and not yet answered
  std::size_t unsettled_ = 0;  ///< cells claimed and not yet ended: bounds what waits for the database
  bool exclusive_ = false;   ///< a suspect is held: claim nothing beside it
  bool draining_ = false;
  Instant drain_began_;
  bool hints_arrive_ = false;
  bool hinted_ = false;      ///< somebody said that there may be work
};

}  // namespace assay::engine
