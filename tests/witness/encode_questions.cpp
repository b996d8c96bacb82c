// Reads questions with their deployments, one JSON object a line, and prints the request that our dialects make of each,
// one JSON object a line, keys included: they are the test's own. tests/witness/requests.mjs compares them with what the
// vendors' own client libraries send.
//
//   {"deployment":{"dialect":…,"base_url":…,"model":…,"key":…},"question":{…} | "embeddings":{…} | "models":true}
#include <iostream>
#include <memory>

#include "json/document.hpp"
#include "json/writer.hpp"
#include "providers/dialect.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

std::string text(json::View view) { return std::string(view.string_or("")); }

/// A member that is JSON itself: as written.
std::string part(json::View view) { return view ? view.dump() : std::string(); }

Deployment deployment_of(json::View view) {
  Deployment deployment;
  deployment.dialect = parse_dialect(view["dialect"].string_or("")).value();
  deployment.provider = text(view["dialect"]);
  deployment.vendor = text(view["vendor"]);
  deployment.base_url = text(view["base_url"]);
  deployment.model = text(view["model"]);
  deployment.key = Secret(text(view["key"]));
  deployment.api_version = text(view["api_version"]);
  deployment.region = text(view["region"]);
  deployment.key_id = text(view["key_id"]);
  deployment.session_token = Secret(text(view["session_token"]));
  deployment.context_tokens = view["context_tokens"].as_int64().value_or(0);
  if (view["vendor"]) deployment.profile = vendor_profile(deployment.vendor);
  return deployment;
}

Turn turn_of(json::View view) {
  Turn turn;
  const std::string_view role = view["role"].string_or("user");
  turn.role = role == "tool" ? Turn::Role::tool : role == "assistant" ? Turn::Role::assistant : Turn::Role::user;
  turn.text = text(view["text"]);
  turn.tool_calls = part(view["tool_calls"]);
  turn.tool_call_id = text(view["tool_call_id"]);
  turn.tool_name = text(view["tool_name"]);
  turn.is_error = view["is_error"].as_bool().value_or(false);
  return turn;
}

Asking asking_of(json::View view) {
  Asking asking;
  asking.top_k = view["top_k"].as_int64();
  asking.frequency_penalty = view["frequency_penalty"].as_double();
  asking.presence_penalty = view["presence_penalty"].as_double();
  asking.reasoning_effort = text(view["reasoning_effort"]);
  asking.reasoning_tokens = view["reasoning_tokens"].as_int64();
  asking.log_probs = view["log_probs"].as_bool().value_or(false);
  asking.response_format = part(view["response_format"]);
  asking.tools = part(view["tools"]);
  asking.tool_choice = text(view["tool_choice"]);
  asking.parallel_tool_calls = view["parallel_tool_calls"].as_bool();
  return asking;
}

Question question_of(json::View view) {
  Question question;
  question.system = text(view["system"]);
  question.input = text(view["input"]);
  for (const json::View turn : view["turns"].elements()) question.turns.push_back(turn_of(turn));
  question.sampling.temperature = view["temperature"].as_double();
  question.sampling.max_tokens = view["max_tokens"].as_int64();
  question.sampling.top_p = view["top_p"].as_double();
  question.sampling.seed = view["seed"].as_int64();
  for (const json::View stop : view["stop"].elements()) question.sampling.stop.push_back(text(stop));
  if (view["asking"]) question.sampling.asking = std::make_shared<const Asking>(asking_of(view["asking"]));
  question.stream = view["stream"].as_bool().value_or(false);
  question.call_id = "41.7.1";
  return question;
}

EmbeddingQuestion embeddings_of(json::View view) {
  EmbeddingQuestion question;
  for (const json::View input : view["inputs"].elements()) question.inputs.push_back(text(input));
  question.dimensions = view["dimensions"].as_int64();
  question.call_id = "41.7.1";
  return question;
}

http::Request request_of(json::View line) {
  const Deployment deployment = deployment_of(line["deployment"]);
  const Dialect& wire = dialect(deployment.dialect);
  if (line["embeddings"]) return wire.encode_embeddings(embeddings_of(line["embeddings"]), deployment);
  if (line["models"]) return wire.encode_models(deployment);
  return wire.encode(question_of(line["question"]), deployment);
}

/// The time at which a signed request is signed: the one that the witness signs with.
void sign(http::Request& request, json::View line) {
  if (request.sign)
    request.sign(request, std::chrono::sys_seconds(std::chrono::seconds(line["time"].as_int64().value_or(0))));
}

std::string json_of(const http::Request& request) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object().field("method", request.method).field("url", request.url);
  writer.key("headers").begin_array();
  for (const auto& [name, value] : request.headers) writer.begin_array().string(name).string(value).end_array();
  for (const auto& secret : request.secrets)
    writer.begin_array().string(secret.name).string(secret.prefix + std::string(secret.value.reveal())).end_array();
  writer.end_array().field("body", request.body).end_object();
  return out;
}

std::string answer(const std::string& line) {
  std::string out;
  try {
    const auto document = json::parse(line);
    if (!document) throw std::runtime_error(json::to_string(document.error()));
    http::Request request = request_of(document->root());
    sign(request, document->root());
    return json_of(request);
  } catch (const std::exception& error) {
    json::Writer(out).begin_object().field("error", error.what()).end_object();
    return out;
  }
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) std::cout << answer(line) << '\n';
}
