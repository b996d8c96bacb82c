#pragma once
#include "engine/leases.hpp"
#include "engine/merged_askings.hpp"
#include "engine/model_refresh.hpp"
#include "engine/model_routes.hpp"
#include "engine/observer.hpp"
#include "engine/persist.hpp"
#include "engine/settings.hpp"
#include "engine/suite_cache.hpp"
#include "http/transport.hpp"
#include "runtime/offload.hpp"
#include "runtime/random.hpp"

namespace assay::engine {

/// What a cell's steps reach for; all of it outlives the worker's run. The program chooses the real parts, the
/// simulator its own.
struct Tools {
  Loop& loop;
  Persist& persist;
  http::Transport& transport;
  ModelRoutes& routes;
  SuiteCache& suites;
  Offload& offload;
  Random& random;
  Observer& observer;
  const Settings& settings;
  MergedAskings& askings;
  ModelRefresh& models;
};

}  // namespace assay::engine
