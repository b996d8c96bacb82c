#include "engine/worker.hpp"

#include <algorithm>
#include <utility>

#include "engine/run_share.hpp"

namespace assay::engine {
namespace {

constexpr std::size_t suite_cache_bytes = std::size_t{64} << 20;

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
    worker_.free_seen_ = worker_.free_slots();
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
               const pricing::PriceBook& prices, Offload& offload, Random& random, Observer& observer, Settings settings,
               BuildModels build_models)
    : loop_(loop),
      settings_(settings),
      observer_(observer),
      random_(random),
      persist_(loop, queue, random, observer),
      suites_(loop, persist_, suite_cache_bytes, settings_.suite_bounds),
      routes_(router, prices),
      models_(loop, queue, routes_, observer, std::move(build_models)),
      tools_{loop, persist_, transport, routes_, suites_, offload, random, observer, settings_, askings_, models_},
      leases_(loop, settings_, observer),
      keeper_(loop, queue, leases_, random, observer, settings_, models_, [this] { wake(); }),
      slots_(loop, static_cast<std::size_t>(settings_.slots)),
      woke_(loop),
      quiet_(loop),
      free_seen_(settings_.slots) {}

void Worker::drain() {
  if (std::exchange(draining_, true)) return;
  drain_began_ = loop_.now();
  woke_.notify();
  quiet_.notify();
}

void Worker::wake() {
  hinted_ = true;
  woke_.notify();
}

void Worker::hints_arrive(bool arrive) {
  if (std::exchange(hints_arrive_, arrive) != arrive) wake();
}

std::int32_t Worker::free_slots() const {
  // What waits for the database counts too: an outage must not pile up answers without bound.
  const std::size_t taken = std::max(demand_, unsettled_ > slots_.total() ? unsettled_ - slots_.total() : 0);
  return taken >= slots_.total() ? 0 : static_cast<std::int32_t>(slots_.total() - taken);
}

std::int32_t Worker::worth_claiming() const { return std::max(1, std::min(settings_.claim_batch, settings_.slots / 8)); }

void Worker::cell_answered() {
  const std::int32_t before = std::exchange(free_seen_, free_slots());
  const auto reached = [&](std::int32_t mark) { return before < mark && free_seen_ >= mark; };
  if (reached(1) || reached(worth_claiming())) woke_.notify();
}

Task<> Worker::run() {
  Stop& stop = co_await current_stop();
  Scope upkeep(loop_, stop);
  Scope shares(loop_, stop);
  Scope claims(loop_, stop);
  upkeep.start(heard(keeper_.renew_leases()));
  upkeep.start(heard(keeper_.watch_control()));
  upkeep.start(heard(keeper_.enforce_cutoffs()));
  upkeep.start(heard(keeper_.sweep()));
  claims.start(heard(claim_until_drained(shares)));
  while (!draining_) {
    // A keeper or the claims ended of a bug: so must we, loudly.
    if (upkeep.running() != upkeep_tasks) co_await upkeep.join();
    if (claims.running() == 0) co_await claims.join();
    co_await quiet_.wait(Deadline::never());
  }
  co_await leave(claims, shares, upkeep);
}

/// Runs `work` and says so when it has ended, however it did.
Task<> Worker::heard(Task<> work) {
  struct Tell {
    Signal& signal;
    ~Tell() { signal.notify(); }
  } tell{quiet_};
  co_await work;
}

Task<> Worker::claim_until_drained(Scope& shares) {
  co_await models_.now();
  bool backlog = true;  // as far as we know
  Instant next_poll = loop_.now();
  Instant gather_until = loop_.now();
  while (!draining_) {
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
      const Duration longest = hints_arrive_ ? settings_.poll_hinted : settings_.poll;
      const auto poll = Duration(static_cast<Duration::rep>(static_cast<double>(longest.count()) * jitter));
      next_poll = loop_.now() + std::min(poll, std::max<Duration>(claimed->next_due.value_or(poll), std::chrono::milliseconds(1)));
      // A suspect waits until it is alone, so those that were claimed with it start first.
      std::stable_partition(claimed->leases.begin(), claimed->leases.end(), [](const Lease& lease) { return !lease.suspect; });
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

/// Waits until nothing else is in flight here, and says so to the queue. Under a drain a suspect is not run at all.
Task<> Worker::be_alone(HeldLease& held, std::size_t own) {
  while (unsettled_ > own && !draining_ && !held.lost()) co_await quiet_.wait(Deadline{loop_.now() + settings_.poll});
  if (draining_ || held.lost()) co_return;
  const bool alone = co_await persist_.run_alone(held.ref());
  if (!alone) held.lose("run_alone was refused by the fence");
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
    Task<> alone = be_alone(held, demand.cells());
    try {
      co_await alone;
    } catch (const Stopped&) {
      // The drain's time is up: what follows hands the share back.
    }
  }
  ShareHooks hooks;
  hooks.draining = [this] { return draining_; };
  hooks.cell_answered = [&demand] { demand.answered(); };
  co_await run_share(tools_, held, slots_, std::move(hooks));
}

Task<> Worker::leave(Scope& claims, Scope& shares, Scope& upkeep) {
  const Instant end = drain_began_ + settings_.grace;
  const Instant cut = end - settings_.grace_margin;
  const auto at_work = [&] { return claims.running() + shares.running() > 0; };
  while (at_work() && loop_.now() < cut && upkeep.running() == upkeep_tasks) co_await quiet_.wait(Deadline{cut});
  shares.request_stop(StopReason::draining);
  while (at_work() && loop_.now() < end) co_await quiet_.wait(Deadline{end});
  upkeep.request_stop(StopReason::draining);
  while (upkeep.running() > 0 && loop_.now() < end) co_await quiet_.wait(Deadline{end});

  // What has not ended by now waits for a database that is away: it is abandoned. What broke is said.
  if (claims.running() == 0) co_await claims.join();
  if (shares.running() == 0) co_await shares.join();
  if (upkeep.running() == 0) co_await upkeep.join();
}

}  // namespace assay::engine
