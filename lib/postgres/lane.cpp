#include "postgres/lane.hpp"

#include <algorithm>

namespace assay::postgres {
namespace {

Instant steady_now() {
  return std::chrono::steady_clock::now();
}

constexpr int most_tries = 8;  // of a group that met deadlocks

std::uint64_t other_seed(std::uint64_t seed) {
  return seed ^ 0x9E3779B97F4A7C15ull;
}

}  // namespace

Instant AnyDesk::ready_at() const {
  if (grouping_.linger == Duration::zero() || rate_ < grouping_.busy || full()) return oldest();
  return oldest() + grouping_.linger;
}

void AnyDesk::note_taken(std::size_t items, Instant now) {
  const double seconds = std::max(1e-6, std::chrono::duration<double>(now - last_taken_).count());
  rate_ = 0.7 * rate_ + 0.3 * static_cast<double>(items) / seconds;
  last_taken_ = now;
}

Lane::Lane(Loop& loop, Options options, telemetry::Log log)
    : loop_(loop),
      options_(std::move(options)),
      log_(log.with({{"lane", options_.name}})),
      backoff_(options_.seed, options_.first_backoff, options_.longest_backoff),
      repeat_backoff_(other_seed(options_.seed), std::chrono::milliseconds(2), std::chrono::milliseconds(200)) {}

Lane::~Lane() {
  stop();
}

void Lane::start() {
  away_since_ = steady_now();
  thread_ = std::thread([this] { serve(); });
}

void Lane::stop(Duration grace) {
  if (!thread_.joinable()) return;
  {
    std::unique_lock<std::mutex> lock(lock_);
    ending_ = true;
    wake_.notify_all();
    if (!ended_.wait_for(lock, grace, [this] { return has_ended_; })) {
      dropping_ = true;
      wake_.notify_all();
      if (busy_ && connection_) connection_->cancel();
    }
  }
  thread_.join();
}

Lane::Stats Lane::stats() const {
  std::lock_guard<std::mutex> lock(lock_);
  Stats stats = stats_;
  stats.waiting = waiting();
  stats.connected = connection_ != nullptr;
  if (away_since_) stats.away += steady_now() - *away_since_;
  return stats;
}

std::size_t Lane::waiting() const {
  std::size_t count = 0;
  for (const auto& desk : desks_) count += desk->waiting();
  return count;
}

bool Lane::push(const std::function<void()>& append, const AnyDesk& desk) {
  std::lock_guard<std::mutex> lock(lock_);
  if (waiting() >= options_.inbox) {
    ++stats_.outages;
    return false;
  }
  append();
  if (sleeping_ && (!lingering_ || desk.full())) wake_.notify_one();
  return true;
}

void Lane::serve() {
  std::unique_lock<std::mutex> lock(lock_);
  while (!dropping_ && !(ending_ && (waiting() == 0 || !connection_))) {
    if (!connection_) {
      reach(lock);
      continue;
    }
    Instant wake_at = Instant::max();
    AnyDesk* const desk = next_desk(steady_now(), wake_at);
    if (desk == nullptr) {
      lingering_ = wake_at != Instant::max();
      sleep_until(lock, wake_at);
    } else if (connection_->hung_up()) {
      lose("the server hung up");
    } else {
      work_at(*desk, lock);
    }
  }
  connection_.reset();
  has_ended_ = true;
  ended_.notify_all();
}

void Lane::sleep_until(std::unique_lock<std::mutex>& lock, Instant at) {
  sleeping_ = true;
  if (at == Instant::max()) {
    wake_.wait(lock);
  } else {
    wake_.wait_until(lock, at);
  }
  sleeping_ = lingering_ = false;
}

/// The desk whose turn it is among those with something to take; else when there will be one.
AnyDesk* Lane::next_desk(Instant now, Instant& wake_at) {
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    AnyDesk& desk = *desks_[(turn_ + i) % desks_.size()];
    if (desk.waiting() == 0) continue;
    if (ending_ || desk.ready_at() <= now) {
      turn_ = (turn_ + i + 1) % desks_.size();
      return &desk;
    }
    wake_at = std::min(wake_at, desk.ready_at());
  }
  return nullptr;
}

