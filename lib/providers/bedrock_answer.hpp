#pragma once
#include <memory>

#include "base/result.hpp"
#include "json/document.hpp"
#include "providers/deployment.hpp"
#include "providers/gathering.hpp"

namespace assay::providers {

/// The counts are disjoint as sent. `inclusive`: as streams of OpenAI's family count, where the input has been seen to
/// hold what was read from and written to the cache; it is taken out where the total says that it stands inside.
Usage read_bedrock_usage(json::View usage, bool inclusive);

/// A whole answer of Converse; the root has a list of content. A filter that left no text is a failure.
Result<Completion, Failure> bedrock_completion(json::View root, const http::Response& response,
                                               const Deployment& deployment);

/// The events of ConverseStream. Its end is messageStop and metadata, which has the usage and comes last. Exceptions
/// end it as failures; events that nobody knows are nothing. The deployment outlives it.
std::unique_ptr<Gathering> bedrock_gathering(const Deployment& deployment);

}  // namespace assay::providers
