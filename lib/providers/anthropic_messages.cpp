#include "providers/anthropic_messages.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/require.hpp"
#include "json/writer.hpp"
#include "providers/family_rules.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

constexpr const char* api_version = "2023-06-01";

std::string body_of(const Question& question, const Deployment& deployment) {
  const FamilyRules rules = rules_for(deployment.model);
  const Sampling& sampling = question.sampling;
  std::string body;
  json::Writer out(body);
  out.begin_object()
      .field("model", deployment.model)
      .field("max_tokens", sampling.max_tokens.value_or(default_max_tokens));
  if (!question.system.empty()) out.field("system", question.system);
  out.key("messages").begin_array().begin_object();
  out.field("role", "user").field("content", question.input).end_object().end_array();
  if (sampling.temperature && rules.sampling) out.field("temperature", *sampling.temperature);
  if (sampling.top_p && rules.sampling) out.field("top_p", *sampling.top_p);
  if (!sampling.stop.empty()) {
    out.key("stop_sequences").begin_array();
    for (const std::string& stop : sampling.stop) out.string(stop);
    out.end_array();
  }
  out.end_object();
  return body;
}

/// Text blocks joined by newlines. Thinking, tool use and whatever else stands there is not answer text.
std::string text_of(json::View content) {
  std::string text;
  bool first = true;
  for (const json::View block : content.elements()) {
    if (block["type"].string_or("") != "text") continue;
    if (!std::exchange(first, false)) text += '\n';
    text += block["text"].string_or("");
  }
  return text;
}

FinishReason finish_reason(std::string_view raw) {
  constexpr std::array<std::pair<std::string_view, FinishReason>, 6> reasons{
      {{"end_turn", FinishReason::stop},
       {"stop_sequence", FinishReason::stop},
       {"max_tokens", FinishReason::length},
       {"model_context_window_exceeded", FinishReason::length},
       {"tool_use", FinishReason::tool_calls},
       {"refusal", FinishReason::refusal}}};
  for (const auto& [name, reason] : reasons) {
    if (name == raw) return reason;
  }
  return FinishReason::other;
}

}  // namespace

Usage read_anthropic_usage(json::View view) {
  Usage usage;
  if (!view.is_object()) return usage;
  usage.raw = raw_usage(view);
  usage.input = count(view["input_tokens"]);
  usage.cached_read = count(view["cache_read_input_tokens"]);
  usage.cache_write_5m = count(view["cache_creation"]["ephemeral_5m_input_tokens"]);
  usage.cache_write_1h = count(view["cache_creation"]["ephemeral_1h_input_tokens"]);
  // The split is the truth where it says anything; servers that only look like Anthropic may send it as zeros.
  if (usage.cache_write_5m.value_or(0) == 0 && usage.cache_write_1h.value_or(0) == 0) {
    usage.cache_write_5m = either(count(view["cache_creation_input_tokens"]), usage.cache_write_5m);
  }
  if (const auto output = count(view["output_tokens"])) {
    usage.reasoning = count(view["output_tokens_details"]["thinking_tokens"]);
    if (usage.reasoning) usage.reasoning = std::min(*usage.reasoning, *output);
    usage.output = *output - usage.reasoning.value_or(0);
  }
  if (usage.input || usage.output) usage.source = UsageSource::provider;
  return usage;
}

http::Request AnthropicMessages::encode(const Question& question, const Deployment& deployment) const {
  require(!deployment.model.empty() && !deployment.base_url.empty(), "a deployment names a model and a base URL");
  const bool versioned = deployment.base_url.ends_with("/v1") || deployment.base_url.ends_with("/v1/");
  http::Request request =
      post(question, deployment, joined(deployment.base_url, versioned ? "/messages" : "/v1/messages"));
  if (!http::find_header(request.headers, "anthropic-version"))
    request.headers.emplace_back("anthropic-version", api_version);
  if (!deployment.key.empty()) request.secrets.push_back({"x-api-key", "", deployment.key});
  request.body = body_of(question, deployment);
  return request;
}

Result<Completion, Failure> AnthropicMessages::decode(const http::Response& response,
                                                      const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  if (!root["content"].is_array()) return failure(malformed(response, deployment, "the answer has no content"));

  Completion completion;
  completion.text = text_of(root["content"]);
  completion.finish_reason_raw = short_text(root["stop_reason"]);
  completion.finish_reason = finish_reason(completion.finish_reason_raw);
  completion.refusal = std::string(root["stop_details"]["explanation"].string_or(""));
  completion.served_model = short_text(root["model"]);
  completion.request_id = request_id(response.headers, root["id"].string_or(""));
  completion.service_tier = short_text(root["usage"]["service_tier"]);
  completion.usage = read_anthropic_usage(root["usage"]);
  return completion;
}

std::vector<std::string> AnthropicMessages::dropped_parameters(const Question& question,
                                                               const Deployment& deployment) const {
  const FamilyRules rules = rules_for(deployment.model);
  std::vector<std::string> dropped;
  if (question.sampling.temperature && !rules.sampling) dropped.emplace_back("temperature");
  if (question.sampling.top_p && !rules.sampling) dropped.emplace_back("top_p");
  if (question.sampling.seed) dropped.emplace_back("seed");
  return dropped;
}

}  // namespace assay::providers
