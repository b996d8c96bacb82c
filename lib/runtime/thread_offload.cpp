#include "runtime/thread_offload.hpp"

namespace assay {

ThreadOffload::ThreadOffload(Loop& loop, std::size_t threads) : loop_(loop) {
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { serve(); });
  }
}

ThreadOffload::~ThreadOffload() {
  {
    const std::scoped_lock lock(lock_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ThreadOffload::submit(std::function<void()> work, std::function<void()> done) {
  {
    const std::scoped_lock lock(lock_);
    waiting_.push_back({std::move(work), std::move(done)});
  }
  wake_.notify_one();
}

void ThreadOffload::serve() {
  for (;;) {
    Piece piece;
    {
      std::unique_lock lock(lock_);
      wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (ending_) return;
      piece = std::move(waiting_.front());
      waiting_.pop_front();
    }
    piece.work();
    loop_.post(std::move(piece.done));
  }
}

}  // namespace assay
