#include "runtime/scope.hpp"

#include <coroutine>
#include <exception>
#include <utility>

namespace assay {

/// The outermost frame of one child. It destroys itself when it ends.
struct Scope::Child {
  struct promise_type : Scope::Link {
    promise_type(Scope& owner, const Task<>&) : scope(owner), stop(&owner.stop_) {
      next = &scope.children_;
      previous = scope.children_.previous;
      previous->next = this;
      scope.children_.previous = this;
      ++scope.running_;
    }
    ~promise_type() {
      previous->next = next;
      next->previous = previous;
      --scope.running_;
    }

    struct Ended {
      bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<promise_type> self) noexcept {
        Scope& owner = self.promise().scope;
        self.destroy();
        if (owner.running_ == 0 && owner.joining_) owner.joining_->set(true);
      }
      void await_resume() noexcept {}
    };

    Child get_return_object() { return Child{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    Ended final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {
      try {
        throw;
      } catch (const Stopped&) {
        // ended as asked
      } catch (...) {
        if (!scope.error_) scope.error_ = std::current_exception();
        scope.stop_.request(StopReason::cancelled);
      }
    }

    Scope& scope;
    Stop* stop;
  };

  std::coroutine_handle<promise_type> handle;
};

Scope::Scope(Loop& loop, Stop& parent) : loop_(loop), stop_(parent) {
  children_.next = children_.previous = &children_;
}

Scope::~Scope() {
  while (children_.next != &children_) {
    auto& promise = static_cast<Child::promise_type&>(*children_.next);
    std::coroutine_handle<Child::promise_type>::from_promise(promise).destroy();
  }
}

Scope::Child Scope::run_child(Task<> task) { co_await task; }

void Scope::start(Task<> task) {
  const Child child = run_child(std::move(task));
  child.handle.resume();
}

Task<> Scope::join() {
  while (running_ > 0) {
    // Not under our own Stop nor our owner's: everything below has heard of it and ends by itself.
    OneShot<bool> ended(loop_);
    joining_ = ended.resolver();
    co_await ended;
  }
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

}  // namespace assay
