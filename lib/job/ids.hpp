#pragma once
#include <cstdint>
#include <string>

#include "base/id.hpp"

namespace assay {

using SuiteId = Id<struct SuiteTag>;
using JobId = Id<struct JobTag>;
using ShareId = Id<struct ShareTag>;

/// The fence: a number that grows with every claim. Whoever holds the newest one may write.
using Token = Id<struct TokenTag>;

/// A cell's place in its job's grid, counted from 0.
using CellNumber = Id<struct CellTag, std::int32_t>;

/// Names one call to a provider: the n-th call (from 1) for a cell. Unique in a database: it is the ledger's key.
struct CallId {
  JobId job;
  CellNumber cell;
  std::int32_t seq = 0;
  friend constexpr auto operator<=>(const CallId&, const CallId&) = default;
};

/// "41.7.1": what travels in X-Request-ID, in logs, and in the fake provider's ledger.
std::string to_string(const CallId& id);

}  // namespace assay
