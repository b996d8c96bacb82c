#pragma once
#include <memory>

#include "json/document.hpp"
#include "providers/content_blocks.hpp"
#include "providers/deployment.hpp"
#include "providers/gathering.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// The counts are disjoint as sent, except thinking, which stands inside the output.
Usage read_anthropic_usage(json::View usage);

/// A message as it came whole; the root has a list of content.
Completion anthropic_completion(json::View root, const http::Response& response, const Deployment& deployment);

/// The events of a streamed message: message_start … message_stop. Unknown events, pings and "[DONE]" (which some
/// imitators send) are nothing; what is not JSON ends the answer as malformed. Usage: of each field the last value that
/// was not null, never a sum; the output's count of the start is a placeholder and stands only when a later one came.
/// The deployment outlives it.
std::unique_ptr<Gathering> anthropic_gathering(const Deployment& deployment);

}  // namespace assay::providers
