#pragma once
#include "providers/dialect.hpp"

namespace assay::providers {

/// OpenAI's newer format (POST …/responses), the only one of some of its models. Nothing is stored at the vendor
/// (`store: false`). It takes no seed, stop, penalties or top_k. Embeddings and lists are those of the chat format.
class OpenAiResponses final : public Dialect {
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

}  // namespace assay::providers
