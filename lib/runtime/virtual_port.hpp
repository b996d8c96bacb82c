#pragma once
#include <condition_variable>
#include <mutex>

#include "runtime/port.hpp"

namespace assay {

/// A Port whose clock moves only when the loop waits, and then jumps to where it would wake: an hour takes no time.
/// With nothing to wait for it blocks until wake(). For tests and the simulator.
class VirtualPort final : public Port {
 public:
  Instant now() override { return now_; }
  void wait(std::optional<Instant> until) override;
  void wake() override;

  /// Moves the clock forward, as a jump that nobody waited for.
  void jump(Duration by) { now_ += by; }

 private:
  Instant now_{};
  std::mutex lock_;
  std::condition_variable changed_;
  bool woken_ = false;
};

}  // namespace assay
