#pragma once
#include <functional>
#include <string>

#include "engine/leases.hpp"
#include "engine/plan.hpp"
#include "engine/tools.hpp"
#include "runtime/wait.hpp"

namespace assay::engine {

/// How a cell's run ended, for the share that it belongs to.
struct CellOutcome {
  enum class How {
    stored,     ///< its result is committed
    put_back,   ///< it stays open: the provider asked to come later
    left_open,  ///< it stays open: this process is draining
    lost        ///< the lease is another's
  };
  How how = How::lost;
  Duration wake_after{};
  std::string reason;
};

/// What a cell reports while it runs.
struct CellHooks {
  std::function<bool()> closes_share;  ///< asked when its result is about to be stored: is it the share's last?
  std::function<void()> answered;      ///< the provider is done with it: its slot is free
  std::function<bool()> draining;      ///< true: no further try, hand the cell back
};

/// Runs one cell from plan to stored result: each try is a durable intent, then the call; one count, one deadline and
/// one budget bound them all. `slot` is given back when no further call is needed. A fault of ours in planning or
/// judging ends the cell as error/internal; only the queue's exceptions leave.
/// Throws Stopped only when stopped between calls; a call that is cut is booked first.
Task<CellOutcome> run_cell(Tools& tools, HeldLease& held, std::shared_ptr<const LoadedSuite> suite, CellNumber cell,
                           Semaphore::Permit slot, CellHooks hooks);

}  // namespace assay::engine
