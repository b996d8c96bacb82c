#pragma once
#include <cstddef>
#include <string>

#include "base/result.hpp"
#include "job/failure.hpp"
#include "providers/deployment.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// Embeddings through POST /model/{id}/invoke, whose bodies are the vendors' own: Amazon's Titan takes one text, Cohere
/// 96. Others: 0.
std::size_t most_bedrock_embeddings(std::string_view model);
std::string bedrock_embeddings_body(const EmbeddingQuestion& question, std::string_view model);
Result<Embeddings, Failure> read_bedrock_embeddings(const http::Response& response, const Deployment& deployment);

}  // namespace assay::providers
