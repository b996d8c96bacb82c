#pragma once
#include <exception>
#include <optional>

#include "http/transport.hpp"
#include "runtime/wait.hpp"

namespace assay::curl {

class Dispatcher;
struct Transfer;

/// What a coroutine awaits for one exchange. Lives in its frame; destroying it abandons the exchange.
class Exchange final : public Wait {
 public:
  Exchange(Loop& loop, Dispatcher& dispatcher, http::Request request, Deadline deadline)
      : Wait(loop, deadline), dispatcher_(dispatcher), request_(std::move(request)), deadline_(deadline) {}
  ~Exchange() override;

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> handle) {
    if (park(handle)) {
      begin();
      return true;
    }
    const Stop* stop = handle.promise().stop;
    never_began(stop != nullptr && stop->requested());
    return false;
  }
  Result<http::Response, http::Failure> await_resume();

  Deadline deadline() const { return deadline_; }

  /// The outcome, from the dispatcher; it forgets this exchange with that. The coroutine continues in a later turn.
  void deliver(Result<http::Response, http::Failure> result);
  void deliver(std::exception_ptr error);

 private:
  void begin();
  void never_began(bool stopped);
  void on_stop(StopReason reason) override;
  void on_time() override;

  Dispatcher& dispatcher_;
  http::Request request_;
  Deadline deadline_;
  Transfer* transfer_ = nullptr;  ///< while the dispatcher works on it
  std::optional<Result<http::Response, http::Failure>> result_;
  std::exception_ptr error_;
};

}  // namespace assay::curl
