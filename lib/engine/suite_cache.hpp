#pragma once
#include <list>
#include <map>
#include <memory>
#include <string>

#include "assertions/compile.hpp"
#include "base/result.hpp"
#include "engine/persist.hpp"
#include "job/suite.hpp"

namespace assay::engine {

/// A stored suite, read and compiled once.
struct LoadedSuite {
  Suite suite;
  assertions::CompiledSuite checks;
};

/// Suites by id, most recently used first, at most `capacity_bytes` of stored text. A suite never changes, so nothing is
/// ever stale. Loop thread only.
class SuiteCache {
 public:
  SuiteCache(Persist& persist, std::size_t capacity_bytes) : persist_(persist), capacity_(capacity_bytes) {}

  /// The suite, or why this program cannot run it: a sentence for people.
  Task<Result<std::shared_ptr<const LoadedSuite>, std::string>> load(SuiteId id);

 private:
  using Loaded = Result<std::shared_ptr<const LoadedSuite>, std::string>;
  struct Entry {
    SuiteId id;
    Loaded loaded;
    std::size_t bytes = 0;
  };
  void keep(SuiteId id, Loaded loaded, std::size_t bytes);

  Persist& persist_;
  std::size_t capacity_, held_ = 0;
  std::list<Entry> recent_;
  std::map<SuiteId, std::list<Entry>::iterator> by_id_;
};

}  // namespace assay::engine
