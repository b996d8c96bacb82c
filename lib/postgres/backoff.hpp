#pragma once
#include <algorithm>
#include <cstdint>

#include "base/time.hpp"
#include "runtime/random.hpp"

namespace assay::postgres {

/// Waits between attempts with full jitter: uniform in (0, min(cap, first × 2ⁿ)), so that a fleet that lost its
/// database does not come back as one (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). One
/// thread.
class Backoff {
 public:
  Backoff(std::uint64_t seed, Duration first, Duration cap) : random_(seed), first_(first), cap_(cap) {}

  Duration next() {
    const Duration ceiling = std::min(cap_, first_ * (std::int64_t{1} << std::min(tries_, 20)));
    ++tries_;
    return std::chrono::duration_cast<Duration>(ceiling * std::max(0.05, random_.unit()));
  }
  void reset() { tries_ = 0; }

 private:
  Random random_;
  Duration first_, cap_;
  int tries_ = 0;
};

}  // namespace assay::postgres
