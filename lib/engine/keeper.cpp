#include "engine/keeper.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace assay::engine {
namespace {

constexpr std::size_t leases_per_statement = 500;

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
  for (;;) {
    co_await pause(settings_.renew_every);
    co_await renew_all();
  }
}

Task<> Keeper::watch_control(Signal& woke) {
  std::optional<std::int64_t> seen;
  for (;;) {
    auto number = co_await queue_.control();
    if (!number) {
      observer_.outage("control", number.error());
    } else if (seen != *number) {
      // After an outage too: whatever changed meanwhile shows in the number.
      const bool heard = co_await renew_all();
      woke.notify();
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

Task<> Keeper::sweep(Signal& woke) {
  for (;;) {
    co_await pause(settings_.sweep_every);
    auto swept = co_await queue_.sweep();
    if (!swept) {
      observer_.outage("sweep", swept.error());
      continue;
    }
    observer_.swept(*swept);
    if (swept->rescued + swept->promoted > 0) woke.notify();
  }
}

}  // namespace assay::engine
