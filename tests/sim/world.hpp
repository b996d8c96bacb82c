#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/worker.hpp"
#include "pricing/price_book.hpp"
#include "queue/memory_store.hpp"
#include "routing/router.hpp"
#include "runtime/scope.hpp"
#include "runtime/virtual_port.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/faulty_queue.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/provider.hpp"
#include "tests/sim/trace.hpp"

namespace assay::sim {

struct Verdicts {
  std::optional<std::string> broken;  ///< the first sentence that did not hold
  std::uint64_t trace_hash = 0;
  FaultCounts faults;
  std::size_t jobs = 0, cells = 0, calls = 0, workers = 0;
};

struct Plan {
  std::uint64_t seed = 0;
  queue::MemoryStore::Faults planted;  ///< a bug on purpose
  bool print = false;                  ///< the trace, line by line
};

/// Runs one world from one seed to its end: a fleet of real engines on one simulated loop, a scripted vendor, a store in
/// memory, a web app that enqueues, cancels and pauses, and everything that can go wrong.
Verdicts run_world(const Plan& plan);

}  // namespace assay::sim
