#include "engine/keeper.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace assay::engine {
namespace {

constexpr std::size_t leases_per_statement = 500;

/// How long after an outage a write may still be waiting for its next try (Persist waits 5 s at most), and a little.
constexpr Duration writes_first = std::chrono::seconds(6);

}  // namespace

Task<> Keeper::pause(Duration interval) {
  const double factor = 0.9 + 0.2 * random_.unit();
  co_await sleep_for(loop_, Duration(static_cast<Duration::rep>(static_cast<double>(interval.count()) * factor)));
}

Task<bool> Keeper::renew_all() {
  const std::vector<LeaseRef> all = leases_.all();
  bool complete = true;
  std::size_t from = 0;
  do {  // once with nothing held too: the statement also says that this worker lives
    const std::size_t to = std::min(all.size(), from + leases_per_statement);
    const std::vector<LeaseRef> asked(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to));
    const Instant sent = loop_.now();
    auto lost = co_await queue_.renew(asked);
    if (lost) {
      leases_.renewed(asked, *lost, sent);
    } else {
      observer_.outage("renew", lost.error());
      complete = false;
    }
    from = to;
  } while (from < all.size());
  co_return complete;
}

Task<> Keeper::renew_leases() {
  bool heard = true;
  for (;;) {
    co_await pause(heard ? settings_.renew_every : std::min(settings_.renew_every, settings_.control_every));
    heard = co_await renew_all();
  }
}

Task<> Keeper::watch_control() {
  std::optional<std::int64_t> seen;
  for (;;) {
    auto number = co_await queue_.control();
    if (number && std::exchange(away_, false)) sweep_from_ = loop_.now() + writes_first;
    if (!number) {
      away_ = true;
      observer_.outage("control", number.error());
    } else if (seen != *number) {
      // After an outage too: whatever changed meanwhile shows in the number.
      const bool renewed = co_await renew_all();
      const bool heard = co_await models_.now() && renewed;
      if (seen) work_may_wait_();
      if (heard) seen = *number;
    }
    co_await pause(settings_.control_every);
  }
}

Task<> Keeper::enforce_cutoffs() {
  for (;;) {
    const Instant next = leases_.enforce_cutoffs();
    co_await sleep_until(loop_, std::min(next, loop_.now() + settings_.control_every));
  }
}

Task<> Keeper::sweep() {
  for (;;) {
    co_await pause(settings_.sweep_every);
    if (away_ || loop_.now() < sweep_from_) continue;
    auto swept = co_await queue_.sweep();
    if (!swept) {
      observer_.outage("sweep", swept.error());
      continue;
    }
    observer_.swept(*swept);
    if (swept->rescued + swept->promoted > 0) work_may_wait_();
  }
}

}  // namespace assay::engine
