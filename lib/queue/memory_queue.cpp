#include "queue/memory_queue.hpp"

#include <map>
#include <utility>

namespace assay::queue {
namespace {

/// The row locks of a transaction in progress; gives back what was not committed.
class Locks {
 public:
  explicit Locks(MemoryStore& store) : store_(store) {}
  Locks(const Locks&) = delete;
  Locks& operator=(const Locks&) = delete;
  ~Locks() {
    for (const ShareId share : held_) store_.unlock(share);
  }
  void add(ShareId share) { held_.push_back(share); }
  void committed(ShareId share) { std::erase(held_, share); }

 private:
  MemoryStore& store_;
  std::vector<ShareId> held_;
};

/// What every share has behind it, read before any is locked: only the planted bug does this.
std::map<ShareId, Lease> progress_of_all(const MemoryStore& store) {
  std::map<ShareId, Lease> progress;
  for (const auto& [id, share] : store.shares()) {
    Lease& lease = progress[id];
    lease.terms = store.jobs().at(share.job).terms;
    lease.first = share.first;
    lease.count = share.count;
    store.read_done(lease);
  }
  return progress;
}

}  // namespace

MemoryQueue::MemoryQueue(Loop& loop, MemoryStore& store, std::string worker, std::vector<std::string> queues, Midway* midway)
    : loop_(loop), store_(store), worker_(std::move(worker)), queues_(std::move(queues)), midway_(midway) {}

Task<> MemoryQueue::midway(const char* operation) {
  if (midway_ != nullptr) co_await midway_->pass(operation);
}

Task<Result<Claimed, Outage>> MemoryQueue::claim(ClaimRequest request) {
  Claimed claimed;
  Locks locks(store_);
  const Instant sent = loop_.now();
  std::map<ShareId, Lease> early;
  if (store_.faults.open_cells_before_claim) {
    early = progress_of_all(store_);
    co_await midway("peek");
  }
  const std::vector<ShareId> picked = store_.pick(queues_, request);
  for (const ShareId share : picked) locks.add(share);
  co_await midway("claim");
  for (std::size_t i = 0; i < picked.size(); ++i) {
    if (!store_.shares().contains(picked[i])) {
      locks.committed(picked[i]);
      continue;
    }
    Lease lease = store_.take(picked[i], worker_);
    locks.committed(picked[i]);
    if (const auto read = early.find(picked[i]); read != early.end()) {
      lease.done = read->second.done;
      lease.prior = read->second.prior;
    }
    lease.claimed = sent;
    claimed.leases.push_back(std::move(lease));
  }
  claimed.next_due = store_.next_due(queues_);
  co_return claimed;
}

Task<Result<BeginAnswer, Outage>> MemoryQueue::begin(CallIntent intent) {
  co_await midway("begin");
  co_return store_.begin(intent);
}

Task<Result<SettleAnswer, Outage>> MemoryQueue::settle(SealedSettlement sealed) {
  Locks locks(store_);
  const bool held = store_.lock_if_held(sealed->lease);
  if (held) locks.add(sealed->lease.share);
  if (held && store_.faults.settle_without_lock) {
    store_.unlock(sealed->lease.share);
    locks.committed(sealed->lease.share);
  }
  co_await midway("settle");
  const SettleAnswer answer = store_.settle(*sealed, held);
  if (!store_.shares().contains(sealed->lease.share)) locks.committed(sealed->lease.share);
  co_return answer;
}

Task<Result<std::vector<LeaseRef>, Outage>> MemoryQueue::renew(std::vector<LeaseRef> leases) {
  co_await midway("renew");
  std::vector<LeaseRef> lost;
  for (const LeaseRef& lease : leases) {
    if (!store_.renew(lease)) lost.push_back(lease);
  }
  co_return lost;
}

Task<Result<bool, Outage>> MemoryQueue::release(LeaseRef lease, Release how) {
  co_await midway("release");
  co_return store_.release(lease, how);
}

Task<Result<SettleAnswer, Outage>> MemoryQueue::close(LeaseRef lease) {
  Settlement settlement;
  settlement.lease = lease;
  settlement.closes_share = true;
  Task<Result<SettleAnswer, Outage>> ending = settle(std::move(settlement));
  co_return co_await ending;
}

Task<Result<bool, Outage>> MemoryQueue::run_alone(LeaseRef lease) {
  co_await midway("run_alone");
  co_return store_.run_alone(lease);
}

Task<Result<JobQueue::Swept, Outage>> MemoryQueue::sweep() {
  co_await midway("sweep");
  co_return store_.sweep();
}

Task<Result<std::int64_t, Outage>> MemoryQueue::control() {
  co_await midway("control");
  co_return store_.control();
}

Task<Result<std::string, Outage>> MemoryQueue::suite(SuiteId id) {
  co_await midway("suite");
  co_return store_.suite(id);
}

}  // namespace assay::queue
