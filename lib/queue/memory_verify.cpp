#include "queue/memory_store.hpp"

#include <utility>

namespace assay::queue {
namespace {

std::string of(JobId job) { return " (job " + to_string(job) + ")"; }

}  // namespace

std::vector<std::string> MemoryStore::verify() const {
  std::vector<std::string> broken;
  for (const auto& [id, job] : jobs_) {
    for (std::string& sentence : verify(id)) broken.push_back(std::move(sentence));
  }
  for (const auto& [id, share] : shares_) {
    if (!jobs_.contains(share.job)) broken.push_back("every share belongs to a job" + of(share.job));
  }
  for (const auto& [id, end] : ended_) {
    if (!calls_.contains(id)) broken.push_back("every end has a ledger row" + of(id.job));
  }
  return broken;
}

std::vector<std::string> MemoryStore::verify(JobId id) const {
  std::vector<std::string> broken;
  const auto must = [&](bool holds, const char* sentence) {
    if (!holds) broken.push_back(sentence + of(id));
  };
  const Job& job = jobs_.at(id);

  std::int32_t results = 0;
  for (auto entry = results_.lower_bound({id, CellNumber(0)}); entry != results_.end() && entry->first.first == id; ++entry) {
    const CellResult& result = entry->second.result;
    ++results;
    must(result.seq == 0 || calls_.contains(CallId{id, result.cell, result.seq}), "every answer has a ledger row");
    must((result.verdict == Verdict::error) == result.failure.has_value(), "an error names its kind and only an error does");
  }

  std::int32_t shares = 0;
  for (const auto& [share_id, share] : shares_) {
    if (share.job != id) continue;
    ++shares;
    must(share.locks >= 0, "a lock is given back once");
  }
  must(shares == 0 || job.state <= JobState::running, "only an open job has shares");

  Money settled, reserved;
  for (auto entry = calls_.lower_bound(CallId{id, CellNumber(0), 0}); entry != calls_.end() && entry->first.job == id; ++entry) {
    const auto result = results_.find({id, entry->first.cell});
    const bool answered = result != results_.end() && result->second.result.seq == entry->first.seq;
    const auto end = ended_.find(entry->first);
    must(!(answered && end != ended_.end()), "a call ends once");
    std::optional<Money> cost;
    if (answered) cost = result->second.result.cost;
    if (end != ended_.end()) cost = end->second.end.cost;
    if (cost) {
      settled += *cost;
    } else if (entry->second.intent.bound) {
      reserved += *entry->second.intent.bound;
    }
  }

  must(shares == job.open_shares, "the share counter counts the shares");
  must(job.state != JobState::finished || results == job.cells, "a finished job has exactly its cells as results");
  must(job.state > JobState::running || job.open_shares > 0, "no open job is without a share: nothing is lost");
  must(job.settled == settled, "settled money is the sum of its calls");
  must(job.reserved == reserved, "reserved money is the sum of the bounds of calls without a known cost");
  must(!job.max_cost || job.settled + job.reserved <= *job.max_cost, "settled + reserved stays within max_cost");
  return broken;
}

}  // namespace assay::queue
