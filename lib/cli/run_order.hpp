#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "job/cell_result.hpp"
#include "job/lease.hpp"

namespace assay::cli {

/// A suite to be run in this process.
struct RunOrder {
  std::string suite;  ///< JSON, as put_suite takes it
  std::vector<std::string> models;
  std::int32_t cases = 0, repeats = 1;
  std::optional<Money> max_cost;
  Sampling sampling;  ///< over the suite's defaults
};

/// What came of it. Cells that did not finish have no result.
struct RunReport {
  JobTerms terms;
  std::vector<CellResult> results;  ///< ascending by cell
  bool interrupted = false;
};

}  // namespace assay::cli
