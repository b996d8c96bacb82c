#include "providers/gemini.hpp"

#include <cmath>
#include <utility>

#include "base/require.hpp"
#include "json/writer.hpp"
#include "providers/gemini_answer.hpp"
#include "providers/gemini_request.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

std::string url(const Deployment& deployment, const std::string& path) {
  const std::string version = deployment.api_version.empty() ? "v1beta" : path_segment(deployment.api_version);
  return joined(deployment.base_url, has_no_path(deployment.base_url) ? "/" + version + path : path);
}

/// "/models/gemini-2.5-flash:generateContent".
std::string model_path(const Deployment& deployment, std::string_view verb) {
  const std::string model = gemini_model(deployment.model);
  const std::size_t slash = model.find('/');
  return "/" + model.substr(0, slash) + "/" + path_segment(std::string_view(model).substr(slash + 1)) + ":" +
         std::string(verb);
}

http::Request with_key(http::Request request, const Deployment& deployment) {
  if (!deployment.key.empty()) request.secrets.push_back({"x-goog-api-key", "", deployment.key});
  return request;
}

void text_content(json::Writer& out, std::string_view text) {
  out.key("content").begin_object().key("parts").begin_array();
  out.begin_object().field("text", text).end_object().end_array().end_object();
}

/// A failure with what came in spite of it: a blocked prompt has its price too.
Failure with_partial(Failure failure, GeminiAnswer& answer) {
  Completion partial = answer.take_partial();
  if (!partial.text.empty() || !partial.tool_calls.empty() || partial.usage.source != UsageSource::none)
    failure.partial = std::make_shared<const Completion>(std::move(partial));
  return failure;
}

Result<Completion, Failure> finished(GeminiAnswer& answer, const http::Response& response) {
  auto completion = answer.finish(response);
  if (!completion) return failure(with_partial(std::move(completion.error()), answer));
  return completion;
}

/// A stream that came as a list, because `alt=sse` was lost on the way.
Result<Completion, Failure> decode_list(json::View list, const http::Response& response, const Deployment& deployment) {
  GeminiAnswer answer(deployment);
  for (const json::View piece : list.elements()) {
    if (!answer.failed()) answer.take(piece);
  }
  if (!answer.ended() && !answer.failed()) {
    Failure broken = malformed(response, deployment, "the stream ended before its end was marked");
    if (answer.held() > 0) broken.kind = Failure::Kind::cut_off;
    return failure(with_partial(std::move(broken), answer));
  }
  return finished(answer, response);
}

/// Empty when it is no list of numbers.
std::vector<float> unit_vector(json::View values) {
  std::vector<float> vector;
  double squares = 0;
  for (const json::View value : values.elements()) {
    const auto number = value.as_double();
    if (!number || !std::isfinite(static_cast<float>(*number))) return {};
    squares += *number * *number;
    vector.push_back(static_cast<float>(*number));
  }
  const double length = std::sqrt(squares);
  if (length > 0) {
    for (float& value : vector) value = static_cast<float>(value / length);
  }
  return vector;
}

}  // namespace

http::Request Gemini::encode(const Question& question, const Deployment& deployment) const {
  require(!deployment.model.empty() && !deployment.base_url.empty(), "a deployment names a model and a base URL");
  const char* verb = question.stream ? "streamGenerateContent?alt=sse" : "generateContent";
  http::Request request =
      with_key(post(question, deployment, url(deployment, model_path(deployment, verb))), deployment);
  if (question.stream) expect_stream(request, "text/event-stream");
  request.body = gemini_body(question, deployment);
  return request;
}

Result<Completion, Failure> Gemini::decode(const http::Response& response, const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  if (root.is_array()) return decode_list(root, response, deployment);
  GeminiAnswer answer(deployment);
  answer.take(root);
  return finished(answer, response);
}

std::unique_ptr<Gathering> Gemini::gathering(const Deployment& deployment) const {
  return std::make_unique<GeminiAnswer>(deployment);
}

std::vector<std::string> Gemini::dropped_parameters(const Question& question, const Deployment& deployment) const {
  return gemini_dropped(question, deployment);
}

http::Request Gemini::encode_embeddings(const EmbeddingQuestion& question, const Deployment& deployment) const {
  const bool one = question.inputs.size() == 1;
  const std::string path = model_path(deployment, one ? "embedContent" : "batchEmbedContents");
  http::Request request = with_key(post(question, deployment, url(deployment, path)), deployment);
  json::Writer out(request.body);
  if (!one) out.begin_object().key("requests").begin_array();
  for (const std::string& input : question.inputs) {
    out.begin_object().field("model", gemini_model(deployment.model));
    text_content(out, input);
    if (question.dimensions) out.field("outputDimensionality", *question.dimensions);
    out.end_object();
  }
  if (!one) out.end_array().end_object();
  return request;
}

Result<Embeddings, Failure> Gemini::decode_embeddings(const http::Response& response,
                                                      const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  Embeddings embeddings;
  if (root["embedding"]) embeddings.vectors.push_back(unit_vector(root["embedding"]["values"]));
  for (const json::View embedding : root["embeddings"].elements())
    embeddings.vectors.push_back(unit_vector(embedding["values"]));
  for (const auto& vector : embeddings.vectors) {
    if (vector.empty()) return failure(malformed(response, deployment, "an embedding is no list of numbers"));
  }
  if (embeddings.vectors.empty()) return failure(malformed(response, deployment, "the answer has no embeddings"));
  embeddings.usage = read_gemini_usage(root["usageMetadata"]);
  embeddings.request_id = request_id(response.headers);
  return embeddings;
}

http::Request Gemini::encode_models(const Deployment& deployment, std::string_view page) const {
  std::string path = "/models?pageSize=1000";
  if (!page.empty()) path += "&pageToken=" + path_segment(page);
  return with_key(get(deployment, url(deployment, path)), deployment);
}

Result<ModelPage, Failure> Gemini::decode_models(const http::Response& response, const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  if (!root.is_object()) return failure(malformed(response, deployment, "the answer is no list of models"));
  ModelPage page;
  for (const json::View model : root["models"].elements()) {
    std::string_view name = model["name"].string_or("");
    if (name.starts_with("models/")) name.remove_prefix(7);
    if (name.empty()) continue;
    page.models.push_back({short_text(name),
                           short_text(model["displayName"]),
                           count(model["inputTokenLimit"]),
                           count(model["outputTokenLimit"]),
                           {},
                           {}});
  }
  page.next = std::string(root["nextPageToken"].string_or("").substr(0, 4096));
  return page;
}

http::Request Gemini::encode_probe(const Deployment& deployment) const {
  return with_key(get(deployment, url(deployment, "/models?pageSize=1")), deployment);
}

}  // namespace assay::providers
