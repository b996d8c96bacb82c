#pragma once

namespace assay {

/// Why waiting work is asked to end.
enum class StopReason { none, cancelled, lease_lost, draining, forced };

/// Thrown by a stoppable wait (sleep, acquire, a signal) when its Stop is requested. Caught by the Scope that owns the
/// work; a transport turns it into an answer instead, and the queue's waits are not stoppable.
struct Stopped {
  StopReason reason;
};

/// A request to end, one node of a tree: requesting a node requests all below it. Every Task knows the node of the
/// Scope it runs in. Loop thread only. A node outlives everything that waits under it.
class Stop {
 public:
  /// Something that waits and wants to hear of the request: at most once, and never from inside its own call.
  class Waiter {
   public:
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    void unlink();
    bool linked() const { return previous_ != nullptr; }

    virtual ~Waiter() { unlink(); }

   private:
    friend class Stop;
    virtual void on_stop(StopReason reason) = 0;
    Waiter* previous_ = nullptr;
    Waiter* next_ = nullptr;
  };

  Stop();
  explicit Stop(Stop& parent);
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;
  ~Stop();

  bool requested() const { return reason_ != StopReason::none; }
  StopReason reason() const { return reason_; }

  /// Asks everything below to end. Only the first reason counts.
  void request(StopReason reason);

  /// Links a waiter. The caller has checked requested() first.
  void add(Waiter& waiter);

 private:
  struct Child final : Waiter {
    Stop* owner = nullptr;
    void on_stop(StopReason reason) override { owner->request(reason); }
  };
  struct Head final : Waiter {
    void on_stop(StopReason) override {}
  };

  StopReason reason_ = StopReason::none;
  Head waiters_;  // a ring
  Child in_parent_;
};

}  // namespace assay
