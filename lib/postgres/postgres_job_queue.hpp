#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "postgres/lane.hpp"
#include "postgres/schema.hpp"
#include "queue/job_queue.hpp"
#include "telemetry/log.hpp"

namespace assay::postgres {

/// The job queue in PostgreSQL.
///
/// Three lanes, so that nothing slow stands before something urgent: (a) claims, begins, suites; (b) settles, releases,
/// closes; (c) renewals, control, upkeep, presence. A fourth connection listens. A claim stuck behind a lock costs no
/// lease. All of JobQueue's promises hold here by SQL (migrations/functions/assay_worker).
///
/// Loop thread only. Destroy it on that thread when nobody awaits it any more; what was handed over is written first,
/// for up to five seconds.
class PostgresJobQueue final : public queue::JobQueue {
 public:
  /// This process, as the table of workers shows it.
  struct Identity {
    std::string worker;  ///< unique per process start
    std::string host;
    std::int32_t pid = 0;
    std::string version;
    std::int32_t slots = 0;
  };

  struct Options {
    std::string url;         ///< may lead through a pooler in transaction mode
    std::string direct_url;  ///< for LISTEN; empty: `url`, which then must not be pooled for wakes to come
    Schema schema;
    Identity identity;
    std::vector<std::string> queues = {"default"};
    Duration lease = std::chrono::seconds(60);
    Duration connect_timeout = std::chrono::seconds(5);
    Duration statement_timeout = std::chrono::seconds(30);
    Duration lock_timeout = std::chrono::seconds(5);
    std::int32_t sweep_limit = 1000;
    std::int32_t quarantine_after = 3;  ///< deaths while running alone
    std::size_t begins_together = 200, settles_together = 100;
    Duration settle_linger = std::chrono::milliseconds(5);  ///< only above 500 settles a second
    std::size_t inbox = 20'000;                             ///< of each lane
    std::uint64_t seed = 1;                                 ///< of the reconnects' jitter
    bool listen = true;
    std::function<void()> on_wake;  ///< there may be work; loop thread
  };

  struct Stats {
    Lane::Stats work, settle, control;
    bool listening = false;
    std::uint64_t last_resorts = 0;  ///< rows stored with less than they held
    std::uint64_t late_writes = 0;   ///< refused because the lease was lost
    std::uint64_t escaped = 0;       ///< answers whose text had to be escaped here
  };

  PostgresJobQueue(Loop& loop, Options options, telemetry::Log log);
  ~PostgresJobQueue() override;

  Task<Result<queue::Claimed, queue::Outage>> claim(queue::ClaimRequest request) override;
  Task<Result<queue::BeginAnswer, queue::Outage>> begin(queue::CallIntent intent) override;
  Task<Result<queue::SettleAnswer, queue::Outage>> settle(queue::SealedSettlement settlement) override;
  Task<Result<std::vector<LeaseRef>, queue::Outage>> renew(std::vector<LeaseRef> leases) override;
  Task<Result<bool, queue::Outage>> release(LeaseRef lease, queue::Release how) override;
  Task<Result<queue::SettleAnswer, queue::Outage>> close(LeaseRef lease) override;
  Task<Result<bool, queue::Outage>> run_alone(LeaseRef lease) override;
  Task<Result<Swept, queue::Outage>> sweep() override;
  Task<Result<std::int64_t, queue::Outage>> control() override;
  Task<Result<std::string, queue::Outage>> models() override;
  Task<Result<std::string, queue::Outage>> suite(SuiteId id) override;

  /// Shows this process to people as `draining` or `stopped`. It appears as `running` with each connect of lane (c).
  Task<Result<bool, queue::Outage>> say(std::string state);

  Stats stats() const;
  bool connected() const;  ///< all three lanes
  bool listening() const;  ///< hints come, so polls may be rare

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace assay::postgres
