#pragma once
#include <exception>
#include <optional>

#include "runtime/loop.hpp"
#include "runtime/wait.hpp"

namespace assay {

/// Owns concurrent work: everything started in it ends before join() returns, or is abandoned when it is destroyed.
/// Nothing is ever detached. Loop thread only.
///
/// A child that ends by Stopped has ended as asked. The first other exception stops its siblings and leaves through
/// join().
class Scope {
 public:
  Scope(Loop& loop, Stop& parent);
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope();

  /// Runs `task` until its first wait, at once. The Scope owns it.
  void start(Task<> task);

  /// Waits until everything has ended. Not stoppable: stop the scope to hasten it.
  Task<> join();

  void request_stop(StopReason reason) { stop_.request(reason); }
  Stop& stop() { return stop_; }
  std::size_t running() const { return running_; }

 private:
  struct Child;
  Child run_child(Task<> task);

  Loop& loop_;
  Stop stop_;
  std::optional<OneShot<bool>::Resolver> joining_;
  struct Link {
    Link* previous = nullptr;
    Link* next = nullptr;
  } children_;  // a ring of running children
  std::size_t running_ = 0;
  std::exception_ptr error_;
};

}  // namespace assay
