#pragma once
#include <string>

#include "providers/deployment.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// The body of POST /responses. Turns become items: messages, function_call and function_call_output.
std::string responses_body(const Question& question, const Deployment& deployment);

}  // namespace assay::providers
