#pragma once
#include <cstdint>
#include <list>

#include "net/epoll_port.hpp"
#include "net/http_session.hpp"
#include "net/listener.hpp"
#include "runtime/scope.hpp"

namespace assay::net {

/// A small HTTP/1.1 server on our loop: keep-alive, pipelined requests answered one after another, bodies by
/// Content-Length or chunked, all within caps, "100 Continue", HEAD. No TLS, no compression, no HTTP/2.
///
/// Loop thread only. Outlives the run() it started. An idle connection costs about 2 KB.
class HttpServer {
 public:
  /// Listens from here on. Throws std::system_error when the address is bad or taken.
  HttpServer(Loop& loop, EpollPort& port, const Address& address, Handler handler, HttpLimits limits = {});
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const { return listener_.port(); }

  /// Serves until drained. Stopping its scope cuts all connections.
  Task<> run();

  /// Takes no more connections, lets requests that have begun be answered, and then ends run().
  void drain();

  std::size_t connections() const { return sessions_.size(); }  ///< open now
  std::uint64_t accepted() const { return accepted_; }          ///< since the beginning

 private:
  Task<> hold(Socket socket, Semaphore::Permit slot);

  Loop& loop_;
  EpollPort& port_;
  SessionShared shared_;
  Listener listener_;
  Semaphore slots_;
  std::list<HttpSession*> sessions_;
  std::uint64_t accepted_ = 0;
};

}  // namespace assay::net
