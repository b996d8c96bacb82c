#pragma once
#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "base/result.hpp"
#include "runtime/loop.hpp"
#include "runtime/wait.hpp"

namespace assay {

/// The door out of the loop's thread, for work that computes long enough to delay others. The work runs to its end even
/// when nobody waits any more, so it must own what it touches.
class Offload {
 public:
  virtual ~Offload() = default;

  /// Runs `work` somewhere else. `done` is then called on the loop's thread.
  virtual void submit(std::function<void()> work, std::function<void()> done) = 0;
};

/// Awaits `work` on `offload` and returns what it returns. An exception in it comes out here.
template <class T>
Task<T> run_elsewhere(Loop& loop, Offload& offload, std::function<T()> work) {
  struct Outcome {
    std::optional<T> value;
    std::exception_ptr error;
  };
  auto outcome = std::make_shared<Outcome>();
  OneShot<bool> finished(loop);
  std::function<void()> guarded = [outcome, work = std::move(work)] {
    try {
      outcome->value.emplace(work());
    } catch (...) {
      outcome->error = std::current_exception();
    }
  };
  std::function<void()> done = [resolver = finished.resolver()] { resolver.set(true); };
  offload.submit(std::move(guarded), std::move(done));
  co_await finished;
  if (outcome->error) std::rethrow_exception(outcome->error);
  co_return std::move(*outcome->value);
}

}  // namespace assay
