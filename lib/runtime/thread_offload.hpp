#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "runtime/offload.hpp"

namespace assay {

/// Offload onto a fixed number of compute threads. Destroying it lets running work end and drops what waits.
class ThreadOffload final : public Offload {
 public:
  ThreadOffload(Loop& loop, std::size_t threads);
  ~ThreadOffload() override;
  void submit(std::function<void()> work, std::function<void()> done) override;

 private:
  struct Piece {
    std::function<void()> work, done;
  };
  void serve();

  Loop& loop_;
  std::mutex lock_;
  std::condition_variable wake_;
  std::deque<Piece> waiting_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace assay
