#include "engine/model_refresh.hpp"

#include <utility>

namespace assay::engine {

Task<bool> ModelRefresh::newer_than(Instant since) {
  if (!build_) co_return true;
  const Semaphore::Permit turn = co_await turn_.acquire();
  if (read_at_ && *read_at_ > since) co_return true;
  const Instant began = loop_.measure();
  auto stored = co_await queue_.models();
  if (!stored) {
    observer_.outage("models", stored.error());
    co_return false;
  }
  read_at_ = began;
  if (*stored == stored_) co_return true;
  auto set = build_(*stored);
  if (set) {
    routes_.replace(std::move(*set));
  } else {
    observer_.broken("models", set.error());
  }
  stored_ = std::move(*stored);
  co_return true;
}

}  // namespace assay::engine
