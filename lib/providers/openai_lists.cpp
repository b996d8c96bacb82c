#include "providers/openai_lists.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "json/writer.hpp"
#include "providers/openai_usage.hpp"
#include "providers/proxy_report.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

using Vector = std::vector<float>;

int sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

std::optional<Vector> from_base64(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  Vector vector;
  vector.reserve(text.size() * 3 / 16);
  std::uint32_t bits = 0, number = 0;
  int have = 0, bytes = 0;
  for (const char c : text) {
    const int value = sextet(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    number |= ((bits >> have) & 0xFFu) << (8 * bytes);
    if (++bytes < 4) continue;
    vector.push_back(std::bit_cast<float>(number));
    if (!std::isfinite(vector.back())) return std::nullopt;
    bytes = 0;
    number = 0;
  }
  if (bytes != 0) return std::nullopt;
  return vector;
}

std::optional<Vector> from_numbers(json::View list) {
  Vector vector;
  vector.reserve(list.size());
  for (const json::View element : list.elements()) {
    const auto number = element.as_double();
    if (!number || std::fabs(*number) > double{std::numeric_limits<float>::max()}) return std::nullopt;
    vector.push_back(static_cast<float>(*number));
  }
  return vector;
}

std::optional<Vector> vector_of(json::View embedding) {
  if (embedding.is_string()) return from_base64(embedding.string_or(""));
  return embedding.is_array() ? from_numbers(embedding) : std::nullopt;
}

/// What is wrong with the list, or nothing.
std::string read_vectors(json::View data, std::vector<Vector>& vectors) {
  vectors.resize(data.size());
  std::size_t place = 0;
  for (const json::View element : data.elements()) {
    const auto index = element["index"].as_int64().value_or(static_cast<std::int64_t>(place++));
    if (index < 0 || static_cast<std::size_t>(index) >= vectors.size() ||
        !vectors[static_cast<std::size_t>(index)].empty())
      return "the answer's vectors are not numbered one by one";
    auto vector = vector_of(element["embedding"]);
    if (!vector || vector->empty()) return "a vector of the answer cannot be read";
    vectors[static_cast<std::size_t>(index)] = std::move(*vector);
  }
  for (const Vector& vector : vectors) {
    if (vector.size() != vectors.front().size()) return "the answer's vectors differ in length";
  }
  return vectors.empty() ? "the answer has no vectors" : std::string();
}

std::optional<std::int64_t> first_count(json::View model, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const auto found = count(model[name])) return found;
  }
  return std::nullopt;
}

/// OpenRouter writes -1 where the price depends on the host.
std::string price(json::View text) {
  const std::string_view dollars = text.string_or("");
  if (dollars.find_first_not_of("0123456789.eE+-") != std::string_view::npos || dollars.starts_with('-')) return {};
  return short_text(dollars);
}

ModelPage::Model model_of(json::View view) {
  ModelPage::Model model;
  model.name = short_text(view["id"]);
  model.display_name = short_text(view["display_name"]);
  if (model.display_name.empty()) model.display_name = short_text(view["name"]);
  if (model.display_name == model.name) model.display_name.clear();
  model.context_tokens = first_count(
      view, {"context_length", "max_context_length", "context_window", "max_model_len", "max_input_tokens"});
  model.max_output_tokens = either(first_count(view, {"max_completion_tokens", "max_output_tokens"}),
                                   count(view["top_provider"]["max_completion_tokens"]));
  model.input_price = price(view["pricing"]["prompt"]);
  model.output_price = price(view["pricing"]["completion"]);
  return model;
}

}  // namespace

std::string embeddings_body(const EmbeddingQuestion& question, const Deployment& deployment, bool base64) {
  std::string body;
  json::Writer out(body);
  out.begin_object().field("model", deployment.model).key("input").begin_array();
  for (const std::string& input : question.inputs) out.string(input);
  out.end_array();
  if (question.dimensions && !deployment.profile.dimensions_field.empty())
    out.field(deployment.profile.dimensions_field, *question.dimensions);
  if (base64) out.field("encoding_format", "base64");
  out.end_object();
  return body;
}

Result<Embeddings, Failure> read_embeddings(const http::Response& response, const Deployment& deployment) {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  Embeddings embeddings;
  const std::string fault = read_vectors(root["data"], embeddings.vectors);
  if (!fault.empty()) return failure(malformed(response, deployment, fault));
  Completion report;
  add_usage(root["usage"], report);
  if (deployment.is_proxy) add_proxy_report(response.headers, report);
  embeddings.usage = std::move(report.usage);
  embeddings.reported_cost = std::move(report.reported_cost);
  embeddings.served_model = short_text(root["model"]);
  embeddings.request_id = request_id(response.headers, root["id"].string_or(""));
  return embeddings;
}

Result<ModelPage, Failure> read_models(const http::Response& response, const Deployment& deployment) {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root(), list = root.is_array() ? root : root["data"];
  if (!list.is_array()) return failure(malformed(response, deployment, "the answer is no list of models"));
  ModelPage page;
  for (const json::View model : list.elements()) {
    page.models.push_back(model_of(model));
    if (page.models.back().name.empty()) page.models.pop_back();
  }
  return page;
}

}  // namespace assay::providers
