#pragma once
#include <cstddef>
#include <memory>
#include <vector>

#include "job/suite.hpp"

namespace assay::engine {

/// A job's further wishes over its suite's. Each pair is worked out once and shared: a list of tools may be large, and
/// ten thousand cells ask for it. Where only one side asks for something, that one is the answer. Bounded: the oldest
/// pairs are forgotten. Loop thread only.
class MergedAskings {
 public:
  using Shared = std::shared_ptr<const Asking>;
  Shared merged(const Shared& job, const Shared& suite);

  static constexpr std::size_t most = 64;

 private:
  struct Pair {
    Shared job, suite, merged;
  };
  std::vector<Pair> known_;  ///< oldest first
};

}  // namespace assay::engine
