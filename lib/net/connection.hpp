#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "net/epoll_port.hpp"
#include "net/socket.hpp"
#include "runtime/task.hpp"
#include "runtime/wait.hpp"

namespace assay::net {

/// One end of a byte stream on the loop. It holds no buffer: bytes go between the system and the caller's memory.
///
/// Loop thread only; stays put. At most one coroutine waits to read and one to write. Its descriptor stays in epoll,
/// edge-triggered, from the first to the last byte, so that a request costs no epoll_ctl.
class Connection final : public EpollPort::Watcher {
 public:
  enum class Moved {
    bytes,    ///< some went over: see `count`
    nothing,  ///< not now: wait for it
    end,      ///< the peer has said that nothing more comes (reading only)
    broken    ///< the connection is gone
  };
  struct Transfer {
    Moved moved;
    std::size_t count;
  };

  Connection(Loop& loop, EpollPort& port, Socket socket);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Takes what has arrived, at most `room`. Never blocks.
  Transfer read_some(std::span<char> room);

  /// Gives the system as much as it takes: first of `head`, then of `body`. Never blocks.
  Transfer write_some(std::string_view head, std::string_view body = {});

  class Waiting;
  /// `if (!co_await connection.readable(deadline))`: false when the deadline passed or interrupt() was called. Throws
  /// Stopped when the scope is stopped first. What is known to be ready does not wait.
  Waiting readable(Deadline deadline);
  Waiting writable(Deadline deadline);

  /// Ends a wait for reading as if its deadline had passed.
  void interrupt();

  /// Whom to stop when the peer leaves (end, reset, error); null for nobody. A peer that closes only its sending half
  /// counts as gone. When it has left already, the stop is requested at once.
  void stop_when_peer_leaves(Stop* stop);
  bool peer_left() const { return left_; }

  /// The peer broke the connection off instead of ending it: what was written last may not have arrived.
  bool was_reset() const { return reset_; }

  void finish_writing();  ///< says "end" to the peer; reading goes on
  void reset();           ///< breaks the connection off: the peer sees a reset

  Loop& loop() const { return loop_; }

 private:
  void on_events(int fd, std::uint32_t events) override;
  void close();

  Loop& loop_;
  EpollPort& port_;
  Socket socket_;
  Waiting* reader_ = nullptr;
  Waiting* writer_ = nullptr;
  Stop* stop_ = nullptr;
  bool readable_ = true, writable_ = true;  // until the system says "not now"
  bool left_ = false, reset_ = false;
};

class Connection::Waiting final : public Wait {
 public:
  ~Waiting() override { left(); }
  bool await_ready() const noexcept { return ready_; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> handle) {
    if (!park(handle)) return false;
    place_ = this;
    return true;
  }
  bool await_resume() const { return ready_ || resume(); }

 private:
  friend class Connection;
  Waiting(Loop& loop, Deadline deadline, bool ready, Waiting*& place)
      : Wait(loop, deadline), ready_(ready), place_(place) {}
  void came() { finish(Outcome::came); }
  void interrupted() { finish(Outcome::timed_out); }
  void left() override {
    if (place_ == this) place_ = nullptr;
  }
  const bool ready_;
  Waiting*& place_;  // where the connection keeps us
};

/// Writes all of `head`, then all of `body`; both outlive the await. False when the peer is gone, or took nothing for
/// as long as `stall`.
Task<bool> write_all(Connection& connection, std::string_view head, std::string_view body, Duration stall);

inline Connection::Waiting Connection::readable(Deadline deadline) {
  return Waiting(loop_, deadline, readable_, reader_);
}

inline Connection::Waiting Connection::writable(Deadline deadline) {
  return Waiting(loop_, deadline, writable_, writer_);
}

}  // namespace assay::net
