#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "telemetry/wall_clock.hpp"

namespace assay::telemetry {

/// Lets at most `repeats` lines of one event pass in a window, and counts the rest. Remembers at most 256 events; the
/// rest share one count. Not thread-safe: its owner holds a lock.
class RepeatLimit {
 public:
  static constexpr std::size_t most_events = 256;

  RepeatLimit(std::size_t repeats, std::chrono::milliseconds window) : repeats_(repeats), window_(window) {}

  struct Answer {
    bool passes = true;
    std::uint64_t suppressed = 0;  ///< lines of this event kept back since the last one that passed
  };
  Answer admit(std::string_view event, WallTime now);

  struct Suppressed {
    std::string event;
    std::uint64_t lines = 0;
  };
  /// What was kept back and never told; forgets it.
  std::vector<Suppressed> take_suppressed();

 private:
  struct Count {
    WallTime since;
    std::size_t passed = 0;
    std::uint64_t suppressed = 0;
  };
  Count& count_of(std::string_view event, WallTime now);

  std::size_t repeats_;
  std::chrono::milliseconds window_;
  std::map<std::string, Count, std::less<>> counts_;
};

}  // namespace assay::telemetry
