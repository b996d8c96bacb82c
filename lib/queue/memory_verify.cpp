#include "queue/memory_store.hpp"

namespace assay::queue {
namespace {

std::string of(JobId job) { return " (job " + to_string(job) + ")"; }

}  // namespace

std::vector<std::string> MemoryStore::verify() const {
  std::vector<std::string> broken;
  const auto must = [&](bool holds, const std::string& sentence) {
    if (!holds) broken.push_back(sentence);
  };

  std::map<JobId, std::int32_t> results, shares;
  std::map<JobId, Money> settled, reserved;
  for (const auto& [place, stored] : results_) {
    ++results[place.first];
    const CallId call{place.first, place.second, stored.result.seq};
    must(stored.result.seq == 0 || calls_.contains(call), "every answer has a ledger row" + of(place.first));
    must((stored.result.verdict == Verdict::error) == stored.result.failure.has_value(), "an error names its kind and only an error does" + of(place.first));
  }
  for (const auto& [id, share] : shares_) {
    ++shares[share.job];
    must(jobs_.at(share.job).state <= JobState::running, "only an open job has shares" + of(share.job));
    must(share.locks >= 0, "a lock is given back once" + of(share.job));
  }
  for (const auto& [id, call] : calls_) {
    const auto result = results_.find({id.job, id.cell});
    const bool answered = result != results_.end() && result->second.result.seq == id.seq;
    const auto end = ended_.find(id);
    must(!(answered && end != ended_.end()), "a call ends once" + of(id.job));
    std::optional<Money> cost;
    if (answered) cost = result->second.result.cost;
    if (end != ended_.end()) cost = end->second.end.cost;
    if (cost) {
      settled[id.job] += *cost;
    } else if (call.intent.bound) {
      reserved[id.job] += *call.intent.bound;
    }
  }
  for (const auto& [id, end] : ended_) must(calls_.contains(id), "every end has a ledger row" + of(id.job));
  for (const auto& [id, job] : jobs_) {
    must(shares[id] == job.open_shares, "the share counter counts the shares" + of(id));
    must(job.state != JobState::finished || results[id] == job.cells, "a finished job has exactly its cells as results" + of(id));
    must(job.state > JobState::running || job.open_shares > 0, "no open job is without a share: nothing is lost" + of(id));
    must(job.settled == settled[id], "settled money is the sum of its calls" + of(id));
    must(job.reserved == reserved[id], "reserved money is the sum of the bounds of calls without a known cost" + of(id));
    must(!job.max_cost || job.settled + job.reserved <= *job.max_cost, "settled + reserved stays within max_cost" + of(id));
  }
  return broken;
}

}  // namespace assay::queue
