#include "engine/suite_cache.hpp"

#include <utility>

#include "suite/read.hpp"

namespace assay::engine {
namespace {

Result<std::shared_ptr<const LoadedSuite>, std::string> read(const std::string& text) {
  if (text.empty()) return failure(std::string("the suite does not exist"));
  auto suite = suite::read(text);
  if (!suite) return failure("the suite cannot be read: " + suite.error().path + ": " + suite.error().message);
  auto checks = assertions::compile_suite(*suite);
  if (!checks) return failure("the suite's assertions cannot be compiled: " + checks.error().path + ": " + checks.error().message);
  return std::make_shared<const LoadedSuite>(LoadedSuite{std::move(*suite), std::move(*checks)});
}

}  // namespace

Task<Result<std::shared_ptr<const LoadedSuite>, std::string>> SuiteCache::load(SuiteId id) {
  if (const auto known = by_id_.find(id); known != by_id_.end()) {
    recent_.splice(recent_.begin(), recent_, known->second);
    co_return known->second->loaded;
  }
  const std::string text = co_await persist_.suite(id);
  Loaded loaded = read(text);
  keep(id, loaded, text.size());
  co_return loaded;
}

void SuiteCache::keep(SuiteId id, Loaded loaded, std::size_t bytes) {
  if (by_id_.contains(id)) return;  // two shares asked at once
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
