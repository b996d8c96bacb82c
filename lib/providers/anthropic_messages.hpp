#pragma once
#include "json/document.hpp"
#include "providers/dialect.hpp"

namespace assay::providers {

/// Anthropic's messages (POST …/v1/messages, API version 2023-06-01, not streamed). Key as `x-api-key`; the system
/// prompt stands at the top level; max_tokens is always sent. It takes no seed.
class AnthropicMessages final : public Dialect {
 public:
  http::Request encode(const Question& question, const Deployment& deployment) const override;
  Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const override;
  std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const override;
};

/// The counts are disjoint as sent, except thinking, which stands inside the output.
Usage read_anthropic_usage(json::View usage);

}  // namespace assay::providers
