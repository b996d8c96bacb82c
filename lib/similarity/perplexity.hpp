#pragma once
#include <span>
#include <string>

#include "base/result.hpp"

namespace assay::similarity {

/// Of the natural logarithms of the probabilities of a text's tokens, summed in their order. None is an error.

/// exp(-mean): 1 for a text that was certain, the number of equally likely choices per token otherwise.
Result<double, std::string> perplexity(std::span<const double> log_probabilities);

/// promptfoo's perplexity-score: 1 / (1 + exp(-mean)), the logistic function of the mean; at most 0.5.
Result<double, std::string> perplexity_score(std::span<const double> log_probabilities);

}  // namespace assay::similarity
