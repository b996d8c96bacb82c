#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "fake/dialect.hpp"
#include "fake/script.hpp"

namespace assay::fake {

/// Who calls, apart from what is asked.
struct Caller {
  std::string call_id, key, worker, dialect;  ///< key: its fingerprint
};

/// How one call will be answered, decided when it arrives.
struct Plan {
  std::shared_ptr<const Script> script;  ///< keeps what `behaviour` refers to
  const Behaviour* behaviour = nullptr;
  Duration latency{};
  std::string model;                ///< the one served
  std::optional<std::string> text;  ///< empty: filler
  std::size_t filler_bytes = 0;
  bool out_of_tokens = false;
  std::int64_t tokens_in = 0, tokens_cached = 0, tokens_written = 0, tokens_out = 0;
  std::int64_t nanos = 0;
  Wish wish;
};

/// Applies a script to calls: the only thing about it that changes is how often each rule was met.
class Planner {
 public:
  explicit Planner(Script script) { use(std::move(script)); }

  void use(Script script);
  void forget_counts();
  const Script& script() const { return *script_; }

  Plan plan(const Caller& caller, const Question& question);

 private:
  struct Count {
    std::uint64_t met = 0, applied = 0;
  };
  const Behaviour& choose(const Caller& caller, const Question& question);

  std::shared_ptr<const Script> script_;
  std::vector<Count> counts_;
};

/// The plan for a request that the vendor would refuse, whatever the script says. Costs nothing.
Plan refusal(const ErrorAnswer& error);

/// `bytes` of prose.
std::string filler(std::size_t bytes);

}  // namespace assay::fake
