#include "queue/memory_store.hpp"

#include <algorithm>

#include "base/require.hpp"

namespace assay::queue {

SuiteId MemoryStore::put_suite(std::string content) {
  for (const auto& [id, known] : suites_) {
    if (known == content) return id;
  }
  const SuiteId id(static_cast<std::int64_t>(suites_.size()) + 1);
  suites_.emplace(id, std::move(content));
  return id;
}

JobId MemoryStore::enqueue(Order order) {
  const JobId id(++last_job_);
  auto terms = std::make_shared<JobTerms>();
  terms->job = id;
  terms->day = order.day ? *order.day : Day{static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::hours>(now_().time_since_epoch()).count() / 24)};
  terms->suite = order.suite;
  terms->tenant = order.tenant;
  terms->models = order.models;
  terms->cases = order.cases;
  terms->repeats = order.repeats;
  terms->only = order.only;
  terms->sampling = order.sampling;
  terms->traceparent = order.traceparent;
  terms->capped = order.max_cost.has_value();

  Job job;
  job.max_cost = order.max_cost;
  job.cells = order.only.empty() ? order.cases * static_cast<std::int32_t>(order.models.size()) * order.repeats
                                 : static_cast<std::int32_t>(order.only.size());
  require(job.cells > 0, "a job has cells");
  for (std::int32_t first = 0; first < job.cells; first += order.cells_per_share) {
    Share share;
    share.id = ShareId(++last_share_);
    share.job = id;
    share.first = CellNumber(first);
    share.count = std::min(order.cells_per_share, job.cells - first);
    share.priority = order.priority;
    share.queue = order.queue;
    share.run_at = now_() + order.delay;
    share.state = order.delay > Duration::zero() ? ShareState::scheduled : ShareState::ready;
    shares_.emplace(share.id, share);
    ++job.open_shares;
  }
  job.terms = std::move(terms);
  job.order = std::move(order);
  jobs_.emplace(id, std::move(job));
  return id;
}

bool MemoryStore::cancel(JobId id) {
  const auto job = jobs_.find(id);
  if (job == jobs_.end() || job->second.state > JobState::running) return false;
  end_job(id, JobState::cancelled);
  return true;
}

std::optional<JobId> MemoryStore::retry(JobId id, std::vector<CellNumber> cells) {
  const auto job = jobs_.find(id);
  if (job == jobs_.end() || cells.empty()) return std::nullopt;
  Order order = job->second.order;
  for (CellNumber& cell : cells) {
    if (!order.only.empty()) cell = order.only.at(static_cast<std::size_t>(cell.value));
  }
  order.only = std::move(cells);
  order.retry_of = id;
  order.delay = Duration::zero();
  return enqueue(std::move(order));
}

void MemoryStore::set_priority(JobId job, std::int32_t priority) {
  for (auto& [id, share] : shares_) {
    if (share.job == job) share.priority = priority;
  }
}

std::vector<ShareId> MemoryStore::pick(const std::vector<std::string>& queues, const ClaimRequest& request) {
  std::vector<ShareId> picked = ready(queues, request);
  if (picked.empty() && promote_due() > 0) picked = ready(queues, request);
  for (const ShareId id : picked) ++shares_.at(id).locks;
  return picked;
}

std::int32_t MemoryStore::promote_due() {
  std::int32_t promoted = 0;
  for (auto& [id, share] : shares_) {
    const bool waits = share.state == ShareState::scheduled || share.state == ShareState::throttled;
    if (!waits || share.run_at > now_() || share.locks > 0) continue;
    share.state = ShareState::ready;
    ++promoted;
  }
  return promoted;
}

std::vector<ShareId> MemoryStore::ready(const std::vector<std::string>& queues, const ClaimRequest& request) const {
  std::vector<const Share*> due, suspects;
  for (const auto& [id, share] : shares_) {
    if (share.state != ShareState::ready || share.run_at > now_() || share.locks > 0) continue;
    if (paused_.contains(share.queue) || std::find(queues.begin(), queues.end(), share.queue) == queues.end()) continue;
    (share.crashes >= settings_.suspect_after ? suspects : due).push_back(&share);
  }
  std::stable_sort(due.begin(), due.end(), [](const Share* a, const Share* b) {
    return std::tuple(-a->priority, a->run_at, a->id) < std::tuple(-b->priority, b->run_at, b->id);
  });
  if (request.take_suspect && !suspects.empty()) due.insert(due.begin(), suspects.front());

  std::vector<ShareId> picked;
  std::int32_t cells = 0;
  for (const Share* share : due) {
    if (static_cast<std::int32_t>(picked.size()) >= request.shares || cells >= request.cells) break;
    picked.push_back(share->id);
    cells += share->count;
  }
  return picked;
}

