#pragma once
#include "providers/anthropic_answer.hpp"
#include "providers/dialect.hpp"

namespace assay::providers {

/// Anthropic's messages (POST …/v1/messages), both versions of the API: 2023-06-01 with the key as `x-api-key`, and
/// 2026-10-21 with a bearer and without sampling parameters. The system prompt stands at the top level; max_tokens is
/// always sent. It takes no seed and makes no embeddings.
class AnthropicMessages final : public Dialect {
 public:
  http::Request encode(const Question& question, const Deployment& deployment) const override;
  Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const override;
  std::unique_ptr<Gathering> gathering(const Deployment& deployment) const override;
  std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const override;
  http::Request encode_models(const Deployment& deployment, std::string_view page = {}) const override;
  Result<ModelPage, Failure> decode_models(const http::Response& response, const Deployment& deployment) const override;
  http::Request encode_probe(const Deployment& deployment) const override;
};

}  // namespace assay::providers
