#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "queue/job_queue.hpp"

namespace assay::queue {

/// The queue's rules over plain maps: the same states, fences and money as the SQL functions, in one process. It is the
/// database of the simulator and of tests, and the model that the conformance suite holds against Postgres.
///
/// Every member is one atomic step. What Postgres does in two steps under a row lock (claim, settle) is offered as two
/// steps with a lock between them, so that the simulator can let the world move in the middle. One thread.
class MemoryStore {
 public:
  enum class ShareState { scheduled, ready, throttled, running };
  enum class JobState { queued, running, finished, cancelled, quarantined };

  struct Order {  ///< what enqueue_job takes
    SuiteId suite;
    std::vector<std::string> models;
    std::int32_t cases = 1, repeats = 1;
    std::int32_t priority = 0;
    std::string tenant = "default", queue = "default";
    std::optional<Money> max_cost;
    Duration delay{};
    std::int32_t cells_per_share = 64;
    std::vector<CellNumber> only;
    std::optional<JobId> retry_of;
    Sampling sampling;
    std::string traceparent;
    std::optional<Day> day;  ///< empty: counted on `now`
  };

  struct Share {
    ShareId id;
    JobId job;
    CellNumber first;
    std::int32_t count = 0, priority = 0;
    std::string queue;
    ShareState state = ShareState::ready;
    Instant run_at, lease_until;
    Token token;
    std::string worker, reason;
    std::int32_t crashes = 0, alone_crashes = 0;
    bool claimed_before = false, alone = false;
    std::int32_t locks = 0;  ///< transactions that hold the row
  };

  struct Job {
    std::shared_ptr<const JobTerms> terms;
    Order order;
    std::int32_t cells = 0, open_shares = 0;
    JobState state = JobState::queued;
    std::optional<Money> max_cost;
    Money reserved, settled;
  };

  struct Call {
    CallIntent intent;
    Token token;
    bool settled = false;  ///< its money has been booked
  };

  struct Ended {
    CallEnd end;
    bool orphan = false;
  };

  struct Stored {
    CellResult result;
    Token token;
  };

  /// Ways to be wrong, for proving that tests and the simulator notice. All off in any real use.
  struct Faults {
    bool no_token_check = false;
    bool settle_without_lock = false;
    bool open_cells_before_claim = false;
  };

  struct Settings {
    Duration lease = std::chrono::seconds(60);
    std::int32_t suspect_after = 2;     ///< crashes without a finished cell between them
    std::int32_t quarantine_after = 3;  ///< crashes while alone
  };

  /// `now` is the database's clock.
  explicit MemoryStore(std::function<Instant()> now) : MemoryStore(std::move(now), Settings{}) {}
  MemoryStore(std::function<Instant()> now, Settings settings) : now_(std::move(now)), settings_(settings) {}
  Faults faults;

  // What people do.
  SuiteId put_suite(std::string content);
  JobId enqueue(Order order);
  bool cancel(JobId job);           ///< Postgres waits for row locks first: ask locked() before
  bool locked(JobId job) const;
  std::optional<JobId> retry(JobId job, std::vector<CellNumber> cells);
  void pause(const std::string& queue) { paused_.insert(queue), ++control_; }
  void resume(const std::string& queue) { paused_.erase(queue), ++control_; }
  void set_priority(JobId job, std::int32_t priority);

  // What workers do.
  /// Locks each. When nothing is ready, due shares are promoted first.
  std::vector<ShareId> pick(const std::vector<std::string>& queues, const ClaimRequest& request);
  Lease take(ShareId share, const std::string& worker);                                          ///< and unlocks it
  std::optional<Duration> next_due(const std::vector<std::string>& queues) const;
  BeginAnswer begin(const CallIntent& intent);
  bool lock_if_held(const LeaseRef& lease);   ///< the fence: false when the lease is another's
  void unlock(ShareId share);
  SettleAnswer settle(const Settlement& settlement, bool fence_held);
  bool renew(const LeaseRef& lease);
  bool release(const LeaseRef& lease, const Release& how);
  bool run_alone(const LeaseRef& lease);
  JobQueue::Swept sweep();
  std::int64_t control() const { return control_; }
  std::string suite(SuiteId id) const;
  void read_done(Lease& lease) const;  ///< fills what the share's cells already have

  // What a verifier reads.
  const std::map<JobId, Job>& jobs() const { return jobs_; }
  const std::map<ShareId, Share>& shares() const { return shares_; }
  const std::map<CallId, Call>& calls() const { return calls_; }
  const std::map<CallId, Ended>& ended() const { return ended_; }
  const std::map<std::pair<JobId, CellNumber>, Stored>& results() const { return results_; }

  /// What `assay verify` asks of a database: a sentence per broken invariant, empty when all hold.
  std::vector<std::string> verify() const;
  std::vector<std::string> verify(JobId job) const;  ///< the same for one job

 private:
  std::vector<ShareId> ready(const std::vector<std::string>& queues, const ClaimRequest& request) const;
  std::int32_t promote_due();
  bool holds(const LeaseRef& lease) const;
  bool finished_a_cell(const Share& share) const;
  void book(const CallEnd& end, Token token, bool orphan);
  void settle_money(const CallId& id, std::optional<Money> cost);
  void end_share(const LeaseRef& lease);
  void end_job(JobId job, JobState state);

  std::function<Instant()> now_;
  Settings settings_;
  std::map<SuiteId, std::string> suites_;
  std::map<JobId, Job> jobs_;
  std::map<ShareId, Share> shares_;
  std::map<CallId, Call> calls_;
  std::map<CallId, Ended> ended_;
  std::map<std::pair<JobId, CellNumber>, Stored> results_;
  std::set<std::string> paused_;
  std::int64_t control_ = 0, last_token_ = 0, last_job_ = 0, last_share_ = 0;
};

}  // namespace assay::queue
