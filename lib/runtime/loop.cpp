#include "runtime/loop.hpp"

namespace assay {

void Loop::Ready::unlink() {
  if (!linked()) return;
  previous_->next_ = next_;
  next_->previous_ = previous_;
  previous_ = next_ = nullptr;
}

void Loop::Timer::set(Instant at) {
  clear();
  at_ = at;
  armed_ = true;
  order_ = ++loop_.timers_set_;
  loop_.timers_.emplace(std::pair(at_, order_), this);
}

void Loop::Timer::clear() {
  if (!armed_) return;
  armed_ = false;
  loop_.timers_.erase({at_, order_});
}

Loop::Loop(Port& port) : port_(port), now_(port.now()) { ready_.previous_ = ready_.next_ = &ready_; }

Loop::~Loop() {
  while (ready_.next_ != &ready_) ready_.next_->unlink();
}

void Loop::make_ready(Ready& ready) {
  if (ready.linked()) return;
  ready.previous_ = ready_.previous_;
  ready.next_ = &ready_;
  ready_.previous_->next_ = &ready;
  ready_.previous_ = &ready;
}

void Loop::post(std::function<void()> work) {
  bool first = false;
  {
    const std::scoped_lock lock(posted_lock_);
    first = posted_.empty();
    posted_.push_back(std::move(work));
  }
  if (first) port_.wake();
}

void Loop::run_posted() {
  std::vector<std::function<void()>> work;
  {
    const std::scoped_lock lock(posted_lock_);
    work.swap(posted_);
  }
  for (auto& piece : work) piece();
}

void Loop::run_ready() {
  // Only what is ready now: what becomes ready meanwhile waits for the next turn, so that no ring of coroutines can
  // keep the loop from its events. The mark stands behind the last of them.
  make_ready(mark_);
  while (ready_.next_ != &mark_) {
    Ready& next = *ready_.next_;
    next.unlink();
    next.waiting_.resume();
  }
  mark_.unlink();
}

void Loop::fire_timers() {
  while (!timers_.empty() && timers_.begin()->first.first <= now_) {
    Timer& timer = *timers_.begin()->second;
    timer.clear();
    timer.on_time();
  }
}

void Loop::work() {
  run_posted();
  fire_timers();
  run_ready();
}

void Loop::wait(Instant until) {
  std::optional<Instant> bound;
  if (ready_.next_ != &ready_) {
    bound = now_;
  } else {
    if (until != Instant::max()) bound = until;
    if (!timers_.empty() && (!bound || timers_.begin()->first.first < *bound)) bound = timers_.begin()->first.first;
  }
  port_.wait(bound);
  const Instant now = port_.now();
  if (now > now_) now_ = now;
}

void Loop::run_until(const bool& done) {
  for (;;) {
    work();
    if (done) return;
    wait(Instant::max());
  }
}

}  // namespace assay
