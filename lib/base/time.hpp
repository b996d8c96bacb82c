#pragma once
#include <chrono>
#include <compare>
#include <cstdint>

namespace assay {

/// Durations and instants of this process's steady clock. Times that two programs compare are the database's and
/// reach C++ only as durations.
using Duration = std::chrono::nanoseconds;
using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;

/// The instant at which a piece of work is given up. `never()` waits for ever; use it only where something else bounds
/// the wait.
struct Deadline {
  Instant at;

  static constexpr Deadline never() { return Deadline{Instant::max()}; }
  constexpr bool passed(Instant now) const { return now >= at; }
  constexpr Duration left(Instant now) const { return passed(now) ? Duration::zero() : at - now; }
  constexpr Deadline earlier(Deadline other) const { return other.at < at ? other : *this; }
  friend constexpr auto operator<=>(const Deadline&, const Deadline&) = default;
};

/// A calendar day (UTC) as days since 1970-01-01: the partition key of results and ledger.
struct Day {
  std::int32_t since_epoch = 0;
  friend constexpr auto operator<=>(const Day&, const Day&) = default;
};

}  // namespace assay
