#include "net/http_session.hpp"

#include <optional>

#include "net/turn.hpp"

namespace assay::net {
namespace {

constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr int requests_per_turn = 16;
constexpr std::size_t linger_bytes = 4 << 20;

}  // namespace

/// For as long as a handler works: the client's leaving stops it, and a drain finds it.
class HttpSession::Working {
 public:
  Working(HttpSession& session, Exchange& exchange, Stop& stop) : session_(session) {
    session_.exchange_ = &exchange;
    session_.connection_.stop_when_peer_leaves(&stop);
  }
  Working(const Working&) = delete;
  Working& operator=(const Working&) = delete;
  ~Working() {
    session_.exchange_ = nullptr;
    session_.connection_.stop_when_peer_leaves(nullptr);
  }

 private:
  HttpSession& session_;
};

HttpSession::HttpSession(Loop& loop, EpollPort& port, Socket socket, SessionShared& shared)
    : shared_(shared), connection_(loop, port, std::move(socket)), parser_(shared.limits.caps) {}

void HttpSession::drain() {
  if (exchange_ != nullptr) {
    exchange_->close_after();
  } else if (parser_.idle()) {
    connection_.interrupt();
  }
}

Task<> HttpSession::run(Stop& stop) {
  int requests = 0;
  while (co_await receive()) {
    if_reset_ = nullptr;
    ServerRequest request = parser_.take();
    const bool goes_on = co_await answer(std::move(request), stop);
    if (!goes_on) co_return;
    if (++requests % requests_per_turn == 0) {
      Turn turn(connection_.loop());
      co_await turn;
    }
  }
  if (parser_.refused()) co_await refuse(parser_.refusal_status(), parser_.refusal_reason());
}

Task<bool> HttpSession::receive() {
  Loop& loop = connection_.loop();
  const HttpLimits& limits = shared_.limits;
  std::optional<Deadline> in_request;
  const Deadline idle_until{loop.now() + limits.idle};
  if (!pending_.empty()) take_in(std::exchange(pending_, std::string()));
  while (!parser_.whole() && !parser_.refused()) {
    if (parser_.idle() && shared_.draining) co_return false;
    if (!parser_.idle() && !in_request) in_request = Deadline{loop.now() + limits.request};
    if (parser_.take_expectation()) co_await write_all(connection_, go_on, {}, limits.write_stall);
    const bool came = co_await connection_.readable(in_request.value_or(idle_until));
    if (!came) {
      if (!parser_.idle()) co_await refuse(408, "the request did not come in time");
      co_return false;
    }
    const Connection::Transfer got = connection_.read_some(shared_.scratch);
    if (got.moved == Connection::Moved::broken && if_reset_) if_reset_();
    if (got.moved == Connection::Moved::broken || got.moved == Connection::Moved::end) co_return false;
    take_in(std::string_view(shared_.scratch).substr(0, got.count));
  }
  co_return parser_.whole();
}

void HttpSession::take_in(std::string_view arrived) {
  const std::size_t taken = parser_.feed(arrived);
  if (taken < arrived.size()) pending_.assign(arrived.substr(taken));
}

Task<bool> HttpSession::answer(ServerRequest request, Stop& stop) {
  const bool keep_alive = request.keep_alive && !shared_.draining;
  Exchange exchange(connection_, shared_.limits.write_stall, request.method == "HEAD", keep_alive);
  bool failed = false;
  try {
    const Working working(*this, exchange, stop);
    Task<> work = shared_.handler(std::move(request), exchange);
    co_await work;
  } catch (const std::exception&) {
    failed = true;
  }
  if (!exchange.answered()) {
    co_await refuse(500, failed ? "the handler failed" : "the handler did not answer");
    co_return false;
  }
  if_reset_ = exchange.take_reset_hook();
  if (!exchange.keeps_alive() || failed) {
    co_await linger();
    co_return false;
  }
  co_return true;
}

Task<> HttpSession::refuse(int status, std::string reason) {
  const ServerResponse response(status, "text/plain", std::move(reason) + "\n");
  const std::string head = head_of(response, false);
  const bool told = co_await write_all(connection_, head, response.body, shared_.limits.write_stall);
  if (told) co_await linger();
}

/// Says "end" and reads over what still comes: closing with unread bytes would reset the connection, and the client
/// might lose the answer it has not read yet.
Task<> HttpSession::linger() {
  connection_.finish_writing();
  const Deadline until{connection_.loop().now() + shared_.limits.linger};
  for (std::size_t read_over = 0; read_over < linger_bytes;) {
    const bool came = co_await connection_.readable(until);
    if (!came) co_return;
    const Connection::Transfer got = connection_.read_some(shared_.scratch);
    if (got.moved == Connection::Moved::broken && if_reset_) if_reset_();
    if (got.moved == Connection::Moved::broken || got.moved == Connection::Moved::end) co_return;
    read_over += got.count;
  }
}

}  // namespace assay::net
