#pragma once
#include "json/document.hpp"
#include "providers/dialect.hpp"

namespace assay::providers {

/// Google's Gemini (POST …/models/NAME:generateContent, streamed :streamGenerateContent?alt=sse). The key travels as
/// `x-goog-api-key`, never in the URL. Deployment::api_version ("v1beta" unless told) goes before the path when the
/// base URL has no path of its own.
///
/// The system prompt is a systemInstruction; families that refuse one (gemini_rules) get it as the first part of the
/// first user turn. Turn::verbatim is the model's content, {"role":"model","parts":[…]} or the list of parts alone,
/// with its thought signatures. Where only the mean log probability of the answer is told, log_probs holds that one
/// number.
class Gemini final : public Dialect {
 public:
  http::Request encode(const Question& question, const Deployment& deployment) const override;
  Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const override;
  std::unique_ptr<Gathering> gathering(const Deployment& deployment) const override;
  std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const override;

  std::size_t most_embeddings(const Deployment&) const override { return 100; }
  /// Vectors are brought to length 1: Google's are not when they have fewer dimensions than the model's own.
  http::Request encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const override;
  Result<Embeddings, Failure> decode_embeddings(const http::Response& response,
                                                const Deployment& deployment) const override;

  http::Request encode_models(const Deployment& deployment, std::string_view page = {}) const override;
  Result<ModelPage, Failure> decode_models(const http::Response& response, const Deployment& deployment) const override;
  http::Request encode_probe(const Deployment& deployment) const override;
};

/// Disjoint classes: cached tokens stand inside the prompt's, thoughts outside the candidates', and what tools put into
/// the prompt (toolUsePromptTokenCount) outside the prompt's. Google leaves zeros out: where the total says so, an
/// absent candidates' count is 0.
Usage read_gemini_usage(json::View usage);
/// Whether the total that was sent is another than the sum of its parts.
bool gemini_usage_mismatch(json::View usage);

}  // namespace assay::providers
