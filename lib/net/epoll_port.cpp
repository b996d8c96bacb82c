#include "net/epoll_port.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace assay::net {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

std::uint64_t key_of(int fd, std::uint32_t generation) {
  return static_cast<std::uint64_t>(generation) << 32 | static_cast<std::uint32_t>(fd);
}

}  // namespace

EpollPort::EpollPort() : epoll_(epoll_create1(EPOLL_CLOEXEC)), wakeup_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (epoll_ < 0 || wakeup_ < 0) fail("epoll");
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = key_of(wakeup_, 0);
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, wakeup_, &event) != 0) fail("epoll_ctl");
}

EpollPort::~EpollPort() {
  close(wakeup_);
  close(epoll_);
}

Instant EpollPort::now() { return std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now()); }

void EpollPort::wait(std::optional<Instant> until) {
  int timeout_ms = -1;
  if (until) {
    const Duration left = *until - now();
    // Rounded up, so that a timer is never found a moment before it is due and spun on.
    timeout_ms = left <= Duration::zero() ? 0 : static_cast<int>(std::min<Duration::rep>((left.count() + 999'999) / 1'000'000, 60'000));
  }
  std::array<epoll_event, 512> events;
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout_ms);
  if (count < 0) {
    if (errno == EINTR) return;
    fail("epoll_wait");
  }
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const int fd = static_cast<int>(event.data.u64 & 0xffffffff);
    if (fd == wakeup_) {
      std::uint64_t ignored = 0;
      [[maybe_unused]] const ssize_t got = read(wakeup_, &ignored, sizeof ignored);
      continue;
    }
    Watched& watched = at(fd);
    if (watched.watcher != nullptr && watched.generation == static_cast<std::uint32_t>(event.data.u64 >> 32)) {
      watched.watcher->on_events(fd, event.events);
    }
  }
}

void EpollPort::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(wakeup_, &one, sizeof one);
}

EpollPort::Watched& EpollPort::at(int fd) {
  const auto index = static_cast<std::size_t>(fd);
  if (index >= watched_.size()) watched_.resize(std::max(index + 1, watched_.size() * 2));
  return watched_[index];
}

void EpollPort::watch(int fd, std::uint32_t events, Watcher& watcher) {
  Watched& watched = at(fd);
  const bool known = watched.watcher != nullptr;
  watched.watcher = &watcher;
  if (known && watched.events == events) return;
  if (!known) ++watched.generation;
  watched.events = events;
  epoll_event event{};
  event.events = events;
  event.data.u64 = key_of(fd, watched.generation);
  if (epoll_ctl(epoll_, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event) != 0) fail("epoll_ctl");
}

void EpollPort::unwatch(int fd) {
  if (at(fd).watcher == nullptr) return;
  forget(fd);
  epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
}

void EpollPort::forget(int fd) {
  Watched& watched = at(fd);
  watched.watcher = nullptr;
  watched.events = 0;
}

}  // namespace assay::net
