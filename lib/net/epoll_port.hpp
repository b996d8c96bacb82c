#pragma once
#include <cstdint>
#include <vector>

#include "runtime/port.hpp"

namespace assay::net {

/// The real Port: one epoll set, the steady clock, and an eventfd for wake-ups from other threads. Loop thread only,
/// but for wake().
class EpollPort final : public Port {
 public:
  /// Someone who is told of a descriptor's events, from inside wait(). It may watch and unwatch any descriptor there,
  /// itself included; it must only mark work as ready, never run it.
  class Watcher {
   public:
    virtual void on_events(int fd, std::uint32_t events) = 0;

   protected:
    ~Watcher() = default;
  };

  EpollPort();
  EpollPort(const EpollPort&) = delete;
  EpollPort& operator=(const EpollPort&) = delete;
  ~EpollPort() override;

  Instant now() override;
  void wait(std::optional<Instant> until) override;
  void wake() override;

  /// Watches `fd` for `events` (EPOLLIN, EPOLLOUT, EPOLLET …), or changes what it is watched for. Throws
  /// std::system_error when the system refuses.
  void watch(int fd, std::uint32_t events, Watcher& watcher);

  /// Ends the watch of a descriptor that stays open.
  void unwatch(int fd);

  /// Says that `fd` is about to be closed or has been: forgets it without asking the system.
  void forget(int fd);

 private:
  struct Watched {
    Watcher* watcher = nullptr;
    std::uint32_t generation = 0;  ///< tells an event of a closed descriptor from one of its successor
    std::uint32_t events = 0;
  };
  Watched& at(int fd);

  int epoll_;
  int wakeup_;
  std::vector<Watched> watched_;
};

}  // namespace assay::net
