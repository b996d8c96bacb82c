#pragma once
#include <string>

#include "base/result.hpp"
#include "http/message.hpp"
#include "job/failure.hpp"
#include "providers/deployment.hpp"
#include "providers/question.hpp"

/// Embeddings and lists of models in OpenAI's format, of every vendor that has it.
namespace assay::providers {

/// OpenAI takes 2048 texts at once; others take fewer and say so.
inline constexpr std::size_t most_openai_embeddings = 2048;

/// base64 makes the answer a quarter as large; only those who are known to speak it are asked for it.
std::string embeddings_body(const EmbeddingQuestion& question, const Deployment& deployment, bool base64);

/// Vectors in the order of `index`, from lists of numbers or from base64 (float32, little end first). All of one
/// length; an index that is missing or doubled is malformed.
Result<Embeddings, Failure> read_embeddings(const http::Response& response, const Deployment& deployment);

/// {"data":[…]}, or the bare list of Together. Context lengths and prices where the vendor tells them, under each one's
/// names; prices only where they are dollars per token (OpenRouter).
Result<ModelPage, Failure> read_models(const http::Response& response, const Deployment& deployment);

}  // namespace assay::providers
