#pragma once
#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace assay::telemetry {

/// What the process knows about its own health, told by its parts and asked by the health server. Any thread.
///
/// Alive says only that the event loop moves: a process is not restarted because a database is away. Ready says that
/// it can take work: database reached lately, schema fits, not draining.
class Health {
 public:
  struct Limits {
    Duration loop_silence = std::chrono::seconds(15);      ///< without a beat for longer the loop is stuck
    Duration database_silence = std::chrono::seconds(15);  ///< without an answer for longer the database is away
  };
  struct Answer {
    bool good = false;
    std::vector<std::string> reasons;  ///< for people; empty when good
  };

  Health(Limits limits, Instant now);

  /// The event loop moved. Called by a timer on the loop, at least three times within `loop_silence`. One store.
  void beat(Instant now);
  /// The start is complete: configuration read, parts built, database reached once.
  void started();
  void database_answered(Instant now);
  /// `detail` never holds a secret: it is shown to whoever asks.
  void database_failed(std::string detail);
  void schema_fits();
  void schema_differs(std::string detail);
  /// From now on no new work is taken.
  void draining();

  Answer live(Instant now) const;
  Answer ready(Instant now) const;
  Answer startup() const;

 private:
  const Limits limits_;
  std::atomic<Duration::rep> last_beat_;
  mutable std::mutex mutex_;
  Instant database_answered_at_ = Instant::min();
  std::string database_trouble_ = "not reached yet";
  std::string schema_trouble_ = "not checked yet";
  bool started_ = false;
  bool draining_ = false;
};

}  // namespace assay::telemetry
