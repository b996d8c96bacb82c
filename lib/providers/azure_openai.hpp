#pragma once
#include "providers/dialect.hpp"

namespace assay::providers {

/// OpenAI's chat format as Azure serves it. Without an api_version the v1 surface (…/openai/v1/chat/completions), with
/// one the older (…/openai/deployments/{model}/chat/completions?api-version=…). The model is the name of a deployment
/// in the resource, which says nothing of the model's family: what the one behind it refuses is left out by
/// profile.max_tokens_field and profile.drop_parameters.
///
/// The base URL is taken whole, with or without its "/openai" or "/openai/v1"; whoever makes it from a resource's name
/// must see to it that the name is [a-z0-9-]+. The key travels as `api-key`; a JWT (three parts, the first beginning
/// "eyJ") is an Entra token and travels as a bearer.
class AzureOpenAi final : public Dialect {
 public:
  http::Request encode(const Question& question, const Deployment& deployment) const override;
  Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const override;
  std::unique_ptr<Gathering> gathering(const Deployment& deployment) const override;
  std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const override;

  std::size_t most_embeddings(const Deployment& deployment) const override;
  http::Request encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const override;
  Result<Embeddings, Failure> decode_embeddings(const http::Response& response,
                                                const Deployment& deployment) const override;
  /// The models that the resource could serve, not its deployments; free, hence also the probe.
  http::Request encode_models(const Deployment& deployment, std::string_view page) const override;
  Result<ModelPage, Failure> decode_models(const http::Response& response, const Deployment& deployment) const override;
};

}  // namespace assay::providers
