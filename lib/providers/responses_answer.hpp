#pragma once
#include <string_view>

#include "base/result.hpp"
#include "http/message.hpp"
#include "job/completion.hpp"
#include "job/failure.hpp"
#include "json/document.hpp"
#include "providers/deployment.hpp"

/// Reading what POST /responses answers, whole or as the last event of a stream.
namespace assay::providers {

Result<Completion, Failure> read_responses_answer(const http::Response& response, const Deployment& deployment);

/// What a response object holds: output, identity, usage and how it ended. Flags are left to complete().
Completion read_response_object(json::View root);

/// A status that means that there is no answer ("failed", "cancelled", "in_progress", "queued", any unknown one):
/// what to say of it. Empty: the answer is one.
std::string_view not_an_answer(json::View root);

}  // namespace assay::providers
