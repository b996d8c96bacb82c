#pragma once
#include <functional>

#include "engine/leases.hpp"
#include "engine/tools.hpp"
#include "runtime/wait.hpp"

namespace assay::engine {

/// What a share's run needs of the worker around it.
struct ShareHooks {
  std::function<bool()> draining;       ///< true: start no further cell
  std::function<void()> cell_answered;  ///< a cell needs no slot any more
};

/// Runs a claimed share to its end: its open cells concurrently, each in a slot; then it is closed, or handed back with
/// what is left. An exception in a cell hands the share back too.
Task<> run_share(Tools& tools, HeldLease& held, Semaphore& slots, ShareHooks hooks);

}  // namespace assay::engine
