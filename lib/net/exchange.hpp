#pragma once
#include <functional>
#include <string_view>

#include "net/connection.hpp"
#include "net/http_message.hpp"
#include "runtime/task.hpp"

namespace assay::net {

/// How a handler answers one request: properly with send(), or by hand, to misbehave. It lives as long as the handler
/// runs. When the client leaves meanwhile, the handler's stoppable waits throw Stopped.
class Exchange {
 public:
  Exchange(Connection& connection, Duration write_stall, bool head_only, bool keep_alive)
      : connection_(connection), write_stall_(write_stall), head_only_(head_only), keep_alive_(keep_alive) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// Sends the whole answer. True when the system took every byte of it and the client was still there. Once only.
  Task<bool> send(ServerResponse response);

  /// Sends bytes exactly as they are, the status line included; they outlive the await. From the first call on the
  /// server adds nothing of its own, and ends the connection after the handler unless keep() is called. False when the
  /// client is gone or takes nothing any more.
  Task<bool> write(std::string_view bytes);

  void keep() { keep_ = keep_alive_; }  ///< what was written by hand is a whole answer: keep the connection
  void close_after() { keep_alive_ = keep_ = false; }
  void reset();  ///< breaks the connection off; nothing more is sent

  /// Calls `hook` when the connection is reset after this answer and before the next request: the client may not have
  /// read what was sent. What it captures lives as long as the server.
  void if_reset_later(std::function<void()> hook) { if_reset_ = std::move(hook); }

  Loop& loop() const { return connection_.loop(); }
  bool client_left() const { return connection_.peer_left(); }

  // For the server:
  bool answered() const { return answered_; }
  bool keeps_alive() const { return keep_; }
  std::function<void()> take_reset_hook() { return std::move(if_reset_); }

 private:
  Connection& connection_;
  const Duration write_stall_;
  const bool head_only_;
  bool keep_alive_;
  bool answered_ = false;
  bool keep_ = false;
  std::function<void()> if_reset_;
};

/// Answers requests: runs on the loop's thread, once per request, any number of them at a time. What it throws becomes
/// a 500.
using Handler = std::function<Task<>(ServerRequest, Exchange&)>;

/// A Handler that always answers properly.
Handler answering(std::function<Task<ServerResponse>(ServerRequest)> answer);

}  // namespace assay::net
