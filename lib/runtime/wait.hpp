#pragma once
#include <coroutine>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "base/time.hpp"
#include "runtime/loop.hpp"
#include "runtime/stop.hpp"

namespace assay {

/// The base of stoppable waits: at most one of "it came", "time is up" and "stop" wakes it, and whichever comes first
/// counts: an outcome that has come is never taken back by a later stop. Lives in the awaiting coroutine's frame.
class Wait : public Loop::Ready, public Stop::Waiter, public Loop::Timer {
 public:
  Wait(const Wait&) = delete;
  Wait& operator=(const Wait&) = delete;

 protected:
  enum class Outcome { pending, came, timed_out, stopped };

  Wait(Loop& loop, Deadline deadline) : Timer(loop), loop_(loop), deadline_(deadline) {}
  ~Wait() override = default;

  /// Parks the coroutine. False: it need not wait, because a stop was requested or the deadline has passed.
  template <class Promise>
  bool park(std::coroutine_handle<Promise> handle) {
    waiting_ = handle;
    stop_ = handle.promise().stop;
    if (stop_ != nullptr && stop_->requested()) return settle_now(Outcome::stopped);
    if (deadline_.passed(loop_.now())) return settle_now(Outcome::timed_out);
    if (stop_ != nullptr) stop_->add(*this);
    if (deadline_ != Deadline::never()) set(deadline_.at);
    return true;
  }

  void finish(Outcome outcome) {
    if (outcome_ != Outcome::pending) return;
    outcome_ = outcome;
    Stop::Waiter::unlink();
    clear();
    left();
    loop_.make_ready(*this);
  }

  /// What came; throws Stopped when the stop was first. True: it came, false: time is up.
  bool resume() const {
    if (outcome_ == Outcome::stopped) throw Stopped{stop_->reason()};
    return outcome_ == Outcome::came;
  }

  bool pending() const { return outcome_ == Outcome::pending; }
  Loop& loop() const { return loop_; }

 private:
  bool settle_now(Outcome outcome) {
    outcome_ = outcome;
    return false;
  }
  void on_stop(StopReason) override { finish(Outcome::stopped); }
  void on_time() override { finish(Outcome::timed_out); }
  /// Called once when the wait ends by time or stop, to leave whatever queue it stands in.
  virtual void left() {}

  Loop& loop_;
  Deadline deadline_;
  Stop* stop_ = nullptr;
  Outcome outcome_ = Outcome::pending;
};

/// `co_await sleep_until(loop, instant)`: throws Stopped when the scope is stopped first.
class Sleep final : public Wait {
 public:
  Sleep(Loop& loop, Instant at) : Wait(loop, Deadline{at}) {}
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> handle) {
    return park(handle);
  }
  void await_resume() const { resume(); }
};

inline Sleep sleep_until(Loop& loop, Instant at) { return {loop, at}; }
inline Sleep sleep_for(Loop& loop, Duration duration) { return {loop, loop.now() + duration}; }

/// A flag that one or more coroutines wait for. notify() wakes all that wait; with nobody waiting it is remembered for
/// the next one. Loop thread only.
class Signal {
 public:
  explicit Signal(Loop& loop) : loop_(loop) {}
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  void notify();

  class Waiting final : public Wait {
   public:
    Waiting(Signal& signal, Deadline deadline) : Wait(signal.loop_, deadline), signal_(signal) {}
    ~Waiting() override;
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> handle) {
      if (signal_.set_) {
        signal_.set_ = false;
        came_at_once_ = true;
        return false;
      }
      if (!park(handle)) return false;
      signal_.waiting_.push_back(this);
      return true;
    }
    /// True: notified, false: the deadline passed.
    bool await_resume() const { return came_at_once_ || resume(); }

   private:
    friend class Signal;
    void left() override;
    Signal& signal_;
    bool came_at_once_ = false;
  };

  Waiting wait(Deadline deadline) { return {*this, deadline}; }

 private:
  Loop& loop_;
  std::deque<Waiting*> waiting_;
  bool set_ = false;
};

/// A bounded number of permits, handed out in the order of asking. Loop thread only.
class Semaphore {
 public:
  Semaphore(Loop& loop, std::size_t permits) : loop_(loop), free_(permits), total_(permits) {}
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;

  /// Holds a permit until destroyed.
  class Permit {
   public:
    Permit() = default;
    explicit Permit(Semaphore& owner) : owner_(&owner) {}
    Permit(Permit&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
    Permit& operator=(Permit&& other) noexcept {
      std::swap(owner_, other.owner_);
      return *this;
    }
    ~Permit() {
      if (owner_ != nullptr) owner_->release();
    }

   private:
    Semaphore* owner_ = nullptr;
  };

  class Acquire final : public Wait {
   public:
    explicit Acquire(Semaphore& semaphore) : Wait(semaphore.loop_, Deadline::never()), semaphore_(semaphore) {}
    ~Acquire() override;
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> handle) {
      if (!park(handle)) return false;
      if (semaphore_.free_ > 0 && semaphore_.waiting_.empty()) {
        --semaphore_.free_;
        granted_ = true;
        Stop::Waiter::unlink();
        return false;
      }
      semaphore_.waiting_.push_back(this);
      return true;
    }
    Permit await_resume();

   private:
    friend class Semaphore;
    void left() override;
    Semaphore& semaphore_;
    bool granted_ = false;
  };

  Acquire acquire() { return Acquire(*this); }
  std::size_t free() const { return free_; }
  std::size_t total() const { return total_; }
  std::size_t held() const { return total_ - free_; }

  /// Called when a permit comes back and nobody waits for it.
  void on_free(Signal* signal) { freed_ = signal; }

 private:
  void release();
  Loop& loop_;
  std::size_t free_, total_;
  std::deque<Acquire*> waiting_;
  Signal* freed_ = nullptr;
};

/// An answer that comes later, once: `Resolver::set` on the loop thread wakes the one coroutine that awaits the
/// OneShot. Not stoppable. Either side may go away first; an answer nobody waits for is dropped.
template <class T>
class OneShot {
  struct Awaiting;
  struct State {
    std::optional<T> value;
    Awaiting* awaiting = nullptr;
  };

  struct Awaiting final : Loop::Ready {
    Awaiting(Loop& loop_, std::shared_ptr<State> state_) : loop(loop_), state(std::move(state_)) {}
    ~Awaiting() {
      if (state->awaiting == this) state->awaiting = nullptr;
    }
    bool await_ready() const noexcept { return state->value.has_value(); }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> handle) {
      this->waiting_ = handle;
      state->awaiting = this;
    }
    T await_resume() { return std::move(*state->value); }
    void wake() { loop.make_ready(*this); }
    Loop& loop;
    std::shared_ptr<State> state;
  };

 public:
  class Resolver {
   public:
    explicit Resolver(std::shared_ptr<State> state) : state_(std::move(state)) {}
    void set(T value) const {
      if (state_->value) return;
      state_->value.emplace(std::move(value));
      if (state_->awaiting != nullptr) state_->awaiting->wake();
    }

   private:
    std::shared_ptr<State> state_;
  };

  explicit OneShot(Loop& loop) : loop_(loop), state_(std::make_shared<State>()) {}
  Resolver resolver() const { return Resolver(state_); }
  Awaiting operator co_await() const { return Awaiting(loop_, state_); }

 private:
  Loop& loop_;
  std::shared_ptr<State> state_;
};

}  // namespace assay
