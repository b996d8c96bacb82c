#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "curl/curl_transport.hpp"
#include "engine/worker.hpp"
#include "fake/provider.hpp"
#include "queue/memory_queue.hpp"
#include "routing/router.hpp"
#include "runtime/scope.hpp"
#include "runtime/thread_offload.hpp"
#include "tests/conformance/cases.hpp"

namespace assay::conformance {

/// A key that must be seen nowhere.
inline constexpr std::string_view canary = "sk-conformance-canary-0123456789";

/// What came of one case.
struct Outcome {
  struct Call {
    std::optional<Failure> failure;
  };
  std::vector<Call> calls;
  std::optional<CellResult> result;
  std::optional<Duration> put_back;  ///< for how long; it may have come back since
  std::size_t calls_until_put_back = 0;
  std::optional<Money> bound, cost;  ///< of the first call: what was set aside, what it is charged
  std::optional<Money> fakes_bill;   ///< what the fake says of that call
  std::vector<std::string> faults;   ///< of the worker itself
};

/// Which dialect is asked, by which way.
struct Setting {
  std::string dialect;
  routing::Mode mode = routing::Mode::native;
};

/// A real worker with the real transport, a queue in memory and a fake provider, all on one loop. Its time limits are
/// short, and waits are left to the queue, so that nothing here sleeps.
class Stage {
 public:
  explicit Stage(const Setting& setting, const std::vector<Case>& cases);
  ~Stage();

  /// Plays every case, those that need the machine for themselves one by one. In the order of `cases`.
  std::vector<Outcome> play();

 private:
  class Watcher;
  std::string model_of(std::size_t index) const;
  JobId enqueue(std::size_t index);
  bool is_over(JobId job) const;
  void play(const std::vector<std::size_t>& indices);
  void until(const std::function<bool()>& holds);
  Outcome outcome_of(std::size_t index, JobId job) const;

  const Setting setting_;
  const std::vector<Case>& cases_;
  net::EpollPort port_;
  Loop loop_{port_};
  fake::Provider provider_;
  ThreadOffload offload_;
  Random random_{7};
  routing::Router router_;
  pricing::PriceBook prices_;
  curl::CurlTransport transport_;
  queue::MemoryStore store_;
  queue::MemoryQueue queue_;
  std::unique_ptr<Watcher> watcher_;
  engine::Worker worker_;
  SuiteId suite_;
  Scope scope_;
  std::map<std::size_t, Outcome> outcomes_;
};

}  // namespace assay::conformance
