#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "postgres/backoff.hpp"
#include "postgres/connection.hpp"
#include "runtime/loop.hpp"
#include "telemetry/log.hpp"

namespace assay::postgres {

/// Listens for "there may be work", on a connection and a thread of its own: LISTEN needs a session, which a pooler in
/// transaction mode cannot give, and a renewal must never wait behind it. Nothing depends on it: it only shortens the
/// wait for the next poll.
///
/// Behind a pooler that cannot keep a session it says so and stays unhealthy, so that polls stay frequent.
///
/// After each (re)connect it listens first and then hints once, because what was notified meanwhile is lost. A silent
/// connection is asked for a sign of life, so a half-open socket is found within `ping`.
class Listener {
 public:
  struct Options {
    Connection::Options connection;
    std::string channel;
    std::uint64_t seed = 1;
    Duration ping = std::chrono::seconds(10);
  };

  /// `hint` runs on the loop's thread; hints that come while one waits there are one.
  Listener(Loop& loop, Options options, std::function<void()> hint, telemetry::Log log);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

  /// Whether the connection listens, so that polls may be rare. Any thread.
  bool healthy() const { return healthy_; }

 private:
  void serve();
  void listen();
  bool wait(int descriptor, Duration at_most);
  void pass_on();

  Loop& loop_;
  Options options_;
  telemetry::Log log_;
  Backoff backoff_;
  std::string last_error_;  // the thread's own
  std::shared_ptr<const std::function<void()>> hint_;
  std::shared_ptr<std::atomic<bool>> on_its_way_;
  std::atomic<bool> healthy_{false}, ending_{false};
  int wakeup_;
  std::thread thread_;
};

}  // namespace assay::postgres
