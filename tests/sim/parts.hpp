#pragma once
#include <cstdint>

#include "engine/settings.hpp"
#include "pricing/price_book.hpp"
#include "queue/memory_store.hpp"
#include "routing/router.hpp"

namespace assay::sim {

/// The parts of a worker that a simulated fleet shares: two providers (in a hybrid world with a proxy behind them),
/// their prices, and suites of a few cases.
struct Parts {
  explicit Parts(bool hybrid);
  SuiteId suite_of(queue::MemoryStore& store, std::int32_t cases) const;
  std::int32_t cases_of(SuiteId suite) const;

  routing::Router router;
  pricing::PriceBook prices;

 private:
  mutable std::int32_t cases_by_suite_[8] = {};
};

/// A small worker: its limits are met within a short simulation.
engine::Settings fleet_settings();

}  // namespace assay::sim
