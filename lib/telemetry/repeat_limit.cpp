#include "telemetry/repeat_limit.hpp"

#include <utility>

namespace assay::telemetry {

RepeatLimit::Answer RepeatLimit::admit(std::string_view event, WallTime now) {
  if (repeats_ == 0) return {};
  Count& count = count_of(event, now);
  const bool clock_went_back = now < count.since;
  if (clock_went_back || now - count.since >= window_) {
    count.since = now;
    count.passed = 0;
  }
  if (count.passed >= repeats_) {
    ++count.suppressed;
    return {false, 0};
  }
  ++count.passed;
  return {true, std::exchange(count.suppressed, 0)};
}

std::vector<RepeatLimit::Suppressed> RepeatLimit::take_suppressed() {
  std::vector<Suppressed> all;
  for (auto& [event, count] : counts_) {
    if (count.suppressed > 0) all.push_back({event, std::exchange(count.suppressed, 0)});
  }
  return all;
}

RepeatLimit::Count& RepeatLimit::count_of(std::string_view event, WallTime now) {
  const auto known = counts_.find(event);
  if (known != counts_.end()) return known->second;
  const std::string_view name = counts_.size() < most_events ? event : std::string_view("(other events)");
  return counts_.try_emplace(std::string(name), Count{now, 0, 0}).first->second;
}

}  // namespace assay::telemetry
