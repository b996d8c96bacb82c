#include "providers/dialect.hpp"

#include "base/require.hpp"
#include "providers/anthropic_messages.hpp"
#include "providers/azure_openai.hpp"
#include "providers/bedrock.hpp"
#include "providers/gemini.hpp"
#include "providers/ollama.hpp"
#include "providers/openai_chat.hpp"
#include "providers/openai_responses.hpp"
#include "providers/redact.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

Failure::Kind kind_of(http::Failure::Kind kind) {
  switch (kind) {
    case http::Failure::Kind::unreachable:
      return Failure::Kind::unreachable;
    case http::Failure::Kind::timed_out:
      return Failure::Kind::timed_out;
    case http::Failure::Kind::cut_off:
      return Failure::Kind::cut_off;
    case http::Failure::Kind::too_large:
      return Failure::Kind::malformed;
    case http::Failure::Kind::bad_answer:
      return Failure::Kind::malformed;
    case http::Failure::Kind::cancelled:
      return Failure::Kind::cancelled;
    case http::Failure::Kind::internal:
      return Failure::Kind::internal;
  }
  return Failure::Kind::internal;
}

Failure::Source source_of(Failure::Kind kind, const Deployment& deployment) {
  if (kind == Failure::Kind::cancelled || kind == Failure::Kind::internal) return Failure::Source::worker;
  return deployment.is_proxy ? Failure::Source::proxy : Failure::Source::vendor;
}

/// An error status whose body did not arrive whole.
http::Response status_alone(const http::Failure& failure) {
  http::Response response;
  response.status = failure.status;
  response.headers = failure.headers;
  return response;
}

}  // namespace

std::string_view to_string(DialectKind kind) {
  switch (kind) {
    case DialectKind::openai_chat:
      return "openai";
    case DialectKind::anthropic_messages:
      return "anthropic";
    case DialectKind::openai_responses:
      return "openai-responses";
    case DialectKind::azure_openai:
      return "azure";
    case DialectKind::gemini:
      return "gemini";
    case DialectKind::bedrock:
      return "bedrock";
    case DialectKind::ollama:
      return "ollama";
  }
  return "openai";
}

std::optional<DialectKind> parse_dialect(std::string_view name) {
  for (const DialectKind kind : every_dialect) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

std::size_t Dialect::most_embeddings(const Deployment&) const {
  return 0;
}

http::Request Dialect::encode_embeddings(const EmbeddingQuestion&, const Deployment&) const {
  require(false, "a dialect that makes embeddings");
  return {};
}

Result<Embeddings, Failure> Dialect::decode_embeddings(const http::Response& response,
                                                       const Deployment& deployment) const {
  return failure(malformed(response, deployment, "this provider makes no embeddings"));
}

http::Request Dialect::encode_probe(const Deployment& deployment) const {
  return encode_models(deployment);
}

const Dialect& dialect(DialectKind kind) {
  static const OpenAiChat openai_chat;
  static const OpenAiResponses openai_responses;
  static const AzureOpenAi azure_openai;
  static const AnthropicMessages anthropic_messages;
  static const Gemini gemini;
  static const Bedrock bedrock;
  static const Ollama ollama;
  switch (kind) {
    case DialectKind::openai_chat:
      return openai_chat;
    case DialectKind::openai_responses:
      return openai_responses;
    case DialectKind::azure_openai:
      return azure_openai;
    case DialectKind::anthropic_messages:
      return anthropic_messages;
    case DialectKind::gemini:
      return gemini;
    case DialectKind::bedrock:
      return bedrock;
    case DialectKind::ollama:
      return ollama;
  }
  require(false, "a dialect is one of those listed");
  return openai_chat;
}

Failure from_transport(const http::Failure& failure, const Deployment& deployment) {
  const bool cut_short =
      failure.kind == http::Failure::Kind::cut_off || failure.kind == http::Failure::Kind::timed_out ||
      failure.kind == http::Failure::Kind::too_large || failure.kind == http::Failure::Kind::bad_answer;
  if (cut_short && failure.status >= 400) return failure_from(status_alone(failure), deployment);
  Failure ours;
  ours.kind = kind_of(failure.kind);
  ours.may_have_run = ours.kind != Failure::Kind::internal && (failure.sent || failure.status > 0);
  if (failure.status >= 400) ours.may_have_run = failure_from(status_alone(failure), deployment).may_have_run;
  ours.source = source_of(ours.kind, deployment);
  ours.status = failure.status;
  ours.provider = deployment.provider;
  ours.request_id = redacted(request_id(failure.headers), deployment);
  ours.detail = redacted(failure.detail, deployment);
  return ours;
}

}  // namespace assay::providers
