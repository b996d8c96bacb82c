#pragma once
#include <coroutine>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "runtime/port.hpp"
#include "runtime/task.hpp"

namespace assay {

/// One thread's event loop: a ready queue, timers, and a Port to wait in. All policy state lives on it, so that nothing
/// above runtime/ needs a lock. Time stands still while work runs and moves only when the loop waits.
class Loop {
 public:
  /// A place in the ready queue; destroying it takes it out. The base of everything a coroutine can wait on.
  class Ready {
   public:
    Ready() = default;
    Ready(const Ready&) = delete;
    Ready& operator=(const Ready&) = delete;
    void unlink();
    bool linked() const { return previous_ != nullptr; }

   protected:
    ~Ready() { unlink(); }
    std::coroutine_handle<> waiting_;

   private:
    friend class Loop;
    Ready* previous_ = nullptr;
    Ready* next_ = nullptr;
  };

  /// A call at an instant; destroying it takes it back. The call may only mark work as ready.
  class Timer {
   public:
    explicit Timer(Loop& loop) : loop_(loop) {}
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    void set(Instant at);
    void clear();
    bool armed() const { return armed_; }

    virtual ~Timer() { clear(); }

   private:
    friend class Loop;
    virtual void on_time() = 0;
    Loop& loop_;
    Instant at_{};
    std::uint64_t order_ = 0;  ///< timers of one instant fire in the order in which they were set, on every machine
    bool armed_ = false;
  };

  explicit Loop(Port& port);
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop();

  /// The loop's time: the instant at which its last wait ended.
  Instant now() const { return now_; }
  /// The port's clock, read afresh: for measuring how long work took.
  Instant measure() { return port_.now(); }

  /// Appends a waiting coroutine to the ready queue; it continues in this or the next turn, never inside this call.
  void make_ready(Ready& ready);

  /// Runs `work` on the loop's thread. Any thread. Work posted after the loop has ended is dropped with it.
  void post(std::function<void()> work);

  /// Drives `task` to its end and returns what it returns. Not reentrant.
  template <class T>
  T run(Task<T> task);

  /// The two halves of a turn, for those who drive the loop by hand: posted work, due timers and ready coroutines; and
  /// a wait that ends when there is work again, or by `until`.
  void work();
  void wait(Instant until);

  Stop& root() { return root_; }

 private:
  struct Ring final : Ready {};
  void run_posted();
  void run_ready();
  void fire_timers();
  void run_until(const bool& done);

  Port& port_;
  Instant now_;
  Stop root_;
  Ring ready_, mark_;
  std::map<std::pair<Instant, std::uint64_t>, Timer*> timers_;
  std::uint64_t timers_set_ = 0;
  std::mutex posted_lock_;
  std::vector<std::function<void()>> posted_;
};

namespace detail {

/// The outermost coroutine: starts at once, owns nothing, tells `done`.
struct Outermost {
  struct promise_type {
    Stop* stop = nullptr;
    Outermost get_return_object() { return Outermost{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { error = std::current_exception(); }
    std::exception_ptr error;
  };
  std::coroutine_handle<promise_type> handle;
};

template <class T>
Outermost drive(Task<T>& task, std::optional<T>& value, bool& done) {
  struct Done {
    bool& flag;
    ~Done() { flag = true; }
  } mark{done};
  value.emplace(co_await task);
}

inline Outermost drive(Task<void>& task, bool& done) {
  struct Done {
    bool& flag;
    ~Done() { flag = true; }
  } mark{done};
  co_await task;
}

struct DestroyAtEnd {
  Outermost outermost;
  ~DestroyAtEnd() { outermost.handle.destroy(); }
};

}  // namespace detail

template <class T>
T Loop::run(Task<T> task) {
  bool done = false;
  if constexpr (std::is_void_v<T>) {
    detail::DestroyAtEnd root{detail::drive(task, done)};
    root.outermost.handle.promise().stop = &root_;
    root.outermost.handle.resume();
    run_until(done);
    if (auto error = root.outermost.handle.promise().error) std::rethrow_exception(error);
  } else {
    std::optional<T> value;
    detail::DestroyAtEnd root{detail::drive(task, value, done)};
    root.outermost.handle.promise().stop = &root_;
    root.outermost.handle.resume();
    run_until(done);
    if (auto error = root.outermost.handle.promise().error) std::rethrow_exception(error);
    return std::move(*value);
  }
}

}  // namespace assay
