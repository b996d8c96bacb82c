#include "providers/azure_openai.hpp"

#include <algorithm>

#include "base/require.hpp"
#include "providers/openai_answer.hpp"
#include "providers/openai_body.hpp"
#include "providers/openai_gathering.hpp"
#include "providers/openai_lists.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

/// Older versions answer stream_options with 400.
constexpr std::string_view first_with_stream_usage = "2024-09-01";

bool takes_stream_usage(const Deployment& deployment) {
  const std::string& version = deployment.api_version;
  return deployment.profile.stream_usage && (version.empty() || version >= first_with_stream_usage);
}

/// The base URL up to and without "/openai".
std::string_view resource_of(std::string_view url) {
  const auto cut = [&](std::string_view end) {
    while (url.ends_with('/')) url.remove_suffix(1);
    if (url.ends_with(end)) url.remove_suffix(end.size());
  };
  cut("/v1");
  cut("/openai");
  return url;
}

std::string url_of(const Deployment& deployment, const std::string& path) {
  require(!deployment.base_url.empty(), "a deployment has a base URL");
  const std::string_view resource = resource_of(deployment.base_url);
  if (deployment.api_version.empty()) return joined(resource, "/openai/v1" + path);
  const std::string of_model = path == "/models" ? "" : "/deployments/" + path_segment(deployment.model);
  return joined(resource, "/openai" + of_model + path + "?api-version=" + path_segment(deployment.api_version));
}

bool entra_token(const Secret& key) {
  const std::string_view text = key.reveal();
  return text.starts_with("eyJ") && std::count(text.begin(), text.end(), '.') == 2;
}

void authorize_azure(http::Request& request, const Deployment& deployment) {
  if (entra_token(deployment.key))
    request.secrets.push_back({"Authorization", "Bearer ", deployment.key});
  else
    request.secrets.push_back({"api-key", "", deployment.key});
}

}  // namespace

http::Request AzureOpenAi::encode(const Question& question, const Deployment& deployment) const {
  require(!deployment.model.empty(), "a deployment names a model");
  http::Request request = post(question, deployment, url_of(deployment, "/chat/completions"));
  if (question.stream) expect_stream(request, "text/event-stream");
  authorize_azure(request, deployment);
  request.body = chat_body(question, deployment, takes_stream_usage(deployment));
  return request;
}

Result<Completion, Failure> AzureOpenAi::decode(const http::Response& response, const Deployment& deployment) const {
  return read_chat_answer(response, deployment);
}

std::unique_ptr<Gathering> AzureOpenAi::gathering(const Deployment& deployment) const {
  return chat_gathering(deployment);
}

std::vector<std::string> AzureOpenAi::dropped_parameters(const Question& question, const Deployment& deployment) const {
  return Wishes(question, deployment, rules_for(deployment.model), OpenAiApi::chat).dropped();
}

std::size_t AzureOpenAi::most_embeddings(const Deployment&) const {
  return most_openai_embeddings;
}

http::Request AzureOpenAi::encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const {
  require(!deployment.model.empty(), "a deployment names a model");
  http::Request request = post(question, deployment, url_of(deployment, "/embeddings"));
  authorize_azure(request, deployment);
  request.body = embeddings_body(question, deployment, true);
  return request;
}

Result<Embeddings, Failure> AzureOpenAi::decode_embeddings(const http::Response& response,
                                                           const Deployment& deployment) const {
  return read_embeddings(response, deployment);
}

http::Request AzureOpenAi::encode_models(const Deployment& deployment, std::string_view) const {
  http::Request request = get(deployment, url_of(deployment, "/models"));
  authorize_azure(request, deployment);
  return request;
}

Result<ModelPage, Failure> AzureOpenAi::decode_models(const http::Response& response,
                                                      const Deployment& deployment) const {
  return read_models(response, deployment);
}

}  // namespace assay::providers
