#include "net/listener.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace assay::net {
namespace {

constexpr Duration pause_without_descriptors = std::chrono::milliseconds(50);

[[noreturn]] void fail(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

union AnyAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

AnyAddress resolve(const Address& address) {
  AnyAddress out{};
  std::memset(&out, 0, sizeof out);
  if (inet_pton(AF_INET, address.host.c_str(), &out.v4.sin_addr) == 1) {
    out.v4.sin_family = AF_INET;
    out.v4.sin_port = htons(address.port);
  } else if (inet_pton(AF_INET6, address.host.c_str(), &out.v6.sin6_addr) == 1) {
    out.v6.sin6_family = AF_INET6;
    out.v6.sin6_port = htons(address.port);
  } else {
    fail(EINVAL, "not a numeric address to listen on: " + address.host);
  }
  return out;
}

Socket open_listening(const Address& address) {
  const AnyAddress where = resolve(address);
  const int family = where.any.sa_family;
  Socket socket(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int one = 1;
  const socklen_t length = family == AF_INET ? sizeof where.v4 : sizeof where.v6;
  if (!socket.open() || setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
      bind(socket.fd(), &where.any, length) != 0 || listen(socket.fd(), 65535) != 0) {
    fail(errno, "cannot listen on " + address.host + " port " + std::to_string(address.port));
  }
  return socket;
}

std::uint16_t port_of(int fd) {
  AnyAddress bound{};
  socklen_t length = sizeof bound;
  if (getsockname(fd, &bound.any, &length) != 0) fail(errno, "getsockname");
  return ntohs(bound.any.sa_family == AF_INET ? bound.v4.sin_port : bound.v6.sin6_port);
}

}  // namespace

Listener::Listener(Loop& loop, EpollPort& port, const Address& address)
    : loop_(loop), port_(port), socket_(open_listening(address)), arrived_(loop), bound_port_(port_of(socket_.fd())) {
  port_.watch(socket_.fd(), EPOLLIN | EPOLLET, *this);
}

Listener::~Listener() {
  close();
}

void Listener::close() {
  if (!socket_.open()) return;
  port_.forget(socket_.fd());
  socket_.close();
  arrived_.notify();
}

Task<Socket> Listener::accept() {
  while (socket_.open()) {
    Socket accepted(accept4(socket_.fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (accepted.open()) {
      const int one = 1;
      setsockopt(accepted.fd(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      co_return accepted;
    }
    const int error = errno;
    if (error == EAGAIN) {
      co_await arrived_.wait(Deadline::never());
    } else if (error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM) {
      co_await sleep_for(loop_, pause_without_descriptors);
    }  // else: that one connection failed before we took it
  }
  co_return Socket();
}

void Listener::on_events(int, std::uint32_t) {
  arrived_.notify();
}

}  // namespace assay::net
