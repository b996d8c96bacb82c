#include "assertions/tally.hpp"

#include <algorithm>

namespace assay::assertions {
namespace {

void note(std::optional<std::int32_t>& first, std::int32_t index) {
  first = std::min(first.value_or(index), index);
}

}  // namespace

void Tally::add(const Check& check, const AssertionResult& result, const Metrics& members) {
  if (!result.error.empty()) {
    note(first_error_, check.index);
    return;
  }
  sum_ += result.score * check.weight;
  weight_ += check.weight;
  if (!result.passed) {
    note(first_failed_, check.index);
    freed_ = freed_ || check.frees;
  }
  if (!check.metric.empty()) gather(check.metric, result.score, check.weight);
  for (const auto& [name, metric] : members) {
    if (name != check.metric) gather(name, metric.mean(), metric.weight * check.weight);
  }
}

bool Tally::pass(const std::optional<double>& threshold) const {
  if (freed_) return true;
  return threshold ? score() >= *threshold : !first_failed_;
}

void Tally::gather(const std::string& metric, double score, double weight) {
  Metric& gathered = metrics_[metric];
  gathered.sum += score * weight;
  gathered.weight += weight;
}

}  // namespace assay::assertions
