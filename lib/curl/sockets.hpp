#pragma once
#include <curl/curl.h>

#include <cstdint>
#include <deque>
#include <vector>

#include "curl/settings.hpp"
#include "net/epoll_port.hpp"

namespace assay::curl {

class Multi;
struct Transfer;

/// A host as curl keeps connections for it ("https://host:port"), and what each multi handle has of it.
struct Origin {
  struct Share {
    int open = 0;  ///< connections
    int busy = 0;  ///< transfers
  };
  std::vector<Share> shares;  ///< by the multi handle's index
  std::size_t open = 0;         ///< connections, all handles together
  std::size_t busy = 0;         ///< transfers that count against the host's cap
  std::deque<Transfer*> queue;  ///< transfers that wait until one of those ends

  Share& share(std::size_t index);
};

/// Every descriptor that curl holds, by number: what curl wants to hear of, and what epoll really watches.
///
/// Connections stay watched between requests ("lazy"): curl unwatches and watches again around each, which would cost
/// two system calls per request. That is safe only because their opening and closing both pass through here. Curl's other
/// descriptors (its resolver's) are closed behind our back, so they are unwatched as soon as curl says so.
class Sockets {
 public:
  Sockets(net::EpollPort& port, Stats& stats) : port_(port), stats_(stats) {}
  Sockets(const Sockets&) = delete;
  Sockets& operator=(const Sockets&) = delete;

  /// Makes curl open and close this easy handle's connections through here.
  void attach(Transfer& transfer);

  /// Curl wants to hear of `events` of `fd`; 0: of none.
  void want(int fd, std::uint32_t events, net::EpollPort::Watcher& watcher);

  /// False: nobody waits for this event (a kept connection was closed by its server); the descriptor is unwatched, and
  /// curl finds it dead when it wants to use it.
  bool wanted(int fd);

 private:
  struct Socket {
    Origin* origin = nullptr;  ///< null: not a connection of ours
    std::uint32_t multi = 0;
    std::uint32_t wanted = 0, watched = 0;
  };
  Socket& at(int fd);
  void opened(int fd, Transfer& transfer);
  void closed(int fd);
  static curl_socket_t on_open(void* transfer, curlsocktype, curl_sockaddr* address);
  static int on_close(void* self, curl_socket_t fd);

  net::EpollPort& port_;
  Stats& stats_;
  std::vector<Socket> sockets_;
};

}  // namespace assay::curl
