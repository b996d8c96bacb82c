#pragma once
#include <string>
#include <vector>

#include "providers/deployment.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// The body of /api/chat.
std::string ollama_body(const Question& question, const Deployment& deployment);

/// What that body leaves out.
std::vector<std::string> ollama_dropped(const Question& question);

}  // namespace assay::providers
