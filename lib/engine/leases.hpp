#pragma once
#include <set>
#include <string_view>
#include <vector>

#include "engine/observer.hpp"
#include "engine/settings.hpp"
#include "job/lease.hpp"
#include "runtime/loop.hpp"
#include "runtime/scope.hpp"

namespace assay::engine {

class LeaseTable;

/// A lease that this process works on, from claim to close. Owned by its share's coroutine.
class HeldLease {
 public:
  HeldLease(LeaseTable& table, Lease lease);
  HeldLease(const HeldLease&) = delete;
  HeldLease& operator=(const HeldLease&) = delete;
  ~HeldLease();

  const Lease& lease() const { return lease_; }
  const LeaseRef& ref() const { return ref_; }

  /// Whether a new call may still be started: not lost, and the cut-off lies ahead.
  bool good(Instant now) const { return !lost_ && now < cutoff_; }
  bool lost() const { return lost_; }
  Instant cutoff() const { return cutoff_; }
  Instant received() const { return received_; }

  /// The scope whose calls are cut when the lease is lost; null until there is one.
  void runs_in(Scope* scope);

  /// The share's last write is on its way, and nothing else is. From here a renewal that does not find the share any
  /// more says nothing: that write's own fence does.
  void ending() { ending_ = true; }

  /// The lease is another's: nothing more is started, what is in flight is cut.
  void lose(std::string_view why);

 private:
  friend class LeaseTable;
  LeaseTable& table_;
  Lease lease_;
  LeaseRef ref_;
  Instant cutoff_, received_;
  Scope* scope_ = nullptr;
  bool lost_ = false, ending_ = false;
};

/// All leases of this process: what the keeper renews.
class LeaseTable {
 public:
  LeaseTable(Loop& loop, const Settings& settings, Observer& observer) : loop_(loop), settings_(settings), observer_(observer) {}

  std::vector<LeaseRef> all() const;
  std::size_t size() const { return held_.size(); }

  /// The renewal sent at `sent` kept all of `asked` but the `lost`, which come in the order of `asked`.
  void renewed(const std::vector<LeaseRef>& asked, const std::vector<LeaseRef>& lost, Instant sent);

  /// Loses every lease whose cut-off has passed; returns when the next one will.
  Instant enforce_cutoffs();

 private:
  friend class HeldLease;
  struct ByRef {
    using is_transparent = void;
    bool operator()(const HeldLease* a, const HeldLease* b) const { return a->ref() < b->ref(); }
    bool operator()(const HeldLease* a, const LeaseRef& b) const { return a->ref() < b; }
    bool operator()(const LeaseRef& a, const HeldLease* b) const { return a < b->ref(); }
  };
  Loop& loop_;
  const Settings& settings_;
  Observer& observer_;
  std::set<HeldLease*, ByRef> held_;
};

}  // namespace assay::engine
