#include "engine/leases.hpp"

#include <algorithm>
#include <utility>

namespace assay::engine {

HeldLease::HeldLease(LeaseTable& table, Lease lease)
    : table_(table),
      lease_(std::move(lease)),
      ref_(lease_.ref()),
      cutoff_(lease_.claimed + table.settings_.cutoff),
      received_(table.loop_.measure()) {
  table_.held_.insert(this);
}

HeldLease::~HeldLease() { table_.held_.erase(this); }

void HeldLease::runs_in(Scope* scope) {
  scope_ = scope;
  if (lost_ && scope_ != nullptr) scope_->request_stop(StopReason::lease_lost);
}

void HeldLease::lose(std::string_view why) {
  if (lost_) return;
  lost_ = true;
  table_.observer_.lease_lost(ref_, why);
  if (scope_ != nullptr) scope_->request_stop(StopReason::lease_lost);
}

std::vector<LeaseRef> LeaseTable::all() const {
  std::vector<LeaseRef> refs;
  refs.reserve(held_.size());
  for (const HeldLease* held : held_) {
    if (!held->lost()) refs.push_back(held->ref());
  }
  return refs;
}

void LeaseTable::renewed(const std::vector<LeaseRef>& asked, const std::vector<LeaseRef>& lost, Instant sent) {
  auto next_lost = lost.begin();
  for (const LeaseRef& ref : asked) {
    const bool gone = next_lost != lost.end() && *next_lost == ref;
    if (gone) ++next_lost;
    const auto held = held_.find(ref);
    if (held == held_.end()) continue;
    if (gone) {
      if (!(*held)->ending_) (*held)->lose("another worker holds the share, or its job has ended");
    } else {
      (*held)->cutoff_ = std::max((*held)->cutoff_, sent + settings_.cutoff);
    }
  }
}

Instant LeaseTable::enforce_cutoffs() {
  Instant next = Instant::max();
  const Instant now = loop_.now();
  for (HeldLease* held : held_) {
    if (held->lost()) continue;
    if (held->cutoff() <= now) {
      held->lose("the local cut-off passed without a renewal");
    } else {
      next = std::min(next, held->cutoff());
    }
  }
  return next;
}

}  // namespace assay::engine
