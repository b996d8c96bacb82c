#include "providers/bedrock.hpp"

#include "aws/server_clock.hpp"
#include "aws/sigv4.hpp"
#include "base/require.hpp"
#include "providers/bedrock_embeddings.hpp"
#include "providers/bedrock_errors.hpp"
#include "providers/bedrock_request.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

constexpr std::string_view runtime = "bedrock-runtime";
/// A page's token: the profiles come after the models, and have tokens of their own.
constexpr std::string_view profiles_page = "profiles:";

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/:"));
}

/// AWS's own name of the runtime: "bedrock-runtime.us-east-1.amazonaws.com", "bedrock-runtime-fips.…".
bool is_aws_host(std::string_view host) {
  return host.starts_with(runtime) && (host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn"));
}

std::string region_of(const Deployment& deployment) {
  if (!deployment.region.empty()) return deployment.region;
  const std::string_view host = host_of(deployment.base_url);
  if (!is_aws_host(host)) return "us-east-1";
  const std::string_view rest = host.substr(host.find('.') + 1);
  return std::string(rest.substr(0, rest.find('.')));
}

/// Lists live on another host; elsewhere (a gateway, a private endpoint) on the same.
std::string control_url(const Deployment& deployment) {
  std::string url = deployment.base_url;
  if (is_aws_host(host_of(url))) url.replace(url.find(runtime), runtime.size(), "bedrock");
  return url;
}

void identify(http::Request& request, const Deployment& deployment) {
  if (deployment.key.empty()) return;
  if (deployment.key_id.empty()) {
    request.secrets.push_back({"Authorization", "Bearer ", deployment.key});
    return;
  }
  aws::Signing signing;
  signing.credentials = {deployment.key_id, deployment.key, deployment.session_token};
  signing.region = region_of(deployment);
  signing.service = "bedrock";
  request.sign = [signing, clock = deployment.clock](http::Request& unsigned_request, std::chrono::sys_seconds now) {
    aws::sign(unsigned_request, signing, clock ? clock->at(now) : now);
  };
}

std::string model_url(const Deployment& deployment, std::string_view action) {
  require(!deployment.model.empty() && !deployment.base_url.empty(), "a deployment names a model and a base URL");
  return joined(deployment.base_url, "/model/" + path_segment(deployment.model) + std::string(action));
}

http::Request list(const Deployment& deployment, std::string_view path) {
  require(!deployment.base_url.empty(), "a deployment names a base URL");
  http::Request request = get(deployment, joined(control_url(deployment), path));
  identify(request, deployment);
  return request;
}

void add_model(ModelPage& page, json::View name, json::View display_name) {
  ModelPage::Model model;
  model.name = short_text(name);
  model.display_name = short_text(display_name);
  if (!model.name.empty()) page.models.push_back(std::move(model));
}

}  // namespace

http::Request Bedrock::encode(const Question& question, const Deployment& deployment) const {
  http::Request request =
      post(question, deployment, model_url(deployment, question.stream ? "/converse-stream" : "/converse"));
  if (question.stream) expect_stream(request, "application/vnd.amazon.eventstream");
  identify(request, deployment);
  request.body = bedrock_body(question, deployment);
  return request;
}

Result<Completion, Failure> Bedrock::decode(const http::Response& response, const Deployment& deployment) const {
  const auto document = read_bedrock(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  if (!root["output"]["message"]["content"].is_array())
    return failure(malformed(response, deployment, "the answer has no content"));
  return bedrock_completion(root, response, deployment);
}

std::unique_ptr<Gathering> Bedrock::gathering(const Deployment& deployment) const {
  return bedrock_gathering(deployment);
}

std::vector<std::string> Bedrock::dropped_parameters(const Question& question, const Deployment& deployment) const {
  return bedrock_dropped(question, deployment);
}

std::size_t Bedrock::most_embeddings(const Deployment& deployment) const {
  return most_bedrock_embeddings(deployment.model);
}

http::Request Bedrock::encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const {
  http::Request request = post(question, deployment, model_url(deployment, "/invoke"));
  identify(request, deployment);
  request.body = bedrock_embeddings_body(question, deployment.model);
  return request;
}

Result<Embeddings, Failure> Bedrock::decode_embeddings(const http::Response& response,
                                                       const Deployment& deployment) const {
  return read_bedrock_embeddings(response, deployment);
}

http::Request Bedrock::encode_models(const Deployment& deployment, std::string_view page) const {
  if (page.empty()) return list(deployment, "/foundation-models");
  std::string path = "/inference-profiles?maxResults=100";
  if (page.starts_with(profiles_page)) page.remove_prefix(profiles_page.size());
  if (!page.empty()) path += "&nextToken=" + path_segment(page);
  return list(deployment, path);
}

Result<ModelPage, Failure> Bedrock::decode_models(const http::Response& response, const Deployment& deployment) const {
  const auto document = read_bedrock(response, deployment);
  if (!document) return failure(document.error());
  const json::View models = document->root()["modelSummaries"];
  const json::View profiles = document->root()["inferenceProfileSummaries"];
  if (!models.is_array() && !profiles.is_array())
    return failure(malformed(response, deployment, "the answer has no list of models"));
  ModelPage page;
  for (const json::View model : models.elements()) add_model(page, model["modelId"], model["modelName"]);
  for (const json::View profile : profiles.elements())
    add_model(page, profile["inferenceProfileId"], profile["inferenceProfileName"]);
  const std::string_view token = document->root()["nextToken"].string_or("");
  if (models.is_array() || !token.empty()) page.next = std::string(profiles_page) + std::string(token);
  return page;
}

http::Request Bedrock::encode_probe(const Deployment& deployment) const {
  return list(deployment, "/inference-profiles?maxResults=1");
}

std::shared_ptr<aws::ServerClock> server_clock() {
  return std::make_shared<aws::ServerClock>();
}

}  // namespace assay::providers
