#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "job/cell_result.hpp"
#include "job/lease.hpp"
#include "runtime/task.hpp"

namespace assay::queue {

/// The queue could not be reached, or its answer was lost. `maybe_done`: the statement may have been committed. Every
/// operation is safe to send again with the same arguments.
struct Outage {
  bool maybe_done = false;
  std::string detail;
};

struct ClaimRequest {
  std::int32_t shares = 1;    ///< at most this many
  std::int32_t cells = 1;     ///< free slots: shares are claimed until their cells reach this
  bool take_suspect = false;  ///< this process may take one suspect, which it will run alone
};

struct Claimed {
  std::vector<Lease> leases;
  std::optional<Duration> next_due;  ///< until the next scheduled or throttled share falls due
};

/// The ledger row of a call, written before its socket opens.
struct CallIntent {
  LeaseRef lease;
  CallId id;
  Purpose purpose = Purpose::answer;
  std::string provider, model;
  std::string request_hash;    ///< 16 raw bytes of the request's SHA-256
  std::string price;           ///< JSON snapshot of the price the bound was computed from; empty when unknown
  std::optional<Money> bound;  ///< the most it can cost; empty when the price is unknown
};

enum class BeginAnswer {
  granted,        ///< the row is durable: the socket may open
  over_budget,    ///< it would pass the job's max_cost
  unknown_price,  ///< the job is capped and the price is unknown
  lost            ///< the lease is no longer ours
};

/// What one step of a cell leaves behind. Written in one transaction, fenced by the lease.
struct Settlement {
  LeaseRef lease;
  std::optional<CellResult> result;
  std::vector<CallEnd> ended;  ///< calls that ended without a result: failures, cuts
  bool closes_share = false;   ///< this is the share's last write: it is deleted, and its job closed with the last one
};

/// A settlement that nobody changes any more: held at once by who may have to send it again and by the thread that
/// writes it. An answer can be large; it is not copied on this way.
class SealedSettlement {
 public:
  SealedSettlement(Settlement settlement) : held_(std::make_shared<const Settlement>(std::move(settlement))) {}
  const Settlement& operator*() const { return *held_; }
  const Settlement* operator->() const { return held_.get(); }

 private:
  std::shared_ptr<const Settlement> held_;
};

enum class SettleAnswer {
  stored,  ///< committed, now or by an earlier try of the same settlement
  lost     ///< the share belongs to another: the result was not written, its call was booked as an orphan
};

/// Why a share goes back unfinished. Neither uses an attempt.
struct Release {
  Duration wake_after{};  ///< zero: ready at once
  std::string reason;     ///< "rate_limited", "drain", …: shown to people
};

/// The one place where jobs come from and verdicts go to: Postgres in production, memory in the simulator. One
/// conformance suite holds for both (tests/support/queue_conformance.hpp).
///
/// Loop thread only. Waits are short (a transaction), never stoppable, and end in an Outage when the database is away;
/// the caller decides when to try again. Everything is idempotent.
class JobQueue {
 public:
  virtual ~JobQueue() = default;

  /// Due shares, most urgent and oldest first, skipping what others hold. Each comes with the cells it already has
  /// results for, read under the new lock.
  virtual Task<Result<Claimed, Outage>> claim(ClaimRequest request) = 0;

  /// Writes a call's intent and reserves its bound. Only `granted` may open a socket.
  virtual Task<Result<BeginAnswer, Outage>> begin(CallIntent intent) = 0;

  virtual Task<Result<SettleAnswer, Outage>> settle(SealedSettlement settlement) = 0;

  /// Renews leases; the answer holds those that are lost, in the order given.
  virtual Task<Result<std::vector<LeaseRef>, Outage>> renew(std::vector<LeaseRef> leases) = 0;

  /// Hands a share back with its open cells. Attempts and crash counts stay as they are. A lost lease is no error.
  virtual Task<Result<bool, Outage>> release(LeaseRef lease, Release how) = 0;

  /// Ends a share that has no open cell left (all were settled by earlier holders).
  virtual Task<Result<SettleAnswer, Outage>> close(LeaseRef lease) = 0;

  /// Marks a suspect as running alone: only a death after this counts towards quarantine. False: the lease is lost.
  virtual Task<Result<bool, Outage>> run_alone(LeaseRef lease) = 0;

  /// One pass of upkeep, by any worker on a timer: expired leases go back to ready (or to quarantine), due shares are
  /// promoted. Returns how many of each; bounded per call.
  struct Swept {
    std::int32_t rescued = 0, promoted = 0, quarantined = 0;
  };
  virtual Task<Result<Swept, Outage>> sweep() = 0;

  /// A number that cancel, pause and configuration changes bump: when it moved, renew to learn what was lost.
  virtual Task<Result<std::int64_t, Outage>> control() = 0;

  /// The models that people keep here, as a JSON list (models_v1); "[]" where none are kept.
  virtual Task<Result<std::string, Outage>> models() { co_return std::string("[]"); }

  /// The stored suite, as JSON text. Empty when there is no such suite.
  virtual Task<Result<std::string, Outage>> suite(SuiteId id) = 0;
};

}  // namespace assay::queue
