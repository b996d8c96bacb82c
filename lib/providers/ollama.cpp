#include "providers/ollama.hpp"

#include <cmath>
#include <utility>

#include "base/require.hpp"
#include "json/writer.hpp"
#include "providers/ollama_answer.hpp"
#include "providers/ollama_request.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

http::Request with_key(http::Request request, const Deployment& deployment) {
  if (!deployment.key.empty()) request.secrets.push_back({"Authorization", "Bearer ", deployment.key});
  return request;
}

/// Empty when it is no list of numbers.
std::vector<float> vector_of(json::View values) {
  std::vector<float> vector;
  for (const json::View value : values.elements()) {
    const auto number = value.as_double();
    if (!number || !std::isfinite(static_cast<float>(*number))) return {};
    vector.push_back(static_cast<float>(*number));
  }
  return vector;
}

}  // namespace

http::Request Ollama::encode(const Question& question, const Deployment& deployment) const {
  require(!deployment.model.empty() && !deployment.base_url.empty(), "a deployment names a model and a base URL");
  http::Request request = with_key(post(question, deployment, joined(deployment.base_url, "/api/chat")), deployment);
  if (question.stream) expect_stream(request, "application/x-ndjson");
  request.body = ollama_body(question, deployment);
  return request;
}

Result<Completion, Failure> Ollama::decode(const http::Response& response, const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  if (!root["message"].is_object()) return failure(malformed(response, deployment, "the answer has no message"));
  OllamaAnswer answer(deployment);
  answer.take(root);
  if (answer.ended()) return answer.finish(response);
  Failure broken = malformed(response, deployment, "the answer is not done");
  broken.kind = Failure::Kind::cut_off;
  return failure(std::move(broken));
}

std::unique_ptr<Gathering> Ollama::gathering(const Deployment& deployment) const {
  return std::make_unique<OllamaAnswer>(deployment);
}

std::vector<std::string> Ollama::dropped_parameters(const Question& question, const Deployment&) const {
  return ollama_dropped(question);
}

http::Request Ollama::encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const {
  http::Request request = with_key(post(question, deployment, joined(deployment.base_url, "/api/embed")), deployment);
  json::Writer out(request.body);
  out.begin_object().field("model", deployment.model).key("input").begin_array();
  for (const std::string& input : question.inputs) out.string(input);
  out.end_array().field("truncate", false);
  if (question.dimensions) out.field("dimensions", *question.dimensions);
  out.end_object();
  return request;
}

Result<Embeddings, Failure> Ollama::decode_embeddings(const http::Response& response,
                                                      const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  Embeddings embeddings;
  for (const json::View values : root["embeddings"].elements()) {
    embeddings.vectors.push_back(vector_of(values));
    if (embeddings.vectors.back().empty())
      return failure(malformed(response, deployment, "an embedding is no list of numbers"));
  }
  if (embeddings.vectors.empty()) return failure(malformed(response, deployment, "the answer has no embeddings"));
  embeddings.usage = read_ollama_usage(root);
  embeddings.served_model = short_text(root["model"]);
  embeddings.request_id = request_id(response.headers);
  return embeddings;
}

http::Request Ollama::encode_models(const Deployment& deployment, std::string_view) const {
  return with_key(get(deployment, joined(deployment.base_url, "/api/tags")), deployment);
}

Result<ModelPage, Failure> Ollama::decode_models(const http::Response& response, const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View models = document->root()["models"];
  if (!models.is_array()) return failure(malformed(response, deployment, "the answer is no list of models"));
  ModelPage page;
  for (const json::View model : models.elements()) {
    const std::string name = short_text(model["model"] ? model["model"] : model["name"]);
    if (!name.empty()) page.models.push_back({name, {}, {}, {}, {}, {}});
  }
  return page;
}

http::Request Ollama::encode_probe(const Deployment& deployment) const {
  return with_key(get(deployment, joined(deployment.base_url, "/api/version")), deployment);
}

}  // namespace assay::providers
