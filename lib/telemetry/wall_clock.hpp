#pragma once
#include <chrono>
#include <functional>
#include <string>

namespace assay::telemetry {

/// What a person's clock shows, for the time stamps of logs. Nothing is decided by it: times that two programs compare
/// are the database's, durations are the steady clock's.
using WallTime = std::chrono::system_clock::time_point;
using WallClock = std::function<WallTime()>;

/// The machine's clock.
WallClock system_wall_clock();

/// "2026-11-21T05:37:51.123Z": UTC with milliseconds (ISO 8601).
std::string to_iso8601(WallTime time);

}  // namespace assay::telemetry
