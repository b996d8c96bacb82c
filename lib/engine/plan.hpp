#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "engine/tools.hpp"
#include "engine/model_routes.hpp"
#include "job/failure.hpp"
#include "providers/dialect.hpp"

namespace assay::engine {

/// All that a cell's calls have in common, worked out before the first: a pure function of values. The texts stay in
/// the suite: ten thousand cells in flight share them.
struct CellPlan {
  CellNumber cell;
  GridPlace place;
  std::string model;  ///< as the job asked for it
  std::shared_ptr<const ModelRoute> route;
  Sampling sampling;
  bool stream = false;               ///< the answer is asked for piece by piece
  std::int64_t prompt_tokens = 0;    ///< of its texts, at most, by estimate: for a usage that the provider leaves out
  PriorCalls before;                 ///< by earlier holders of the share
};

/// The suite has the cases that the lease names (require).
Result<CellPlan, Failure> plan_cell(const Tools& tools, const Lease& lease, const LoadedSuite& suite, CellNumber cell);

/// The request of the plan's `seq`-th call, and the most it can cost (empty: unknown).
struct PlannedCall {
  CallId id;
  http::Request request;
  std::optional<Money> bound;
  bool stream = false;
};
PlannedCall plan_call(const Tools& tools, const CellPlan& plan, const LoadedSuite& suite, const Lease& lease, std::int32_t seq);

}  // namespace assay::engine
