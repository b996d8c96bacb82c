#pragma once
#include <memory>

#include "providers/bedrock_answer.hpp"
#include "providers/dialect.hpp"

namespace assay::providers {

/// AWS Bedrock: Converse and ConverseStream (POST /model/{id}/converse…), embeddings through /invoke, lists from the
/// control plane. A Bedrock key is a bearer; with Deployment::key_id requests are signed (Signature Version 4, service
/// "bedrock") when they are sent. The region is the deployment's, else that of AWS's own host names, else us-east-1.
class Bedrock final : public Dialect {
 public:
  http::Request encode(const Question& question, const Deployment& deployment) const override;
  Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const override;
  framing::Kind framing() const override { return framing::Kind::aws_event_stream; }
  std::unique_ptr<Gathering> gathering(const Deployment& deployment) const override;
  std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const override;
  std::size_t most_embeddings(const Deployment& deployment) const override;
  http::Request encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const override;
  Result<Embeddings, Failure> decode_embeddings(const http::Response& response,
                                                const Deployment& deployment) const override;
  /// The foundation models on the first page, then the inference profiles.
  http::Request encode_models(const Deployment& deployment, std::string_view page = {}) const override;
  Result<ModelPage, Failure> decode_models(const http::Response& response, const Deployment& deployment) const override;
  http::Request encode_probe(const Deployment& deployment) const override;
};

/// What Deployment::clock holds: one for all deployments of a provider.
std::shared_ptr<aws::ServerClock> server_clock();

}  // namespace assay::providers