void Lane::work_at(AnyDesk& desk, std::unique_lock<std::mutex>& lock) {
  desk.take();
  busy_ = true;
  lock.unlock();
  carry_out(desk);
  AnyDesk::Delivery delivery = desk.deliver();
  loop_.post(std::move(delivery));
  lock.lock();
  busy_ = false;
  if (!connection_->open()) {
    lose("the connection broke");
  } else if (std::exchange(distrusted_, false)) {
    lose("the server takes no writes any more");
  }
}

void Lane::carry_out(AnyDesk& desk) {
  std::size_t groups = 0, repeats = 0;
  queue::Outage outage;
  repeat_backoff_.reset();
  for (int tries = 1; groups == 0; ++tries) {
    try {
      desk.carry_out(*connection_);
      ++groups;
      break;
    } catch (const DatabaseError& error) {
      if (error.kind() == ErrorKind::retry && tries < most_tries) {
        ++repeats;
        pause(repeat_backoff_.next());
        continue;
      }
      outage.maybe_done = error.kind() == ErrorKind::ambiguous;
      distrusted_ = error.sqlstate() == "25006";  // this server became a standby: look for the other one
      outage.detail = error.what();
      log_.warn("a database statement failed", {{"kind", to_string(error.kind())}, {"error", outage.detail}});
    } catch (const std::exception& error) {  // an answer that we cannot read
      outage.maybe_done = true;
      outage.detail = error.what();
      log_.error("the database answered something unexpected", {{"error", outage.detail}});
    }
    desk.fail(outage);
    break;
  }
  std::lock_guard<std::mutex> lock(lock_);
  stats_.groups += groups;
  stats_.repeats += repeats;
  (groups > 0 ? stats_.errands : stats_.outages) += desk.taken();
}

/// Waits on the lane's thread; stop() cuts it short.
void Lane::pause(Duration duration) {
  std::unique_lock<std::mutex> lock(lock_);
  wake_.wait_for(lock, duration, [this] { return dropping_; });
}

/// Connects when it is time, and sleeps until then otherwise.
void Lane::reach(std::unique_lock<std::mutex>& lock) {
  if (steady_now() < next_attempt_) {
    refuse_overdue(lock, last_error_);
    if (ending_ || connection_) return;
    Instant wake_at = next_attempt_;
    for (const auto& desk : desks_) {
      if (desk->waiting() > 0) wake_at = std::min(wake_at, desk->oldest() + options_.patience);
    }
    lingering_ = waiting() > 0;  // who comes later is patient for longer
    sleep_until(lock, wake_at);
    return;
  }
  lock.unlock();
  std::unique_ptr<Connection> made;
  std::string error;
  try {
    made = std::make_unique<Connection>(options_.connection);
    if (options_.greet) options_.greet(*made);
  } catch (const std::exception& failed) {
    made.reset();
    error = failed.what();
  }
  lock.lock();
  if (made) {
    connection_ = std::move(made);
    if (away_since_) stats_.away += steady_now() - *std::exchange(away_since_, std::nullopt);
    ++stats_.connects;
    backoff_.reset();
    log_.info("connected to the database", {{"pooled", connection_->pooled()}});
    return;
  }
  if (last_error_ != error) log_.warn("the database is away", {{"error", error}});
  last_error_ = error;
  next_attempt_ = steady_now() + backoff_.next();
}

void Lane::lose(const std::string& why) {
  connection_.reset();
  away_since_ = steady_now();
  next_attempt_ = steady_now();  // the first try is at once
  last_error_ = why;
  log_.warn("the database connection was lost", {{"error", why}});
}

void Lane::refuse_overdue(std::unique_lock<std::mutex>& lock, const std::string& why) {
  queue::Outage outage;
  outage.detail = "the database is away: " + why;
  std::vector<AnyDesk::Delivery> refused;
  for (const auto& desk : desks_) {
    const std::size_t before = desk->waiting();
    if (AnyDesk::Delivery delivery = desk->refuse(steady_now() - options_.patience, outage))
      refused.push_back(std::move(delivery));
    stats_.outages += before - desk->waiting();
  }
  if (refused.empty()) return;
  lock.unlock();
  loop_.post([refused = std::move(refused)] {
    for (const AnyDesk::Delivery& delivery : refused) delivery();
  });
  lock.lock();
}

}  // namespace assay::postgres
