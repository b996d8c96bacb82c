#include "tests/support/raw_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace assay::test {
namespace {

using namespace std::chrono_literals;
constexpr Duration patience = 10s;

net::Socket connect_to(std::uint16_t port) {
  net::Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in where;
  std::memset(&where, 0, sizeof where);
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  inet_pton(AF_INET, "127.0.0.1", &where.sin_addr);
  sockaddr any;
  std::memcpy(&any, &where, sizeof any);
  if (connect(socket.fd(), &any, sizeof any) != 0) throw std::system_error(errno, std::generic_category(), "connect");
  fcntl(socket.fd(), F_SETFL, O_NONBLOCK);
  return socket;
}

Task<bool> wait_readable(net::Connection& connection) {
  const Deadline until{connection.loop().measure() + patience};
  const bool came = co_await connection.readable(until);
  co_return came;
}

Task<> pause(Loop& loop) {
  co_await sleep_for(loop, 1ms);
}

}  // namespace

void run_until(Loop& loop, const std::function<bool()>& holds) {
  const Instant until = loop.measure() + patience;
  for (;;) {
    loop.work();
    if (holds()) return;
    if (loop.measure() > until) throw std::runtime_error("what the test waited for did not happen");
    loop.wait(loop.measure() + 5ms);
  }
}

RawClient::RawClient(Loop& loop, net::EpollPort& port, std::uint16_t server_port)
    : loop_(loop), connection_(loop, port, connect_to(server_port)) {}

void RawClient::send(std::string_view bytes) {
  const bool sent = loop_.run(net::write_all(connection_, bytes, {}, patience));
  if (!sent && !connection_.peer_left()) throw std::runtime_error("the server takes no bytes");
}

void RawClient::let_it_sink_in() {
  for (int i = 0; i < 3; ++i) loop_.run(pause(loop_));
}

bool RawClient::fill() {
  for (;;) {
    if (!loop_.run(wait_readable(connection_))) throw std::runtime_error("the server sends nothing");
    std::array<char, 65536> room;
    const auto got = connection_.read_some(room);
    if (got.moved == net::Connection::Moved::nothing) continue;
    got_.append(room.data(), got.count);
    return got.moved == net::Connection::Moved::bytes;
  }
}

std::string RawClient::read(std::size_t count) {
  while (got_.size() < count) {
    if (!fill()) throw std::runtime_error("the connection ended after: " + got_);
  }
  std::string out = got_.substr(0, count);
  got_.erase(0, count);
  return out;
}

std::string RawClient::read_head() {
  while (got_.find("\r\n\r\n") == std::string::npos) {
    if (!fill()) throw std::runtime_error("the connection ended inside a head: " + got_);
  }
  return read(got_.find("\r\n\r\n") + 4);
}

std::string RawClient::read_answer() {
  const std::string head = read_head();
  const std::size_t at = head.find("Content-Length: ");
  if (at == std::string::npos) return head;
  return head + read(static_cast<std::size_t>(std::atoll(head.c_str() + at + 16)));
}

std::string RawClient::read_to_end() {
  while (fill()) {
  }
  return std::exchange(got_, std::string());
}

bool RawClient::ended() {
  return got_.empty() && !fill();
}

std::string body_of(std::string_view answer) {
  return std::string(answer.substr(answer.find("\r\n\r\n") + 4));
}

int status_of(std::string_view answer) {
  return std::atoi(std::string(answer.substr(9, 3)).c_str());
}

}  // namespace assay::test
