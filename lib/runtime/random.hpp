#pragma once
#include <cstdint>

namespace assay {

/// The door to chance. Seeded: the same seed gives the same numbers on every machine (xoshiro256**, seeded by
/// splitmix64; Blackman and Vigna, https://prng.di.unimi.it). Not for secrets. One thread.
class Random {
 public:
  explicit Random(std::uint64_t seed);
  std::uint64_t next();
  double unit();                                  ///< uniform in [0, 1)
  std::uint64_t below(std::uint64_t bound);       ///< uniform in [0, bound); 0 for bound 0
  bool chance(double probability) { return unit() < probability; }

 private:
  std::uint64_t state_[4];
};

}  // namespace assay
