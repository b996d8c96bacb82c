#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace assay::sim {

/// Everything that can go wrong in a simulated world, counted over a whole run: a fault that never fired proves nothing.
enum class Fault {
  slow_answer, rate_limited, overloaded, cut_answer, timed_out, empty_answer, unreadable_answer,
  worker_killed, killed_with_calls_in_flight, worker_partitioned, lease_expired, clock_jumped,
  statement_lost, answer_lost, job_cancelled, queue_paused, drained, late_write_refused, call_unknown, job_quarantined,
  share_put_back, budget_refused, suspect_ran_alone, drain_cut_a_call,
  streamed_answer, stream_cut, stream_stalled, broke_after_the_end, moved_to_the_proxy,
  count
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(Fault::count)> fault_names{
    "slow answer", "429", "529", "cut answer", "timeout", "empty answer", "unreadable answer",
    "worker killed", "worker killed with calls in flight", "worker cut off from the database", "lease expired", "clock jumped",
    "statement lost before commit", "commit answer lost", "job cancelled", "queue paused", "worker drained",
    "late write refused", "call left unknown", "poison job quarantined",
    "share put back by a 429", "call refused by max_cost", "suspect run alone", "call cut by a drain or a lost lease",
    "answer streamed", "stream cut", "stream stalled", "stream broken after its end", "call moved on to the proxy"};

struct FaultCounts {
  std::array<std::uint64_t, static_cast<std::size_t>(Fault::count)> fired{};
  void count(Fault fault) { ++fired[static_cast<std::size_t>(fault)]; }
  void add(const FaultCounts& other) {
    for (std::size_t i = 0; i < fired.size(); ++i) fired[i] += other.fired[i];
  }
};

}  // namespace assay::sim
