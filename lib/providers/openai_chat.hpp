#pragma once
#include "json/document.hpp"
#include "providers/dialect.hpp"

namespace assay::providers {

/// Chat completions as OpenAI defines them (POST …/chat/completions, not streamed): OpenAI itself, every vendor and
/// server that speaks them, and an upstream proxy. Key as `Authorization: Bearer`.
class OpenAiChat final : public Dialect {
 public:
  http::Request encode(const Question& question, const Deployment& deployment) const override;
  Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const override;
  std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const override;
};

/// Disjoint classes from the inclusive counts of this dialect: cached and written tokens stand inside the prompt's,
/// reasoning inside the completion's; what a vendor counts outside is told by its total. A part is never larger than
/// its whole.
Usage read_openai_usage(json::View usage);

}  // namespace assay::providers
