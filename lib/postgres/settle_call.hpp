#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "postgres/connection.hpp"
#include "postgres/statements.hpp"
#include "queue/job_queue.hpp"

namespace assay::postgres {

/// Writes a group of settlements in one statement, hence one transaction.
///
/// Text that the database cannot hold (NUL, bad UTF-8) is written in its escaped form; the answer's own text then gets
/// its flag. What is refused all the same is bisected out and written alone, as a *settlement of last resort*: a result
/// becomes error/internal with a constant text, its cost and tokens kept, an ended call loses its texts. So a paid
/// answer is always booked and 99 others never wait for a bad one. A share that the database does not let us close
/// because cells are open (ZA101) keeps its results and is handed back; the answer is then `lost`.
class SettleCall {
 public:
  SettleCall(Statements statements, std::string worker)
      : statements_(std::move(statements)), worker_(std::move(worker)) {}

  std::vector<Result<queue::SettleAnswer, queue::Outage>> operator()(Connection& connection,
                                                                     std::vector<queue::SealedSettlement>& settlements);

  /// Readable from any thread.
  struct Counters {
    std::atomic<std::uint64_t> last_resorts{0};  ///< rows that were stored with less than they held
    std::atomic<std::uint64_t> late_writes{0};   ///< settlements refused because the lease was lost
    std::atomic<std::uint64_t> escaped{0};       ///< texts that had to be escaped here
  };
  const Counters& counters() const { return counters_; }

 private:
  Result<queue::SettleAnswer, queue::Outage> last_resort(Connection& connection, const queue::Settlement& settlement,
                                                         const DatabaseError& error);
  void give_back(Connection& connection, const LeaseRef& lease) const;

  Statements statements_;
  std::string worker_;
  Counters counters_;
};

}  // namespace assay::postgres
