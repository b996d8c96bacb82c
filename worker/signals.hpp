#pragma once
#include <functional>

#include "net/epoll_port.hpp"

namespace assay {

/// SIGTERM and SIGINT as events of the loop. Blocks both in the calling thread: make it before any other thread starts,
/// so that they inherit the mask. Loop thread only.
class Signals final : public net::EpollPort::Watcher {
 public:
  /// `arrived` is called once per signal, on the loop, and must only mark work as ready.
  Signals(net::EpollPort& port, std::function<void(int signal)> arrived);
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();

  void on_events(int fd, std::uint32_t events) override;

 private:
  net::EpollPort& port_;
  std::function<void(int)> arrived_;
  int fd_;
};

}  // namespace assay
