#pragma once
#include <optional>

#include "base/time.hpp"

namespace assay {

/// The loop's door to time and events: epoll in production, a virtual clock in tests.
class Port {
 public:
  virtual ~Port() = default;

  /// The clock by which the loop lives. Never goes back.
  virtual Instant now() = 0;

  /// Blocks until something happens, wake() is called, or `until` passes (empty: no bound), and hands events to those
  /// who watch for them. Handlers only mark work as ready; they never run it.
  virtual void wait(std::optional<Instant> until) = 0;

  /// Ends the current or the next wait. Any thread.
  virtual void wake() = 0;
};

}  // namespace assay
