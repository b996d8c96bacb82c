#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "queue/memory_store.hpp"

namespace assay::sim {

/// Watches the world from outside and knows what must be true, in sentences we can publish. It reads the store's tables
/// but none of the engine's state.
class Oracle {
 public:
  explicit Oracle(const queue::MemoryStore& store) : store_(store) {}

  // What it is told.
  void lease_given(const Lease& lease);
  void call_received(const CallId& call, const std::string& worker);
  void call_billed(const CallId& call, std::int64_t nanos);  ///< the provider has done the work and will ask for this
  void open_calls(const std::string& worker, const std::multiset<CallId>& open, std::size_t most);

  /// After every write: the job it touched.
  void check(JobId job);
  /// When all is quiet.
  void check_end();

  /// The first broken sentence, if any.
  const std::optional<std::string>& broken() const { return broken_; }

  struct Bill {
    bool received = false;
    std::int64_t nanos = 0;
  };
  const std::map<CallId, Bill>& bills() const { return bills_; }

 private:
  void must(bool holds, const std::string& sentence);

  const queue::MemoryStore& store_;
  std::map<CallId, Bill> bills_;
  std::map<ShareId, Token> newest_;
  std::map<JobId, std::pair<std::int32_t, std::map<ShareId, std::pair<std::int32_t, std::int32_t>>>> grids_;
  std::map<std::pair<JobId, CellNumber>, Token> seen_results_;
  std::map<JobId, queue::MemoryStore::JobState> ended_;
  std::optional<std::string> broken_;
};

}  // namespace assay::sim
