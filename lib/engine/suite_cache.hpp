#pragma once
#include <list>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "assertions/compile.hpp"
#include "base/result.hpp"
#include "engine/persist.hpp"
#include "job/suite.hpp"
#include "runtime/wait.hpp"

namespace assay::engine {

/// A stored suite, read and compiled once.
struct LoadedSuite {
  Suite suite;
  assertions::CompiledSuite checks;
};

/// Suites by id, most recently used first, at most `capacity_bytes` of them as estimated by weight(): one at least. A
/// suite never changes, so nothing is ever stale. Shares that ask for one suite at once wait for one statement. Loop
/// thread only.
class SuiteCache {
 public:
  SuiteCache(Loop& loop, Persist& persist, std::size_t capacity_bytes, assertions::SuiteBounds bounds = {})
      : loop_(loop), persist_(persist), capacity_(capacity_bytes), bounds_(std::move(bounds)) {}

  /// The suite, or why this program cannot run it: a sentence for people.
  Task<Result<std::shared_ptr<const LoadedSuite>, std::string>> load(SuiteId id);

 private:
  using Loaded = Result<std::shared_ptr<const LoadedSuite>, std::string>;
  struct Entry {
    SuiteId id;
    Loaded loaded;
    std::size_t bytes = 0;
  };
  class Loading;
  void keep(SuiteId id, Loaded loaded, std::size_t bytes);

  Loop& loop_;
  Persist& persist_;
  std::size_t capacity_, held_ = 0;
  assertions::SuiteBounds bounds_;
  std::list<Entry> recent_;
  std::map<SuiteId, std::list<Entry>::iterator> by_id_;
  std::map<SuiteId, std::shared_ptr<Signal>> loading_;  ///< told when the one who loads it has ended
};

}  // namespace assay::engine
