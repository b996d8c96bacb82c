#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "providers/deployment.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// The body of POST …/converse and …/converse-stream, and what of the question it leaves out, by our names. What
/// Converse has no word for travels in additionalModelRequestFields where the model's family is known to read it.
std::string bedrock_body(const Question& question, const Deployment& deployment);
std::vector<std::string> bedrock_dropped(const Question& question, const Deployment& deployment);

/// The vendor's own name of a model inside an id, a profile ("us.…") or an ARN: "anthropic", "amazon.nova", "openai".
bool of_family(std::string_view model, std::string_view family);

}  // namespace assay::providers
