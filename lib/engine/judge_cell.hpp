#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/plan.hpp"
#include "job/cell_result.hpp"
#include "job/completion.hpp"

namespace assay::engine {

/// From an answer to the row it ends in: judged, priced, and made storable. A pure function.
/// A usage that the provider left out is estimated, and says so. `latency` is the answering call's, where it was measured.
CellResult judge_cell(const CellPlan& plan, const LoadedSuite& suite, std::int32_t seq, Completion completion, const Settings& settings,
                      std::optional<Duration> latency = std::nullopt);

/// Whether judging an answer of so many bytes takes long enough to be done off the loop.
bool heavy(const CellPlan& plan, const LoadedSuite& suite, std::size_t answer_bytes, const Settings& settings);

/// The row of a cell whose answer could not be judged by our own fault: it keeps what was paid.
CellResult broken_cell(const CellPlan& plan, std::int32_t seq, Usage usage, std::string_view service_tier, std::size_t answer_bytes,
                       const std::string& what);

/// The row of a cell that got no answer to judge.
CellResult error_cell(const CellPlan& plan, const Failure& failure);
CellResult error_cell(CellNumber cell, const std::string& model, const Failure& failure);

}  // namespace assay::engine
