#pragma once
#include <curl/curl.h>

#include <cstdint>
#include <vector>

#include "curl/origins.hpp"
#include "curl/settings.hpp"
#include "net/epoll_port.hpp"

namespace assay::curl {

struct Transfer;

/// Every descriptor that curl holds, by number: what curl wants to hear of, and what epoll really watches.
///
/// Connections stay watched between requests ("lazy"): curl unwatches and watches again around each, which would cost
/// two system calls per request. That is safe only from the moment a connection stands, because curl then closes it
/// through here. A socket that still connects, and the resolver's, it closes without a word, so those are unwatched as
/// soon as it says so.
class Sockets {
 public:
  Sockets(net::EpollPort& port, Stats& stats) : port_(port), stats_(stats) {}
  Sockets(const Sockets&) = delete;
  Sockets& operator=(const Sockets&) = delete;

  /// Makes curl open and close this easy handle's connections through here.
  void attach(Transfer& transfer);

  /// A connection stands, on that of the transfer's new sockets which has this local port; none: on a kept one.
  void established(Transfer& transfer, int local_port);

  /// Curl wants to hear of `events` of `fd`; 0: of none.
  void want(int fd, std::uint32_t events, net::EpollPort::Watcher& watcher);

  /// False: nobody waits for this event (a kept connection was closed by its server); the descriptor is unwatched, and
  /// curl finds it dead when it wants to use it.
  bool wanted(int fd);

 private:
  struct Socket {
    Origin* origin = nullptr;  ///< of a connection that stands
    std::uint32_t multi = 0;
    std::uint32_t wanted = 0, watched = 0;
  };
  Socket& at(int fd);
  void closed(int fd);
  static curl_socket_t on_open(void* transfer, curlsocktype, curl_sockaddr* address);
  static int on_close(void* self, curl_socket_t fd);

  net::EpollPort& port_;
  Stats& stats_;
  std::vector<Socket> sockets_;
};

}  // namespace assay::curl
