#pragma once
#include <coroutine>

#include "runtime/loop.hpp"

namespace assay::net {

/// `Turn turn(loop); co_await turn;` lets everybody else who is ready, and the system's events, go first.
class Turn final : public Loop::Ready {
 public:
  explicit Turn(Loop& loop) : loop_(loop) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    waiting_ = handle;
    loop_.make_ready(*this);
  }
  void await_resume() const noexcept {}

 private:
  Loop& loop_;
};

}  // namespace assay::net
