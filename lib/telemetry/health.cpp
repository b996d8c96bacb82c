#include "telemetry/health.hpp"

#include <utility>

namespace assay::telemetry {
namespace {

Health::Answer answer(std::vector<std::string> reasons) {
  return {reasons.empty(), std::move(reasons)};
}

std::string seconds(Duration duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count()) + " s";
}

}  // namespace

Health::Health(Limits limits, Instant now) : limits_(limits), last_beat_(now.time_since_epoch().count()) {}

void Health::beat(Instant now) {
  last_beat_.store(now.time_since_epoch().count(), std::memory_order_relaxed);
}

void Health::started() {
  const std::lock_guard lock(mutex_);
  started_ = true;
}

void Health::database_answered(Instant now) {
  const std::lock_guard lock(mutex_);
  database_answered_at_ = now;
  database_trouble_.clear();
}

void Health::database_failed(std::string detail) {
  const std::lock_guard lock(mutex_);
  database_trouble_ = detail.empty() ? "no answer" : std::move(detail);
}

void Health::schema_fits() {
  const std::lock_guard lock(mutex_);
  schema_trouble_.clear();
}

void Health::schema_differs(std::string detail) {
  const std::lock_guard lock(mutex_);
  schema_trouble_ = detail.empty() ? "differs" : std::move(detail);
}

void Health::draining() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
}

Health::Answer Health::live(Instant now) const {
  const Duration silence = now - Instant(Duration(last_beat_.load(std::memory_order_relaxed)));
  if (silence <= limits_.loop_silence) return answer({});
  return answer({"the event loop has not moved for " + seconds(silence)});
}

// One failed statement is no outage: what counts is how long ago the database last answered.
Health::Answer Health::ready(Instant now) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> reasons;
  const bool never = database_answered_at_ == Instant::min();
  if (never) {
    reasons.push_back("database: " + database_trouble_);
  } else if (now - database_answered_at_ > limits_.database_silence) {
    const std::string trouble = database_trouble_.empty() ? "no answer" : database_trouble_;
    reasons.push_back("database: " + trouble + ", last answer " + seconds(now - database_answered_at_) + " ago");
  }
  if (!schema_trouble_.empty()) reasons.push_back("schema: " + schema_trouble_);
  if (draining_) reasons.push_back("draining");
  return answer(std::move(reasons));
}

Health::Answer Health::startup() const {
  const std::lock_guard lock(mutex_);
  if (started_) return answer({});
  return answer({"starting"});
}

}  // namespace assay::telemetry
