#include "engine/worker.hpp"

#include <algorithm>
#include <utility>

#include "engine/run_share.hpp"

namespace assay::engine {
namespace {

constexpr std::size_t suite_cache_bytes = std::size_t{256} << 20;

constexpr std::size_t upkeep_tasks = 4;

/// While there is a backlog a claim waits this long for more slots to come free, so that claims come in batches.
constexpr Duration gather = std::chrono::milliseconds(4);

}  // namespace

/// The cells a held share still needs slots for.
class Worker::Demand {
 public:
  Demand(Worker& worker, std::size_t cells) : worker_(worker), waiting_(cells), cells_(cells) {
    worker_.demand_ += cells;
    worker_.unsettled_ += cells;
  }
  Demand(const Demand&) = delete;
  Demand& operator=(const Demand&) = delete;
  ~Demand() {
    worker_.demand_ -= waiting_;
    worker_.unsettled_ -= cells_;
    worker_.cell_answered();
    worker_.quiet_.notify();
  }
  void answered() {
    if (waiting_ == 0) return;
    --waiting_;
    --worker_.demand_;
    worker_.cell_answered();
  }
  std::size_t cells() const { return cells_; }

 private:
  Worker& worker_;
  std::size_t waiting_, cells_;
};

Worker::Worker(Loop& loop, queue::JobQueue& queue, http::Transport& transport, const routing::Router& router,
               const pricing::PriceBook& prices, Offload& offload, Random& random, Observer& observer, Settings settings)
    : loop_(loop),
      settings_(settings),
      observer_(observer),
      random_(random),
      persist_(loop, queue, random, observer),
      suites_(persist_, suite_cache_bytes),
      tools_{loop, persist_, transport, router, prices, suites_, offload, random, observer, settings_},
      leases_(loop, settings_, observer),
      keeper_(loop, queue, leases_, random, observer, settings_),
      slots_(loop, static_cast<std::size_t>(settings_.slots)),
      woke_(loop),
      quiet_(loop) {}

void Worker::drain() {
  if (std::exchange(draining_, true)) return;
  woke_.notify();
}

void Worker::wake() {
  hinted_ = true;
  woke_.notify();
}

std::int32_t Worker::free_slots() const {
  // What waits for the database counts too: an outage must not pile up answers without bound.
  const std::size_t taken = std::max(demand_, unsettled_ > slots_.total() ? unsettled_ - slots_.total() : 0);
  return taken >= slots_.total() ? 0 : static_cast<std::int32_t>(slots_.total() - taken);
}

std::int32_t Worker::worth_claiming() const { return std::max(1, std::min(settings_.claim_batch, settings_.slots / 8)); }

void Worker::cell_answered() {
  const std::int32_t free = free_slots();
  if (free == 1 || free == worth_claiming()) woke_.notify();
}

Task<> Worker::run() {
  Stop& stop = co_await current_stop();
  Scope upkeep(loop_, stop);
  Scope shares(loop_, stop);
  upkeep.start(keeper_.renew_leases());
  upkeep.start(keeper_.watch_control(woke_));
  upkeep.start(keeper_.enforce_cutoffs());
  upkeep.start(keeper_.sweep(woke_));
  co_await claim_until_drained(shares, upkeep);
  co_await leave(shares);
  upkeep.request_stop(StopReason::draining);
  co_await upkeep.join();
}

Task<> Worker::claim_until_drained(Scope& shares, Scope& upkeep) {
  bool backlog = true;  // as far as we know
  Instant next_poll = loop_.now();
  Instant gather_until = loop_.now();
  while (!draining_) {
    if (upkeep.running() != upkeep_tasks) co_await upkeep.join();  // a keeper died of a bug: so must we, loudly
    const std::int32_t free = free_slots();
    const Instant now = loop_.now();
    const bool may = free > 0 && !exclusive_;
    const bool enough = !backlog || free >= worth_claiming() || now >= gather_until;
    const bool reason = backlog || hinted_ || now >= next_poll;
    if (may && enough && reason) {
      hinted_ = false;
      queue::ClaimRequest request;
      request.shares = std::min(free, settings_.claim_batch);
      request.cells = free;
      request.take_suspect = true;
      auto claimed = co_await tools_.persist.queue().claim(request);
      gather_until = loop_.now() + gather;
      if (!claimed) {
        observer_.outage("claim", claimed.error());
        backlog = false;
        next_poll = loop_.now() + Duration(static_cast<Duration::rep>((0.2 + 0.8 * random_.unit()) * 1e9));
        continue;
      }
      backlog = !claimed->leases.empty();
      const double jitter = 0.9 + 0.2 * random_.unit();
      const auto poll = Duration(static_cast<Duration::rep>(static_cast<double>((hints_arrive_ ? settings_.poll_hinted : settings_.poll).count()) * jitter));
      next_poll = loop_.now() + std::min(poll, std::max<Duration>(claimed->next_due.value_or(poll), std::chrono::milliseconds(1)));
      for (Lease& lease : claimed->leases) {
        if (lease.suspect) exclusive_ = true;
        observer_.claimed(lease);
        shares.start(run_lease(std::move(lease)));
      }
      observer_.in_flight(slots_.held());
      continue;
    }
    Instant until = backlog ? std::max(gather_until, now) : next_poll;
    if (!may || until <= now) until = now + settings_.poll;  // a slot coming free wakes us
    co_await woke_.wait(Deadline{until});
  }
}

Task<> Worker::wait_until_alone(std::size_t own) {
  while (unsettled_ > own && !draining_) co_await quiet_.wait(Deadline{loop_.now() + settings_.poll});
}

Task<> Worker::run_lease(Lease lease) {
  std::string broken;
  Task<> running = hold_lease(std::move(lease));
  try {
    co_await running;
  } catch (const std::exception& error) {
    broken = error.what();
  }
  if (!broken.empty()) observer_.broken("lease", broken);
}

Task<> Worker::hold_lease(Lease lease) {
  const bool suspect = lease.suspect;
  HeldLease held(leases_, std::move(lease));
  struct Exclusive {
    Worker& worker;
    bool held;
    ~Exclusive() {
      if (!held) return;
      worker.exclusive_ = false;
      worker.woke_.notify();
    }
  } exclusive{*this, suspect};
  Demand demand(*this, open_cells(held.lease()).size());
  if (suspect) {
    co_await wait_until_alone(demand.cells());
    const bool alone = co_await persist_.run_alone(held.ref());
    if (!alone) {
      held.lose("run_alone was refused by the fence");
      co_return;
    }
  }
  ShareHooks hooks;
  hooks.draining = [this] { return draining_; };
  hooks.cell_answered = [&demand] { demand.answered(); };
  co_await run_share(tools_, held, slots_, std::move(hooks));
}

Task<> Worker::leave(Scope& shares) {
  const Instant end = loop_.now() + settings_.grace;
  const Instant cut = end - settings_.grace_margin;
  while (shares.running() > 0 && loop_.now() < cut) {
    co_await quiet_.wait(Deadline{cut});
  }
  shares.request_stop(StopReason::draining);
  while (shares.running() > 0 && loop_.now() < end) {
    co_await quiet_.wait(Deadline{end});
  }
}

}  // namespace assay::engine
