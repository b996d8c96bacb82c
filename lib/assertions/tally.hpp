#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "assertions/check.hpp"
#include "job/verdict.hpp"

namespace assay::assertions {

/// A metric's scores so far: sum of score × weight, and of the weights.
struct Metric {
  double sum = 0, weight = 0;
  double mean() const { return weight > 0 ? sum / weight : 0; }
};
using Metrics = std::map<std::string, Metric>;

/// From the results of a list of assertions to one verdict, as shared/reference describes promptfoo's: score = Σ score
/// × weight ÷ Σ weight, 0 where the weights sum to nothing; pass = score ≥ threshold, or without one that none failed.
class Tally {
 public:
  /// The result of a check; for a set also what its own members gave to metrics.
  void add(const Check& check, const AssertionResult& result, const Metrics& members);

  double score() const { return weight_ > 0 ? sum_ / weight_ : 0; }
  double weight() const { return weight_; }
  bool pass(const std::optional<double>& threshold) const;
  bool erred() const { return first_error_.has_value(); }
  std::optional<std::int32_t> first_failed() const { return first_failed_; }
  std::optional<std::int32_t> first_error() const { return first_error_; }
  const Metrics& metrics() const { return metrics_; }

 private:
  void gather(const std::string& metric, double score, double weight);

  double sum_ = 0, weight_ = 0;
  bool freed_ = false;
  std::optional<std::int32_t> first_failed_, first_error_;
  Metrics metrics_;
};

}  // namespace assay::assertions
