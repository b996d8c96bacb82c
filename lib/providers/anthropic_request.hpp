#pragma once
#include <string>
#include <vector>

#include "providers/deployment.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// The version of the API that a deployment speaks: its own header, its api_version, else "2023-06-01".
std::string_view anthropic_version(const Deployment& deployment);
/// From 2026-10-21 on the key is a bearer, and temperature, top_p and top_k do not exist.
bool anthropic_bearer(const Deployment& deployment);

/// The body of POST …/v1/messages, and what of the question it leaves out, by our names.
std::string anthropic_body(const Question& question, const Deployment& deployment);
std::vector<std::string> anthropic_dropped(const Question& question, const Deployment& deployment);

}  // namespace assay::providers
