#include "providers/anthropic_messages.hpp"

#include "base/require.hpp"
#include "providers/anthropic_request.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

std::string url_of(const Deployment& deployment, std::string_view path) {
  const bool versioned = deployment.base_url.ends_with("/v1") || deployment.base_url.ends_with("/v1/");
  return joined(deployment.base_url, (versioned ? "" : "/v1") + std::string(path));
}

void identify(http::Request& request, const Deployment& deployment) {
  if (!http::find_header(request.headers, "anthropic-version"))
    request.headers.emplace_back("anthropic-version", anthropic_version(deployment));
  if (deployment.key.empty()) return;
  if (anthropic_bearer(deployment))
    request.secrets.push_back({"Authorization", "Bearer ", deployment.key});
  else
    request.secrets.push_back({"x-api-key", "", deployment.key});
}

http::Request list(const Deployment& deployment, const std::string& query) {
  require(!deployment.base_url.empty(), "a deployment names a base URL");
  http::Request request = get(deployment, url_of(deployment, "/models?" + query));
  identify(request, deployment);
  return request;
}

}  // namespace

http::Request AnthropicMessages::encode(const Question& question, const Deployment& deployment) const {
  require(!deployment.model.empty() && !deployment.base_url.empty(), "a deployment names a model and a base URL");
  http::Request request = post(question, deployment, url_of(deployment, "/messages"));
  identify(request, deployment);
  if (question.stream) expect_stream(request, "text/event-stream");
  request.body = anthropic_body(question, deployment);
  return request;
}

Result<Completion, Failure> AnthropicMessages::decode(const http::Response& response,
                                                      const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  if (!root["content"].is_array()) return failure(malformed(response, deployment, "the answer has no content"));
  return anthropic_completion(root, response, deployment);
}

std::unique_ptr<Gathering> AnthropicMessages::gathering(const Deployment& deployment) const {
  return anthropic_gathering(deployment);
}

std::vector<std::string> AnthropicMessages::dropped_parameters(const Question& question,
                                                               const Deployment& deployment) const {
  return anthropic_dropped(question, deployment);
}

http::Request AnthropicMessages::encode_models(const Deployment& deployment, std::string_view page) const {
  return list(deployment, page.empty() ? "limit=100" : "limit=100&after_id=" + path_segment(page));
}

Result<ModelPage, Failure> AnthropicMessages::decode_models(const http::Response& response,
                                                            const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  if (!root["data"].is_array()) return failure(malformed(response, deployment, "the answer has no list of models"));
  ModelPage page;
  for (const json::View view : root["data"].elements()) {
    ModelPage::Model model;
    model.name = short_text(view["id"]);
    model.display_name = short_text(view["display_name"]);
    model.context_tokens = count(view["max_input_tokens"]);
    model.max_output_tokens = count(view["max_tokens"]);
    if (!model.name.empty()) page.models.push_back(std::move(model));
  }
  if (root["has_more"].as_bool().value_or(false)) page.next = short_text(root["last_id"]);
  return page;
}

http::Request AnthropicMessages::encode_probe(const Deployment& deployment) const {
  return list(deployment, "limit=1");
}

}  // namespace assay::providers
