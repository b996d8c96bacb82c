#include "runtime/wait.hpp"

#include <algorithm>

namespace assay {
namespace {

template <class Waiting>
void take_out(std::deque<Waiting*>& queue, Waiting* waiting) {
  const auto place = std::find(queue.begin(), queue.end(), waiting);
  if (place != queue.end()) queue.erase(place);
}

}  // namespace

void Signal::notify() {
  if (waiting_.empty()) {
    set_ = true;
    return;
  }
  std::deque<Waiting*> all;
  all.swap(waiting_);
  for (Waiting* waiting : all) waiting->finish(Waiting::Outcome::came);
}

Signal::Waiting::~Waiting() {
  if (pending()) left();
}

void Signal::Waiting::left() { take_out(signal_.waiting_, this); }

Semaphore::Acquire::~Acquire() {
  if (pending()) left();
  if (granted_) semaphore_.release();  // granted, but the coroutine was abandoned before it could take the permit
}

void Semaphore::Acquire::left() { take_out(semaphore_.waiting_, this); }

Semaphore::Permit Semaphore::Acquire::await_resume() {
  if (!granted_) resume();
  granted_ = false;
  return Permit(semaphore_);
}

void Semaphore::release() {
  if (waiting_.empty()) {
    ++free_;
    if (freed_ != nullptr) freed_->notify();
    return;
  }
  Acquire* next = waiting_.front();
  waiting_.pop_front();
  next->granted_ = true;
  next->finish(Acquire::Outcome::came);
}

}  // namespace assay
