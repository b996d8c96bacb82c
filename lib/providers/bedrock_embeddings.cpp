#include "providers/bedrock_embeddings.hpp"

#include <charconv>
#include <cmath>

#include "base/require.hpp"
#include "json/writer.hpp"
#include "providers/bedrock_errors.hpp"
#include "providers/bedrock_request.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

constexpr std::size_t most_of_cohere = 96;

bool titan(std::string_view model) {
  return of_family(model, "amazon.titan-embed");
}
bool cohere(std::string_view model) {
  return of_family(model, "cohere.embed");
}

/// Empty when it is no list of finite numbers.
std::vector<float> vector_of(json::View list) {
  std::vector<float> vector;
  vector.reserve(list.size());
  for (const json::View element : list.elements()) {
    const auto number = element.as_double();
    if (!number || !std::isfinite(static_cast<float>(*number))) return {};
    vector.push_back(static_cast<float>(*number));
  }
  return vector;
}

/// Titan: {"embedding":[…]}. Cohere: {"embeddings":[[…],…]}, or by type since version 4.
std::vector<std::vector<float>> vectors_of(json::View root) {
  std::vector<std::vector<float>> vectors;
  if (root["embedding"].is_array()) {
    vectors.push_back(vector_of(root["embedding"]));
  } else {
    const json::View list = root["embeddings"].is_object() ? root["embeddings"]["float"] : root["embeddings"];
    for (const json::View element : list.elements()) vectors.push_back(vector_of(element));
  }
  return vectors;
}

std::optional<std::int64_t> counted_in_header(const http::Headers& headers) {
  const auto text = http::find_header(headers, "x-amzn-bedrock-input-token-count");
  std::int64_t number = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  return error == std::errc() && end == text->data() + text->size() && number >= 0 ? std::optional(number)
                                                                                   : std::nullopt;
}

}  // namespace

std::size_t most_bedrock_embeddings(std::string_view model) {
  if (titan(model)) return 1;
  return cohere(model) ? most_of_cohere : 0;
}

std::string bedrock_embeddings_body(const EmbeddingQuestion& question, std::string_view model) {
  require(!question.inputs.empty() && question.inputs.size() <= most_bedrock_embeddings(model),
          "as many texts as the model takes");
  std::string body;
  json::Writer out(body);
  out.begin_object();
  if (titan(model)) {
    const bool first = model.find("-v1") != std::string_view::npos;  // has one size
    out.field("inputText", question.inputs.front());
    if (question.dimensions && !first) out.field("dimensions", *question.dimensions);
  } else {
    const bool sized = model.find("-v3") == std::string_view::npos;
    out.key("texts").begin_array();
    for (const std::string& input : question.inputs) out.string(input);
    out.end_array().field("input_type", "search_document");
    if (question.dimensions && sized) out.field("output_dimension", *question.dimensions);
  }
  out.end_object();
  return body;
}

Result<Embeddings, Failure> read_bedrock_embeddings(const http::Response& response, const Deployment& deployment) {
  const auto document = read_bedrock(response, deployment);
  if (!document) return failure(document.error());
  Embeddings embeddings;
  embeddings.vectors = vectors_of(document->root());
  if (embeddings.vectors.empty()) return failure(malformed(response, deployment, "the answer has no vectors"));
  for (const auto& vector : embeddings.vectors) {
    if (vector.empty()) return failure(malformed(response, deployment, "a vector of the answer is no list of numbers"));
  }
  embeddings.usage.input = either(count(document->root()["inputTextTokenCount"]), counted_in_header(response.headers));
  if (embeddings.usage.input) embeddings.usage.source = UsageSource::provider;
  embeddings.request_id = request_id(response.headers);
  return embeddings;
}

}  // namespace assay::providers
