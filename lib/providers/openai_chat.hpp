#pragma once
#include "providers/dialect.hpp"
#include "providers/openai_usage.hpp"

namespace assay::providers {

/// Chat completions as OpenAI defines them (POST …/chat/completions): OpenAI itself, every vendor and server that
/// speaks them, and an upstream proxy. The deployment's profile says how one departs from OpenAI.
class OpenAiChat final : public Dialect {
 public:
  http::Request encode(const Question& question, const Deployment& deployment) const override;
  Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const override;
  std::unique_ptr<Gathering> gathering(const Deployment& deployment) const override;
  std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const override;

  std::size_t most_embeddings(const Deployment& deployment) const override;
  http::Request encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const override;
  Result<Embeddings, Failure> decode_embeddings(const http::Response& response,
                                                const Deployment& deployment) const override;
  http::Request encode_models(const Deployment& deployment, std::string_view page) const override;
  Result<ModelPage, Failure> decode_models(const http::Response& response, const Deployment& deployment) const override;
  http::Request encode_probe(const Deployment& deployment) const override;
};

/// The URL of one of the profile's paths. A usual path gets a "/v1" before it where the base URL has no path.
std::string openai_url(const Deployment& deployment, std::string_view path);
/// The key as the profile wants it; a dummy where the provider asks for none.
void authorize(http::Request& request, const Deployment& deployment);

}  // namespace assay::providers
