#pragma once
#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/require.hpp"
#include "runtime/stop.hpp"

namespace assay {

namespace detail {

/// What every coroutine of ours knows: whom to continue, and under which Stop it runs.
struct PromiseBase {
  std::coroutine_handle<> continuation;
  Stop* stop = nullptr;
  bool starting = false;  ///< the awaiting coroutine is still inside await_suspend: it will see that we are done
  std::exception_ptr error;

  struct Final {
    bool await_ready() noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> self) noexcept {
      PromiseBase& promise = self.promise();
      // A plain resume, not a symmetric transfer: GCC 12 turns the latter into a nested call without optimisation, and
      // a long loop of ready awaits would end the stack. Here the depth is that of the tasks, whatever the loop count.
      if (!promise.starting && promise.continuation) promise.continuation.resume();
    }
    void await_resume() noexcept {}
  };

  std::suspend_always initial_suspend() noexcept { return {}; }
  Final final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { error = std::current_exception(); }
};

template <class T>
struct Promise : PromiseBase {
  std::optional<T> value;
  template <class U>
  void return_value(U&& result) {
    value.emplace(std::forward<U>(result));
  }
  T take() {
    if (error) std::rethrow_exception(error);
    return std::move(*value);
  }
};

template <>
struct Promise<void> : PromiseBase {
  void return_void() noexcept {}
  void take() {
    if (error) std::rethrow_exception(error);
  }
};

}  // namespace detail

/// A piece of work that starts when it is awaited and runs on the loop's thread. Owned by whoever holds it: destroying
/// a Task that waits abandons it and everything it awaits, safely. It runs under the Stop of the coroutine that awaits
/// it. An exception leaves through the co_await.
template <class T = void>
class [[nodiscard]] Task {
 public:
  struct promise_type : detail::Promise<T> {
    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
  };

  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Task() {
    if (handle_) handle_.destroy();
  }

  struct Awaiter {
    std::coroutine_handle<promise_type> child;

    bool await_ready() const noexcept { return false; }
    template <class Parent>
    bool await_suspend(std::coroutine_handle<Parent> parent) {
      return start(parent, parent.promise().stop);
    }
    bool start(std::coroutine_handle<> parent, Stop* stop) {
      promise_type& promise = child.promise();
      promise.continuation = parent;
      promise.stop = stop;
      promise.starting = true;
      child.resume();
      if (child.done()) return false;
      promise.starting = false;
      return true;
    }
    T await_resume() { return child.promise().take(); }
  };

  Awaiter operator co_await() const& noexcept { return Awaiter{handle_}; }

  /// `co_await task.shielded()`: runs it under no Stop, so that nothing but abandonment ends its waits. For what must
  /// be written down whatever happens.
  struct ShieldedAwaiter : Awaiter {
    template <class Parent>
    bool await_suspend(std::coroutine_handle<Parent> parent) {
      return this->start(parent, nullptr);
    }
  };
  ShieldedAwaiter shielded() const& noexcept { return ShieldedAwaiter{{handle_}}; }

 private:
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_;
};

namespace detail {

struct CurrentStop {
  Stop* stop = nullptr;
  bool await_ready() const noexcept { return false; }
  template <class Parent>
  bool await_suspend(std::coroutine_handle<Parent> parent) noexcept {
    stop = parent.promise().stop;
    return false;
  }
  Stop& await_resume() const {
    require(stop != nullptr, "a task runs in a scope");
    return *stop;
  }
};

}  // namespace detail

/// `Stop& stop = co_await current_stop();`: the node under which this coroutine runs.
inline detail::CurrentStop current_stop() { return {}; }

}  // namespace assay
