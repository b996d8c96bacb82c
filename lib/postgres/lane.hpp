#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "postgres/backoff.hpp"
#include "postgres/connection.hpp"
#include "queue/job_queue.hpp"
#include "runtime/loop.hpp"
#include "runtime/wait.hpp"
#include "telemetry/log.hpp"

namespace assay::postgres {

/// How a desk groups what waits at it into one statement.
struct Grouping {
  std::size_t items = 1;                     ///< at most this many in one statement
  std::size_t bytes = std::size_t{8} << 20;  ///< and about this many bytes
  Duration linger{};                         ///< wait this long for company, but only above `busy` arrivals a second
  double busy = 500;
};

/// One kind of errand at a lane: what waits, and how a group of it is carried out.
class AnyDesk {
 public:
  using Delivery = std::function<void()>;  ///< runs on the loop's thread; empty when there is nothing to deliver

  explicit AnyDesk(Grouping grouping) : grouping_(grouping) {}
  virtual ~AnyDesk() = default;

  // Under the lane's lock.
  virtual std::size_t waiting() const = 0;
  virtual Instant oldest() const = 0;
  virtual void take() = 0;
  virtual Delivery refuse(Instant came_before, const queue::Outage& why) = 0;

  // On the lane's thread, without the lock.
  virtual std::size_t taken() const = 0;
  virtual void carry_out(Connection& connection) = 0;
  virtual void fail(const queue::Outage& why) = 0;
  virtual Delivery deliver() = 0;

  /// When what waits should be taken.
  Instant ready_at() const;
  bool full() const { return waiting() >= grouping_.items; }

 protected:
  void note_taken(std::size_t items, Instant now);
  Grouping grouping_;

 private:
  double rate_ = 0;  ///< arrivals a second, smoothed over a few groups
  Instant last_taken_{};
};

/// One connection, one thread, one inbox. Errands that arrive while a statement runs are the next group: nothing waits
/// for a timer unless its desk says so. Answers come back to the loop in one post per group.
///
/// While the database is away, the thread reconnects with jitter (0.2 to 30 s), and an errand waits at most `patience`
/// before it ends in an Outage. The inbox is bounded: an errand too many ends in an Outage at once.
class Lane {
 public:
  struct Options {
    std::string name;
    Connection::Options connection;
    std::uint64_t seed = 1;
    std::size_t inbox = 20'000;
    Duration patience = std::chrono::seconds(1);
    Duration first_backoff = std::chrono::milliseconds(200), longest_backoff = std::chrono::seconds(30);
    std::function<void(Connection&)> greet;  ///< after each connect, on the lane's thread; may throw DatabaseError
  };

  struct Stats {
    std::uint64_t groups = 0, errands = 0;  ///< statements sent, and what they carried
    std::uint64_t repeats = 0;              ///< after a deadlock or a serialization failure
    std::uint64_t outages = 0;              ///< errands that ended in an Outage
    std::uint64_t connects = 0;
    std::size_t waiting = 0;
    bool connected = false;
    Duration away{};  ///< in all, the present outage included
  };

  Lane(Loop& loop, Options options, telemetry::Log log);
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;
  ~Lane();

  template <class Request, class Answer>
  class Desk;

  /// `carry_out` answers each of a group, in order; it throws DatabaseError when none was done. Before start().
  template <class Request, class Answer>
  Desk<Request, Answer>& add_desk(Grouping grouping, typename Desk<Request, Answer>::CarryOut carry_out,
                                  std::function<std::size_t(const Request&)> size_of = nullptr) {
    auto desk = std::make_unique<Desk<Request, Answer>>(*this, grouping, std::move(carry_out), std::move(size_of));
    auto& added = *desk;
    desks_.push_back(std::move(desk));
    return added;
  }

  void start();

  /// Carries out what was handed over while the database is there, for up to `grace`; then cuts what runs and drops the
  /// rest. The destructor does it too.
  void stop(Duration grace = std::chrono::seconds(5));

  Stats stats() const;

 private:
  void serve();
  void reach(std::unique_lock<std::mutex>& lock);
  void lose(const std::string& why);
  void work_at(AnyDesk& desk, std::unique_lock<std::mutex>& lock);
  void carry_out(AnyDesk& desk);
  void pause(Duration duration);
  void refuse_overdue(std::unique_lock<std::mutex>& lock, const std::string& why);
  void sleep_until(std::unique_lock<std::mutex>& lock, Instant at);
  AnyDesk* next_desk(Instant now, Instant& wake_at);
  std::size_t waiting() const;
  bool push(const std::function<void()>& append, const AnyDesk& desk);

