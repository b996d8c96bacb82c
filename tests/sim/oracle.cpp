#include "tests/sim/oracle.hpp"

#include <algorithm>

namespace assay::sim {
namespace {

using State = queue::MemoryStore::JobState;

bool has_ended(State state) { return state > State::running; }

}  // namespace

void Oracle::must(bool holds, const std::string& sentence) {
  if (!holds && !broken_) broken_ = sentence;
}

void Oracle::lease_given(const Lease& lease) {
  Token& newest = newest_[lease.share];
  must(lease.token > newest, "tokens grow with every claim: share " + to_string(lease.share));
  newest = lease.token;
  grids_[lease.terms->job].second[lease.share] = {lease.first.value, lease.count};
}

void Oracle::call_received(const CallId& call, const std::string& worker) {
  must(store_.calls().contains(call), "every call has a ledger row before it is sent: " + to_string(call) + " by " + worker);
  must(!store_.results().contains({call.job, call.cell}), "a finished cell is never paid for again: " + to_string(call) + " by " + worker);
  must(!bills_[call].received, "a call id is sent once: " + to_string(call));
  bills_[call].received = true;
}

void Oracle::call_billed(const CallId& call, std::int64_t nanos) { bills_[call].nanos = nanos; }

void Oracle::open_calls(const std::string& worker, const std::multiset<CallId>& open, std::size_t most) {
  must(open.size() <= most, "calls in flight stay within the slots of " + worker);
  for (const auto& [id, share] : store_.shares()) {
    if (share.state != queue::MemoryStore::ShareState::running || !share.alone || share.worker != worker) continue;
    const auto its_own = static_cast<std::size_t>(std::count_if(open.begin(), open.end(), [&one = share](const CallId& call) {
      return call.job == one.job && call.cell >= one.first && call.cell.value < one.first.value + one.count;
    }));
    must(its_own == 0 || its_own == open.size(), "a suspect runs alone in its process: share " + to_string(id) + " in " + worker);
  }
}

void Oracle::check(JobId id) {
  const auto job = store_.jobs().find(id);
  if (job == store_.jobs().end()) return;
  // Only the newest holder of a share writes its results.
  for (auto result = store_.results().lower_bound({id, CellNumber(0)}); result != store_.results().end() && result->first.first == id; ++result) {
    const auto [seen, fresh] = seen_results_.emplace(result->first, result->second.token);
    must(seen->second == result->second.token, "a result is written once: job " + to_string(id));
    if (!fresh) continue;
    for (const auto& [share, range] : grids_[id].second) {
      const std::int32_t cell = result->first.second.value;
      if (cell < range.first || cell >= range.first + range.second) continue;
      must(result->second.token == newest_[share],
           "a worker whose lease has passed to another can write nothing: job " + to_string(id) + " cell " + std::to_string(cell));
    }
  }
  const auto [end, first] = ended_.emplace(id, job->second.state);
  if (!first) {
    must(!has_ended(end->second) || end->second == job->second.state, "a job ends exactly once: " + to_string(id));
    end->second = job->second.state;
  }
  for (const std::string& sentence : store_.verify(id)) must(false, sentence);
}

void Oracle::check_end() {
  for (const auto& [id, job] : store_.jobs()) must(has_ended(job.state), "every committed job ends: " + to_string(id));
  must(store_.shares().empty(), "no share outlives its job");
  for (const std::string& sentence : store_.verify()) must(false, sentence);
  for (const auto& [call, bill] : bills_) {
    const auto row = store_.calls().find(call);
    if (row == store_.calls().end()) {
      must(false, "every call has a ledger row: " + to_string(call));
      continue;
    }
    const auto result = store_.results().find({call.job, call.cell});
    const bool answered = result != store_.results().end() && result->second.result.seq == call.seq;
    const auto end = store_.ended().find(call);
    if (answered) {
      must(result->second.result.cost && result->second.result.cost->nanos() == bill.nanos, "the recorded cost is the provider's bill: " + to_string(call));
    } else if (end != store_.ended().end()) {
      must(end->second.end.cost && end->second.end.cost->nanos() >= bill.nanos, "an ended call is booked at its bill or above: " + to_string(call));
    } else {
      must(row->second.intent.bound && row->second.intent.bound->nanos() >= bill.nanos, "an unknown call stays charged at its bound: " + to_string(call));
    }
  }
  std::map<std::pair<JobId, CellNumber>, std::int32_t> calls;
  for (const auto& [call, row] : store_.calls()) must(++calls[{call.job, call.cell}] <= 12, "calls for a cell are bounded");
}

}  // namespace assay::sim
