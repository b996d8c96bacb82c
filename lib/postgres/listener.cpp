#include "postgres/listener.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <system_error>

namespace assay::postgres {

Listener::Listener(Loop& loop, Options options, std::function<void()> hint, telemetry::Log log)
    : loop_(loop),
      options_(std::move(options)),
      log_(log.with({{"lane", "listen"}})),
      backoff_(options_.seed, std::chrono::milliseconds(200), std::chrono::seconds(30)),
      hint_(std::make_shared<const std::function<void()>>(std::move(hint))),
      on_its_way_(std::make_shared<std::atomic<bool>>(false)),
      wakeup_(::eventfd(0, EFD_CLOEXEC)) {
  if (wakeup_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  thread_ = std::thread([this] { serve(); });
}

Listener::~Listener() {
  ending_ = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(wakeup_, &one, sizeof one);
  thread_.join();
  ::close(wakeup_);
}

void Listener::serve() {
  while (!ending_) {
    try {
      listen();
    } catch (const std::exception& error) {
      healthy_ = false;
      if (last_error_ != error.what()) log_.warn("nothing wakes us: polling goes on", {{"error", error.what()}});
      last_error_ = error.what();
      wait(-1, backoff_.next());
    }
  }
}

void Listener::listen() {
  Connection connection(options_.connection);
  if (connection.pooled()) {
    throw DatabaseError(ErrorKind::fatal, "", "LISTEN is lost behind a pooler in transaction mode: give a direct URL");
  }
  connection.listen(options_.channel, [this] { pass_on(); });
  healthy_ = true;
  last_error_.clear();
  backoff_.reset();
  pass_on();
  while (!ending_) {
    if (wait(connection.descriptor(), options_.ping)) {
      connection.take_notifications();
    } else if (!ending_) {
      connection.run("select 1");
      connection.take_notifications();
    }
    if (!connection.open()) throw DatabaseError(ErrorKind::outage, "", "the connection broke");
  }
}

/// True when the descriptor can be read.
bool Listener::wait(int descriptor, Duration at_most) {
  pollfd watched[2] = {{wakeup_, POLLIN, 0}, {descriptor, POLLIN, 0}};
  const auto timeout = std::chrono::ceil<std::chrono::milliseconds>(at_most).count();
  ::poll(watched, descriptor < 0 ? 1 : 2, static_cast<int>(timeout));
  return descriptor >= 0 && watched[1].revents != 0;
}

void Listener::pass_on() {
  if (on_its_way_->exchange(true)) return;
  loop_.post([hint = hint_, on_its_way = on_its_way_] {
    *on_its_way = false;
    (*hint)();
  });
}

}  // namespace assay::postgres
