#include "providers/openai_chat.hpp"

#include "base/require.hpp"
#include "providers/openai_answer.hpp"
#include "providers/openai_body.hpp"
#include "providers/openai_gathering.hpp"
#include "providers/openai_lists.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

/// Sent where the provider asks for no key: several compatible servers insist on some bearer.
constexpr const char* no_key = "none";

bool usual_path(std::string_view path) {
  return path == "/chat/completions" || path == "/responses" || path == "/embeddings" || path == "/models";
}

std::string_view without_version(std::string_view base_url) {
  while (base_url.ends_with('/')) base_url.remove_suffix(1);
  if (base_url.ends_with("/v1")) base_url.remove_suffix(3);
  return base_url;
}

}  // namespace

std::string openai_url(const Deployment& deployment, std::string_view path) {
  require(!deployment.base_url.empty(), "a deployment has a base URL");
  const bool bare = usual_path(path) && has_no_path(deployment.base_url);
  return joined(deployment.base_url, bare ? "/v1" + std::string(path) : std::string(path));
}

void authorize(http::Request& request, const Deployment& deployment) {
  request.secrets.push_back({deployment.profile.auth_header, deployment.profile.auth_prefix,
                             deployment.key.empty() ? Secret(no_key) : deployment.key});
}

http::Request OpenAiChat::encode(const Question& question, const Deployment& deployment) const {
  require(!deployment.model.empty(), "a deployment names a model");
  http::Request request = post(question, deployment, openai_url(deployment, deployment.profile.chat_path));
  if (question.stream) expect_stream(request, "text/event-stream");
  authorize(request, deployment);
  request.body = chat_body(question, deployment, deployment.profile.stream_usage);
  return request;
}

Result<Completion, Failure> OpenAiChat::decode(const http::Response& response, const Deployment& deployment) const {
  return read_chat_answer(response, deployment);
}

std::unique_ptr<Gathering> OpenAiChat::gathering(const Deployment& deployment) const {
  return chat_gathering(deployment);
}

std::vector<std::string> OpenAiChat::dropped_parameters(const Question& question, const Deployment& deployment) const {
  return Wishes(question, deployment, rules_for(deployment.model), OpenAiApi::chat).dropped();
}

std::size_t OpenAiChat::most_embeddings(const Deployment& deployment) const {
  return deployment.profile.embeddings_path.empty() ? 0 : most_openai_embeddings;
}

http::Request OpenAiChat::encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const {
  http::Request request = post(question, deployment, openai_url(deployment, deployment.profile.embeddings_path));
  authorize(request, deployment);
  request.body = embeddings_body(question, deployment, deployment.vendor == "openai" && !deployment.is_proxy);
  return request;
}

Result<Embeddings, Failure> OpenAiChat::decode_embeddings(const http::Response& response,
                                                          const Deployment& deployment) const {
  return read_embeddings(response, deployment);
}

http::Request OpenAiChat::encode_models(const Deployment& deployment, std::string_view) const {
  http::Request request = get(deployment, openai_url(deployment, deployment.profile.models_path));
  authorize(request, deployment);
  return request;
}

Result<ModelPage, Failure> OpenAiChat::decode_models(const http::Response& response,
                                                     const Deployment& deployment) const {
  return read_models(response, deployment);
}

http::Request OpenAiChat::encode_probe(const Deployment& deployment) const {
  const std::string& path = deployment.profile.probe_path;
  if (path.empty()) return encode_models(deployment, {});
  http::Request request = get(deployment, joined(without_version(deployment.base_url), path));
  authorize(request, deployment);
  return request;
}

}  // namespace assay::providers
