#pragma once
#include <optional>
#include <string>

#include "client/answer.hpp"
#include "job/failure.hpp"
#include "runtime/loop.hpp"
#include "runtime/random.hpp"

namespace assay::client {

/// The tries of one question: how many there were, and whether there is another after a failure.
class Tries {
 public:
  Tries(Loop& loop, Random& random, const Settings& settings, bool has_fallback);

  /// The deadline and the name of the next call. Each has a name of its own, so that a provider's ledger and ours can
  /// be laid side by side.
  Deadline next();
  std::string name(const std::string& wanted);

  enum class What { again, at_the_fallback, give_up };
  struct Verdict {
    What what = What::give_up;
    Duration wait{};
  };
  Verdict after(const Failure& failure);

  std::int32_t made() const { return made_; }

 private:
  Loop& loop_;
  Random& random_;
  const Settings& settings_;
  const Deadline patience_;
  routing::CallsSoFar so_far_;
  std::int32_t made_ = 0;
};

}  // namespace assay::client
