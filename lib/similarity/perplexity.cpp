#include "similarity/perplexity.hpp"

#include <numeric>

#include "similarity/elementary.hpp"

namespace assay::similarity {

Result<double, std::string> perplexity(std::span<const double> log_probabilities) {
  if (log_probabilities.empty()) return failure(std::string("the answer has no log probabilities"));
  const double sum = std::accumulate(log_probabilities.begin(), log_probabilities.end(), 0.0);
  return exponential(-(sum / static_cast<double>(log_probabilities.size())));
}

Result<double, std::string> perplexity_score(std::span<const double> log_probabilities) {
  const auto found = perplexity(log_probabilities);
  if (!found) return failure(found.error());
  return 1 / (1 + *found);
}

}  // namespace assay::similarity