Lease MemoryStore::take(ShareId id, const std::string& worker) {
  Share& share = shares_.at(id);
  --share.locks;
  const bool resumed = share.claimed_before;
  share.state = ShareState::running;
  share.token = Token(++last_token_);
  share.worker = worker;
  share.lease_until = now_() + settings_.lease;
  share.claimed_before = true;
  share.alone = false;

  Job& job = jobs_.at(share.job);
  if (job.state == JobState::queued) job.state = JobState::running;
  Lease lease;
  lease.share = id;
  lease.token = share.token;
  lease.terms = job.terms;
  lease.first = share.first;
  lease.count = share.count;
  lease.crashes = share.crashes;
  lease.suspect = share.crashes >= settings_.suspect_after;
  if (resumed && !faults.open_cells_before_claim) read_done(lease);
  return lease;
}

void MemoryStore::read_done(Lease& lease) const {
  lease.done.clear();
  lease.prior.clear();
  const JobId job = lease.terms->job;
  for (std::int32_t offset = 0; offset < lease.count; ++offset) {
    const CellNumber cell(lease.first.value + offset);
    if (results_.contains({job, cell})) {
      lease.done.push_back(cell);
      continue;
    }
    PriorCalls prior;
    prior.cell = cell;
    for (auto call = calls_.lower_bound(CallId{job, cell, 0}); call != calls_.end() && call->first.job == job && call->first.cell == cell; ++call) {
      prior.calls = call->first.seq;
      const auto end = ended_.find(call->first);
      const std::optional<Failure::Kind> failed = end == ended_.end() ? std::nullopt : end->second.end.failure;
      prior.unknown = prior.unknown || end == ended_.end() || failed == Failure::Kind::outcome_unknown;
      // Neither a vendor's limit nor our own drain uses up a try.
      const bool free = failed == Failure::Kind::rate_limited || failed == Failure::Kind::outcome_unknown || failed == Failure::Kind::cancelled;
      if (!free) ++prior.counted;
    }
    if (prior.calls > 0) lease.prior.push_back(prior);
  }
}

std::optional<Duration> MemoryStore::next_due(const std::vector<std::string>& queues) const {
  std::optional<Duration> next;
  for (const auto& [id, share] : shares_) {
    if (share.state != ShareState::scheduled && share.state != ShareState::throttled) continue;
    if (std::find(queues.begin(), queues.end(), share.queue) == queues.end()) continue;
    const Duration left = std::max(share.run_at - now_(), Duration::zero());
    if (!next || left < *next) next = left;
  }
  return next;
}

bool MemoryStore::holds(const LeaseRef& lease) const {
  const auto share = shares_.find(lease.share);
  if (share == shares_.end() || share->second.state != ShareState::running) return false;
  return faults.no_token_check || share->second.token == lease.token;
}

BeginAnswer MemoryStore::begin(const CallIntent& intent) {
  if (!holds(intent.lease)) return BeginAnswer::lost;
  if (const auto known = calls_.find(intent.id); known != calls_.end()) {
    return known->second.token == intent.lease.token ? BeginAnswer::granted : BeginAnswer::lost;
  }
  Job& job = jobs_.at(intent.lease.job);
  if (job.max_cost) {
    if (!intent.bound) return BeginAnswer::unknown_price;
    if (job.settled + job.reserved + *intent.bound > *job.max_cost) return BeginAnswer::over_budget;
  }
  if (intent.bound) job.reserved += *intent.bound;
  calls_.emplace(intent.id, Call{intent, intent.lease.token, false});
  return BeginAnswer::granted;
}

bool MemoryStore::lock_if_held(const LeaseRef& lease) {
  if (!holds(lease)) return false;
  ++shares_.at(lease.share).locks;
  return true;
}

void MemoryStore::unlock(ShareId share) {
  if (const auto found = shares_.find(share); found != shares_.end()) --found->second.locks;
}

