#include "engine/suite_cache.hpp"

#include <exception>
#include <utility>

#include "suite/read.hpp"

namespace assay::engine {
namespace {

using Loaded = Result<std::shared_ptr<const LoadedSuite>, std::string>;

Loaded read(const std::string& text, const assertions::SuiteBounds& bounds) {
  if (text.empty()) return failure(std::string("the suite does not exist"));
  auto suite = suite::read(text);
  if (!suite) return failure("the suite cannot be read: " + suite.error().path + ": " + suite.error().message);
  auto checks = assertions::compile_suite(*suite, bounds);
  if (!checks) return failure("the suite's assertions cannot be compiled: " + checks.error().path + ": " + checks.error().message);
  return std::make_shared<const LoadedSuite>(LoadedSuite{std::move(*suite), std::move(*checks)});
}

/// About what an entry takes in memory: the text and what was read from it, and the kernels with the states that
/// regexes build while they run.
std::size_t weight(const Loaded& loaded, std::size_t text_bytes) {
  std::size_t kernels = 0;
  if (loaded) {
    for (const assertions::CompiledCase& test : (*loaded)->checks.cases) kernels += assertions::memory_bytes(test);
  }
  return 4096 + 2 * text_bytes + kernels;
}

}  // namespace

/// Says that a suite is being loaded, and tells those who wait when that has ended, however it did.
class SuiteCache::Loading {
 public:
  Loading(SuiteCache& cache, SuiteId id) : cache_(cache), id_(id), ended_(std::make_shared<Signal>(cache.loop_)) {
    cache_.loading_[id] = ended_;
  }
  Loading(const Loading&) = delete;
  Loading& operator=(const Loading&) = delete;
  ~Loading() {
    cache_.loading_.erase(id_);
    ended_->notify();
  }

 private:
  SuiteCache& cache_;
  SuiteId id_;
  std::shared_ptr<Signal> ended_;
};

Task<Result<std::shared_ptr<const LoadedSuite>, std::string>> SuiteCache::load(SuiteId id) {
  for (;;) {
    if (const auto known = by_id_.find(id); known != by_id_.end()) {
      recent_.splice(recent_.begin(), recent_, known->second);
      co_return known->second->loaded;
    }
    const auto other = loading_.find(id);
    if (other == loading_.end()) break;
    const std::shared_ptr<Signal> ended = other->second;
    co_await ended->wait(Deadline::never());
  }
  const Loading loading(*this, id);
  const std::string text = co_await persist_.suite(id);
  std::string broken;
  try {
    Loaded loaded = read(text, bounds_);
    keep(id, loaded, weight(loaded, text.size()));
    co_return loaded;
  } catch (const std::exception& error) {
    broken = error.what();
  }
  co_return failure("the suite cannot be read: " + broken);
}

void SuiteCache::keep(SuiteId id, Loaded loaded, std::size_t bytes) {
  recent_.push_front(Entry{id, std::move(loaded), bytes});
  by_id_[id] = recent_.begin();
  held_ += bytes;
  while (held_ > capacity_ && recent_.size() > 1) {
    held_ -= recent_.back().bytes;
    by_id_.erase(recent_.back().id);
    recent_.pop_back();
  }
}

}  // namespace assay::engine
