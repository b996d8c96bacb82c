#pragma once
#include "assertions/build.hpp"

namespace assay::assertions {

/// The author's function of the answer, run by whom the operator allows (javascript::Runner). It returns a boolean; a
/// number, which is the score and passes above 0 or at the threshold; or {pass, score, reason}. It is given the answer
/// (a text, or the value where the provider returned one) and {vars, config, metadata, logProbs, latencyMs, cost,
/// finishReason, trace}. Code that throws, or returns anything else, has failed; a limit is an error.
Result<Made, std::string> make_javascript(const Build& build);

}  // namespace assay::assertions
