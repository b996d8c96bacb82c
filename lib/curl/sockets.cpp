#include "curl/sockets.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "curl/multi.hpp"
#include "curl/transfer.hpp"

namespace assay::curl {
namespace {

int local_port_of(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getsockname(fd, static_cast<sockaddr*>(static_cast<void*>(&address)), &size) != 0) return -1;
  const void* const bytes = &address;
  if (address.ss_family == AF_INET) return ntohs(static_cast<const sockaddr_in*>(bytes)->sin_port);
  if (address.ss_family == AF_INET6) return ntohs(static_cast<const sockaddr_in6*>(bytes)->sin6_port);
  return -1;
}

}  // namespace

void Sockets::attach(Transfer& transfer) {
  curl_easy_setopt(transfer.easy, CURLOPT_OPENSOCKETFUNCTION, &Sockets::on_open);
  curl_easy_setopt(transfer.easy, CURLOPT_OPENSOCKETDATA, &transfer);
  // Curl keeps this pair with the connection, which outlives the transfer.
  curl_easy_setopt(transfer.easy, CURLOPT_CLOSESOCKETFUNCTION, &Sockets::on_close);
  curl_easy_setopt(transfer.easy, CURLOPT_CLOSESOCKETDATA, this);
}

curl_socket_t Sockets::on_open(void* data, curlsocktype, curl_sockaddr* address) {
  Transfer& transfer = *static_cast<Transfer*>(data);
  const int fd = socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address->protocol);
  if (fd < 0) return CURL_SOCKET_BAD;
  Sockets& sockets = transfer.multi->sockets();
  sockets.port_.forget(fd);  // a number that was closed without a word
  sockets.at(fd) = Socket{};
  transfer.new_sockets.push_back(fd);
  return fd;
}

int Sockets::on_close(void* self, curl_socket_t fd) {
  static_cast<Sockets*>(self)->closed(fd);
  return close(fd);
}

void Sockets::established(Transfer& transfer, int local_port) {
  if (transfer.opening) --transfer.origin->opening;
  transfer.opening = false;
  for (const int fd : transfer.new_sockets) {
    if (local_port_of(fd) != local_port) continue;
    Socket& socket = at(fd);
    socket.origin = transfer.origin;
    socket.multi = static_cast<std::uint32_t>(transfer.multi->index());
    ++transfer.origin->open;
    ++transfer.origin->share(socket.multi).open;
    ++stats_.connections_opened;
    ++stats_.connections_open;
    break;
  }
  transfer.new_sockets.clear();
}

void Sockets::closed(int fd) {
  Socket& socket = at(fd);
  if (socket.watched != 0) port_.forget(fd);
  if (socket.origin != nullptr) {
    --socket.origin->open;
    --socket.origin->share(socket.multi).open;
    --stats_.connections_open;
  }
  socket = Socket{};
}

void Sockets::want(int fd, std::uint32_t events, net::EpollPort::Watcher& watcher) {
  Socket& socket = at(fd);
  socket.wanted = events;
  if (events == 0) {
    if (socket.origin != nullptr) return;  // a kept connection: wanted() ends its watch if something happens
    port_.unwatch(fd);
    socket = Socket{};
    return;
  }
  if (socket.watched == events) return;
  port_.watch(fd, events, watcher);
  socket.watched = events;
}

bool Sockets::wanted(int fd) {
  Socket& socket = at(fd);
  if (socket.wanted != 0) return true;
  port_.unwatch(fd);
  socket.watched = 0;
  return false;
}

Sockets::Socket& Sockets::at(int fd) {
  const auto index = static_cast<std::size_t>(fd);
  if (index >= sockets_.size()) sockets_.resize(std::max(index + 1, sockets_.size() * 2));
  return sockets_[index];
}

}  // namespace assay::curl
