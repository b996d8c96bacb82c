#pragma once
#include <cstdint>

#include "net/epoll_port.hpp"
#include "net/socket.hpp"
#include "runtime/task.hpp"
#include "runtime/wait.hpp"

namespace assay::net {

/// A listening TCP socket on the loop. Loop thread only; stays put.
class Listener final : public EpollPort::Watcher {
 public:
  /// Binds and listens. Throws std::system_error when the address is bad or taken.
  Listener(Loop& loop, EpollPort& port, const Address& address);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

  /// The port it listens on: the system's choice when 0 was asked for.
  std::uint16_t port() const { return bound_port_; }

  /// The next connection (non-blocking, no delay). An invalid socket when the listener was closed. Stoppable. While the
  /// process has no descriptor left it waits and tries again.
  Task<Socket> accept();

  /// Ends accept() and frees the port. Connections that were made stay.
  void close();

 private:
  void on_events(int fd, std::uint32_t events) override;

  Loop& loop_;
  EpollPort& port_;
  Socket socket_;
  Signal arrived_;
  std::uint16_t bound_port_ = 0;
};

}  // namespace assay::net
