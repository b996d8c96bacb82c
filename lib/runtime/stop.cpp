#include "runtime/stop.hpp"

namespace assay {

void Stop::Waiter::unlink() {
  if (!linked()) return;
  previous_->next_ = next_;
  next_->previous_ = previous_;
  previous_ = next_ = nullptr;
}

Stop::Stop() { waiters_.previous_ = waiters_.next_ = &waiters_; }

Stop::Stop(Stop& parent) : Stop() {
  in_parent_.owner = this;
  if (parent.requested()) {
    reason_ = parent.reason_;
  } else {
    parent.add(in_parent_);
  }
}

Stop::~Stop() {
  while (waiters_.next_ != &waiters_) waiters_.next_->unlink();
}

void Stop::add(Waiter& waiter) {
  waiter.unlink();
  waiter.previous_ = waiters_.previous_;
  waiter.next_ = &waiters_;
  waiters_.previous_->next_ = &waiter;
  waiters_.previous_ = &waiter;
}

void Stop::request(StopReason reason) {
  if (requested() || reason == StopReason::none) return;
  reason_ = reason;
  while (waiters_.next_ != &waiters_) {
    Waiter& waiter = *waiters_.next_;
    waiter.unlink();
    waiter.on_stop(reason);
  }
}

}  // namespace assay
