#pragma once
#include <cstdint>
#include <functional>
#include <set>
#include <string>

#include "http/transport.hpp"
#include "queue/memory_store.hpp"
#include "runtime/loop.hpp"
#include "runtime/random.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/trace.hpp"

namespace assay::sim {

/// A vendor of both dialects with a script drawn from the seed, and its own books. One per world; each worker reaches it
/// through a Line of its own.
class Provider {
 public:
  Provider(Loop& loop, Random random, FaultCounts& faults, Oracle& oracle, Trace& trace)
      : loop_(loop), random_(random), faults_(faults), oracle_(oracle), trace_(trace) {}

  std::function<void(const CallId&, const std::string&)> on_receive;

  /// A worker's way to the provider.
  class Line final : public http::Transport {
   public:
    Line(Provider& provider, std::string worker, std::size_t most) : provider_(provider), worker_(std::move(worker)), most_(most) {}
    Task<Result<http::Response, http::Failure>> send(http::Request request, Deadline deadline) override;
    std::size_t open() const { return open_.size(); }

   private:
    Provider& provider_;
    std::string worker_;
    std::size_t most_;
    std::multiset<CallId> open_;
  };

 private:
  struct Script {
    enum class How { answer, rate_limit, overload, cut, silence, empty, unreadable } how = How::answer;
    Duration delay{};
  };
  Script draw();
  Task<bool> stream(const http::Request& request, const CallId& call, const Script& script, Deadline deadline);
  http::Response reply(const http::Request& request, const CallId& call, const Script& script);

  Loop& loop_;
  Random random_;
  FaultCounts& faults_;
  Oracle& oracle_;
  Trace& trace_;
};

}  // namespace assay::sim
