#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "postgres/connection.hpp"
#include "queue/job_queue.hpp"

namespace assay::postgres {

/// Claims shares, and keeps the low-water marks that let a claim start where the last one ended: without them it walks
/// over dead index entries while an old snapshot is held somewhere. A mark is a shortcut only. One thread, but for
/// look_at_all().
class ClaimCall {
 public:
  struct Request {
    queue::ClaimRequest what;
    Instant asked;       ///< on the loop's clock
    Instant asked_real;  ///< at the same moment, on the steady clock
  };

  ClaimCall(std::string statement, std::string worker, std::vector<std::string> queues, Duration lease);

  queue::Claimed operator()(Connection& connection, const Request& request);

  /// The next claim scans without marks, once: due after each sweep, because late commits, rescued and returned shares
  /// lie below them. Any thread.
  void look_at_all() { look_at_all_ = true; }

 private:
  std::string statement_, worker_;
  std::vector<std::string> queues_;
  Duration lease_;
  std::vector<std::optional<std::int64_t>> marks_;  // four priorities a queue
  std::atomic<bool> look_at_all_{true};
};

}  // namespace assay::postgres
