#pragma once
#include "json/document.hpp"
#include "providers/dialect.hpp"

namespace assay::providers {

/// Ollama's own chat (POST …/api/chat), streamed as lines of JSON. A key is optional (`Authorization: Bearer`).
///
/// An Ollama cuts a prompt that is longer than its context without a word. So the context is asked for
/// (Deployment::context_tokens becomes num_ctx), cutting is forbidden (truncate and shift are false), and an answer
/// whose prompt fills the context to the brim is flagged prompt_truncated. Its server has no way to force a tool.
class Ollama final : public Dialect {
 public:
  http::Request encode(const Question& question, const Deployment& deployment) const override;
  Result<Completion, Failure> decode(const http::Response& response, const Deployment& deployment) const override;
  framing::Kind framing() const override { return framing::Kind::ndjson; }
  std::unique_ptr<Gathering> gathering(const Deployment& deployment) const override;
  std::vector<std::string> dropped_parameters(const Question& question, const Deployment& deployment) const override;

  std::size_t most_embeddings(const Deployment&) const override { return 512; }
  http::Request encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const override;
  Result<Embeddings, Failure> decode_embeddings(const http::Response& response,
                                                const Deployment& deployment) const override;

  http::Request encode_models(const Deployment& deployment, std::string_view page = {}) const override;
  Result<ModelPage, Failure> decode_models(const http::Response& response, const Deployment& deployment) const override;
  http::Request encode_probe(const Deployment& deployment) const override;
};

/// The counts of an answer's last line: a count that is absent is unknown (the prompt may have been in the cache).
/// `raw` is an object of the line's own count and duration members (nanoseconds), as written.
Usage read_ollama_usage(json::View line);

}  // namespace assay::providers