  Loop& loop_;
  Options options_;
  telemetry::Log log_;
  std::vector<std::unique_ptr<AnyDesk>> desks_;
  std::size_t turn_ = 0;
  Backoff backoff_, repeat_backoff_;

  mutable std::mutex lock_;
  std::condition_variable wake_, ended_;
  std::unique_ptr<Connection> connection_;  // replaced under the lock, used by the thread alone
  Instant next_attempt_{};
  std::optional<Instant> away_since_;
  std::string last_error_ = "not connected yet";
  Stats stats_;
  bool sleeping_ = false, lingering_ = false, busy_ = false;
  bool distrusted_ = false;  // the thread's own
  bool ending_ = false, dropping_ = false, has_ended_ = false;
  std::thread thread_;
};

template <class Request, class Answer>
class Lane::Desk final : public AnyDesk {
 public:
  using Reply = Result<Answer, queue::Outage>;
  using CarryOut = std::function<std::vector<Reply>(Connection&, std::vector<Request>&)>;
  using SizeOf = std::function<std::size_t(const Request&)>;

  Desk(Lane& lane, Grouping grouping, CarryOut carry_out, SizeOf size_of)
      : AnyDesk(grouping), lane_(lane), carry_out_(std::move(carry_out)), size_of_(std::move(size_of)) {}

  /// Hands an errand over and waits for its answer. Loop thread. Whoever waits may be abandoned at any time; the errand
  /// is carried out all the same.
  Task<Reply> ask(Request request) {
    OneShot<Reply> answer(lane_.loop_);
    Item item{std::move(request), answer.resolver(), std::chrono::steady_clock::now()};
    const bool taken = lane_.push([&] { items_.push_back(std::move(item)); }, *this);
    if (!taken) {
      queue::Outage full;
      full.detail = lane_.options_.name + ": the inbox is full";
      co_return failure(std::move(full));
    }
    Reply reply = co_await answer;
    co_return reply;
  }

  std::size_t waiting() const override { return items_.size(); }
  Instant oldest() const override { return items_.front().came; }
  std::size_t taken() const override { return requests_.size(); }

  void take() override {
    std::size_t bytes = 0;
    while (!items_.empty() && requests_.size() < grouping_.items) {
      const std::size_t size = size_of_ ? size_of_(items_.front().request) : 0;
      if (!requests_.empty() && bytes + size > grouping_.bytes) break;
      bytes += size;
      requests_.push_back(std::move(items_.front().request));
      resolvers_.push_back(std::move(items_.front().resolver));
      items_.pop_front();
    }
    note_taken(requests_.size(), std::chrono::steady_clock::now());
  }

  void carry_out(Connection& connection) override {
    replies_ = carry_out_(connection, requests_);
    require(replies_.size() == requests_.size(), "each errand of a group has an answer");
  }

  void fail(const queue::Outage& why) override { replies_.assign(requests_.size(), Reply(failure(why))); }

  Delivery deliver() override {
    requests_.clear();
    return delivery(std::exchange(resolvers_, {}), std::exchange(replies_, {}));
  }

  Delivery refuse(Instant came_before, const queue::Outage& why) override {
    std::vector<Resolver> refused;
    while (!items_.empty() && items_.front().came <= came_before) {
      refused.push_back(std::move(items_.front().resolver));
      items_.pop_front();
    }
    if (refused.empty()) return nullptr;
    std::vector<Reply> replies(refused.size(), Reply(failure(why)));
    return delivery(std::move(refused), std::move(replies));
  }

 private:
  using Resolver = typename OneShot<Reply>::Resolver;
  struct Item {
    Request request;
    Resolver resolver;
    Instant came;
  };

  static Delivery delivery(std::vector<Resolver> resolvers, std::vector<Reply> replies) {
    auto held = std::make_shared<std::pair<std::vector<Resolver>, std::vector<Reply>>>(std::move(resolvers),
                                                                                       std::move(replies));
    return [held] {
      for (std::size_t i = 0; i < held->first.size(); ++i) held->first[i].set(std::move(held->second[i]));
    };
  }

  Lane& lane_;
  CarryOut carry_out_;
  SizeOf size_of_;
  std::deque<Item> items_;
  std::vector<Request> requests_;  // of the group that is being carried out
  std::vector<Resolver> resolvers_;
  std::vector<Reply> replies_;
};

}  // namespace assay::postgres
