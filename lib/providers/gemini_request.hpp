#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "providers/deployment.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// "models/gemini-2.5-flash": the model's name as Google writes it, from whatever a deployment calls it.
std::string gemini_model(std::string_view model);

/// The body of generateContent.
std::string gemini_body(const Question& question, const Deployment& deployment);

/// What that body leaves out.
std::vector<std::string> gemini_dropped(const Question& question, const Deployment& deployment);

}  // namespace assay::providers
