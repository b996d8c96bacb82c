#include "net/http_server.hpp"

#include <system_error>

namespace assay::net {
namespace {

constexpr std::size_t scratch_bytes = 64 << 10;

/// Keeps a session in the server's list.
class Listed {
 public:
  Listed(std::list<HttpSession*>& list, HttpSession& session) : list_(list), at_(list.insert(list.end(), &session)) {}
  Listed(const Listed&) = delete;
  Listed& operator=(const Listed&) = delete;
  ~Listed() { list_.erase(at_); }

 private:
  std::list<HttpSession*>& list_;
  std::list<HttpSession*>::iterator at_;
};

}  // namespace

HttpServer::HttpServer(Loop& loop, EpollPort& port, const Address& address, Handler handler, HttpLimits limits)
    : loop_(loop), port_(port), listener_(loop, port, address), slots_(loop, limits.connections) {
  shared_.limits = limits;
  shared_.handler = std::move(handler);
  shared_.scratch.resize(scratch_bytes);
}

Task<> HttpServer::run() {
  Stop& stop = co_await current_stop();
  Scope sessions(loop_, stop);
  for (;;) {
    Semaphore::Permit slot = co_await slots_.acquire();
    Socket socket = co_await listener_.accept();
    if (!socket.open()) break;
    ++accepted_;
    sessions.start(hold(std::move(socket), std::move(slot)));
  }
  co_await sessions.join();
}

Task<> HttpServer::hold(Socket socket, Semaphore::Permit slot) {
  const Semaphore::Permit held = std::move(slot);
  Stop& stop = co_await current_stop();
  std::optional<HttpSession> session;
  try {
    session.emplace(loop_, port_, std::move(socket), shared_);
  } catch (const std::system_error&) {
    co_return;  // the system cannot watch one more connection: this one is dropped
  }
  const Listed listed(sessions_, *session);
  Scope scope(loop_, stop);  // so that one client's leaving stops its own work only
  scope.start(session->run(scope.stop()));
  co_await scope.join();
}

void HttpServer::drain() {
  shared_.draining = true;
  listener_.close();
  for (HttpSession* session : sessions_) session->drain();
}

}  // namespace assay::net
