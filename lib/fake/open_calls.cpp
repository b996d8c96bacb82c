#include "fake/open_calls.hpp"

#include <algorithm>

namespace assay::fake {
namespace {

void take_one(OpenCalls::Counts& counts, const std::string& name) {
  const auto at = counts.find(name);
  if (--at->second == 0) counts.erase(at);
}

}  // namespace

OpenCalls::Counted::Counted(OpenCalls& calls, std::string worker, std::string mark)
    : calls_(calls), worker_(std::move(worker)), mark_(std::move(mark)) {
  calls_.peak_ = std::max(calls_.peak_, ++calls_.total_);
  ++calls_.by_worker_[worker_];
  if (!mark_.empty()) ++calls_.by_mark_[mark_][worker_];
}

OpenCalls::Counted::~Counted() {
  --calls_.total_;
  take_one(calls_.by_worker_, worker_);
  if (mark_.empty()) return;
  const auto at = calls_.by_mark_.find(mark_);
  take_one(at->second, worker_);
  if (at->second.empty()) calls_.by_mark_.erase(at);
}

}  // namespace assay::fake
