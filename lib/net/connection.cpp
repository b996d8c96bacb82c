#include "net/connection.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace assay::net {

Connection::Connection(Loop& loop, EpollPort& port, Socket socket)
    : loop_(loop), port_(port), socket_(std::move(socket)) {
  port_.watch(socket_.fd(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, *this);
}

Connection::~Connection() {
  close();
}

void Connection::close() {
  if (!socket_.open()) return;
  port_.forget(socket_.fd());
  socket_.close();
}

Connection::Transfer Connection::read_some(std::span<char> room) {
  if (!socket_.open()) return {Moved::broken, 0};
  ssize_t got = 0;
  do got = recv(socket_.fd(), room.data(), room.size(), 0);
  while (got < 0 && errno == EINTR);
  if (got > 0) {
    // Edge-triggered: less than we asked for means that the next byte brings an event of its own, as does the end
    // unless it has been announced already.
    if (static_cast<std::size_t>(got) < room.size() && !left_) readable_ = false;
    return {Moved::bytes, static_cast<std::size_t>(got)};
  }
  if (got == 0) {
    left_ = true;
    return {Moved::end, 0};
  }
  if (errno == EAGAIN) {
    readable_ = false;
    return {Moved::nothing, 0};
  }
  left_ = reset_ = true;
  return {Moved::broken, 0};
}

Connection::Transfer Connection::write_some(std::string_view head, std::string_view body) {
  if (!socket_.open()) return {Moved::broken, 0};
  // sendmsg never writes through iov_base; its type knows no const.
  std::array<iovec, 2> pieces{iovec{const_cast<char*>(head.data()), head.size()},
                              iovec{const_cast<char*>(body.data()), body.size()}};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  ssize_t put = 0;
  do put = sendmsg(socket_.fd(), &message, MSG_NOSIGNAL);
  while (put < 0 && errno == EINTR);
  if (put >= 0) return {Moved::bytes, static_cast<std::size_t>(put)};
  if (errno == EAGAIN) {
    writable_ = false;
    return {Moved::nothing, 0};
  }
  left_ = reset_ = true;
  return {Moved::broken, 0};
}

Task<bool> write_all(Connection& connection, std::string_view head, std::string_view body, Duration stall) {
  while (!head.empty() || !body.empty()) {
    const Connection::Transfer put = connection.write_some(head, body);
    if (put.moved == Connection::Moved::broken) co_return false;
    const std::size_t of_head = std::min(put.count, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(put.count - of_head);
    if (put.moved != Connection::Moved::nothing) continue;
    const bool again = co_await connection.writable(Deadline{connection.loop().now() + stall});
    if (!again) co_return false;
  }
  co_return true;
}

void Connection::on_events(int, std::uint32_t events) {
  const bool gone = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  if ((events & EPOLLERR) != 0) reset_ = true;
  if (gone) left_ = true;
  if (gone || (events & EPOLLIN) != 0) {
    readable_ = true;
    if (reader_ != nullptr) reader_->came();
  }
  if ((events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0) {
    writable_ = true;
    if (writer_ != nullptr) writer_->came();
  }
  if (gone && stop_ != nullptr) stop_->request(StopReason::cancelled);
}

void Connection::interrupt() {
  if (reader_ != nullptr) reader_->interrupted();
}

void Connection::stop_when_peer_leaves(Stop* stop) {
  stop_ = stop;
  if (stop_ != nullptr && left_) stop_->request(StopReason::cancelled);
}

void Connection::finish_writing() {
  if (socket_.open()) shutdown(socket_.fd(), SHUT_WR);
}

void Connection::reset() {
  if (!socket_.open()) return;
  socket_.reset_on_close();
  close();
}

}  // namespace assay::net
