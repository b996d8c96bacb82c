#include "runtime/virtual_port.hpp"

namespace assay {

void VirtualPort::wait(std::optional<Instant> until) {
  std::unique_lock lock(lock_);
  if (!woken_ && until) {
    if (*until > now_) now_ = *until;
  } else {
    changed_.wait(lock, [this] { return woken_; });
  }
  woken_ = false;
}

void VirtualPort::wake() {
  {
    const std::scoped_lock lock(lock_);
    woken_ = true;
  }
  changed_.notify_one();
}

}  // namespace assay