SettleAnswer MemoryStore::settle(const Settlement& settlement, bool fence_held) {
  for (const CallEnd& end : settlement.ended) book(end, settlement.lease.token, !fence_held);
  SettleAnswer answer = fence_held ? SettleAnswer::stored : SettleAnswer::lost;
  if (settlement.result) {
    const CellResult& result = *settlement.result;
    const std::pair place{settlement.lease.job, result.cell};
    const CallId call{settlement.lease.job, result.cell, result.seq};
    const auto known = results_.find(place);
    const bool ours = known != results_.end() && known->second.token == settlement.lease.token && known->second.result.seq == result.seq;
    if (ours) {
      answer = SettleAnswer::stored;  // an earlier try of the same settlement was committed
    } else if (fence_held && known == results_.end()) {
      results_.emplace(place, Stored{result, settlement.lease.token});
      if (result.seq > 0) settle_money(call, result.cost);
    } else {
      answer = SettleAnswer::lost;
      if (result.seq > 0) {
        CallEnd orphan;
        orphan.id = call;
        orphan.cost = result.cost;
        orphan.usage = result.completion.usage;
        book(orphan, settlement.lease.token, true);
      }
    }
  }
  if (settlement.closes_share) {
    if (fence_held) {
      end_share(settlement.lease);
    } else if (!settlement.result) {
      // Already closed by an earlier try: the share is gone and all its cells have results.
      answer = shares_.contains(settlement.lease.share) ? SettleAnswer::lost : SettleAnswer::stored;
    }
  }
  return answer;
}

void MemoryStore::book(const CallEnd& end, Token, bool orphan) {
  if (!calls_.contains(end.id)) return;
  if (!ended_.emplace(end.id, Ended{end, orphan}).second) return;
  settle_money(end.id, end.cost);
}

void MemoryStore::settle_money(const CallId& id, std::optional<Money> cost) {
  const auto call = calls_.find(id);
  if (call == calls_.end() || call->second.settled || !cost) return;  // an unknown cost keeps its bound reserved
  call->second.settled = true;
  Job& job = jobs_.at(id.job);
  if (call->second.intent.bound) job.reserved -= *call->second.intent.bound;
  job.settled += *cost;
}

void MemoryStore::end_share(const LeaseRef& lease) {
  shares_.erase(lease.share);
  Job& job = jobs_.at(lease.job);
  if (--job.open_shares == 0) end_job(lease.job, JobState::finished);
}

void MemoryStore::end_job(JobId id, JobState state) {
  std::erase_if(shares_, [id](const auto& entry) { return entry.second.job == id; });
  Job& job = jobs_.at(id);
  job.open_shares = 0;
  job.state = state;
  ++control_;
}

bool MemoryStore::renew(const LeaseRef& lease) {
  if (!holds(lease)) return false;
  shares_.at(lease.share).lease_until = now_() + settings_.lease;
  return true;
}

bool MemoryStore::release(const LeaseRef& lease, const Release& how) {
  if (!holds(lease)) return false;
  Share& share = shares_.at(lease.share);
  share.state = how.wake_after > Duration::zero() ? ShareState::throttled : ShareState::ready;
  share.run_at = now_() + how.wake_after;
  share.reason = how.reason;
  share.token = Token(++last_token_);
  return true;
}

bool MemoryStore::run_alone(const LeaseRef& lease) {
  if (!holds(lease)) return false;
  shares_.at(lease.share).alone = true;
  return true;
}

bool MemoryStore::locked(JobId job) const {
  return std::any_of(shares_.begin(), shares_.end(), [job](const auto& entry) { return entry.second.job == job && entry.second.locks > 0; });
}

bool MemoryStore::finished_a_cell(const Share& share) const {
  const std::pair end{share.job, CellNumber(share.first.value + share.count)};
  return std::any_of(results_.lower_bound({share.job, share.first}), results_.lower_bound(end),
                     [&](const auto& entry) { return entry.second.token == share.token; });
}

JobQueue::Swept MemoryStore::sweep() {
  JobQueue::Swept swept;
  std::vector<JobId> poison;
  for (auto& [id, share] : shares_) {
    if (share.locks > 0) continue;
    if (share.state == ShareState::running && share.lease_until < now_()) {
      if (share.alone && locked(share.job)) continue;  // a quarantine takes every share of the job: next time
      const bool finished_one = finished_a_cell(share);
      share.crashes = finished_one ? 1 : share.crashes + 1;
      if (finished_one) share.alone_crashes = 0;
      if (share.alone && !finished_one && ++share.alone_crashes >= settings_.quarantine_after) {
        poison.push_back(share.job);
        continue;
      }
      share.state = ShareState::ready;
      share.token = Token(++last_token_);
      ++swept.rescued;
    }
  }
  swept.promoted = promote_due();
  for (const JobId job : poison) {
    if (jobs_.at(job).state > JobState::running) continue;
    end_job(job, JobState::quarantined);
    ++swept.quarantined;
  }
  return swept;
}

std::string MemoryStore::suite(SuiteId id) const {
  const auto found = suites_.find(id);
  return found == suites_.end() ? std::string() : found->second;
}

}  // namespace assay::queue
