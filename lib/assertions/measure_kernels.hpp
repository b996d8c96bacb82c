#pragma once
#include "assertions/build.hpp"

namespace assay::assertions {

/// Makers of the types that look at what was measured beside the text.
Result<Made, std::string> make_latency(const Build& build);
Result<Made, std::string> make_time_to_first_token(const Build& build);
Result<Made, std::string> make_cost(const Build& build);
Result<Made, std::string> make_max_tokens(const Build& build);
Result<Made, std::string> make_perplexity(const Build& build);
Result<Made, std::string> make_perplexity_score(const Build& build);
Result<Made, std::string> make_finish_reason(const Build& build);
Result<Made, std::string> make_guardrails(const Build& build);

}  // namespace assay::assertions
