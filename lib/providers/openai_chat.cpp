#include "providers/openai_chat.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/require.hpp"
#include "json/writer.hpp"
#include "providers/family_rules.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

/// Sent where the provider asks for no key: several compatible servers insist on some bearer.
constexpr const char* no_key = "none";

void message(json::Writer& out, std::string_view role, std::string_view content) {
  out.begin_object().field("role", role).field("content", content).end_object();
}

std::string body_of(const Question& question, const Deployment& deployment) {
  const FamilyRules rules = rules_for(deployment.model);
  const Sampling& sampling = question.sampling;
  std::string body;
  json::Writer out(body);
  out.begin_object().field("model", deployment.model).key("messages").begin_array();
  if (!question.system.empty()) message(out, rules.system_role, question.system);
  message(out, "user", question.input);
  out.end_array();
  if (sampling.max_tokens) out.field(rules.max_tokens_field, *sampling.max_tokens);
  if (sampling.temperature && rules.sampling) out.field("temperature", *sampling.temperature);
  if (sampling.top_p && rules.sampling) out.field("top_p", *sampling.top_p);
  if (sampling.seed) out.field("seed", *sampling.seed);
  if (!sampling.stop.empty() && rules.stop) {
    out.key("stop").begin_array();
    for (const std::string& stop : sampling.stop) out.string(stop);
    out.end_array();
  }
  out.end_object();
  return body;
}

/// Null and absent are an empty text; parts are joined as they come, and only those that are text.
std::optional<std::string> text_of(json::View content) {
  if (content.is_string()) return std::string(content.string_or(""));
  if (content.is_null() || !content) return std::string();
  if (!content.is_array()) return std::nullopt;
  std::string text;
  for (const json::View part : content.elements()) {
    if (part["type"].string_or("") == "text") text += part["text"].string_or("");
  }
  return text;
}

FinishReason finish_reason(std::string_view raw) {
  constexpr std::array<std::pair<std::string_view, FinishReason>, 9> reasons{
      {{"stop", FinishReason::stop},
       {"eos", FinishReason::stop},
       {"length", FinishReason::length},
       {"max_tokens", FinishReason::length},
       {"model_length", FinishReason::length},
       {"tool_calls", FinishReason::tool_calls},
       {"function_call", FinishReason::tool_calls},
       {"content_filter", FinishReason::content_filter},
       {"refusal", FinishReason::refusal}}};
  for (const auto& [name, reason] : reasons) {
    if (name == raw) return reason;
  }
  return FinishReason::other;
}

/// A choice that names an error instead of ending: the vendor broke while it answered.
std::optional<Failure> broken_choice(json::View choice, const http::Response& response, const Deployment& deployment) {
  const std::string_view raw = choice["finish_reason"].string_or("");
  if (raw != "error" && raw != "insufficient_system_resource" && !choice["error"].is_object()) return std::nullopt;
  const std::string_view words = choice["error"]["message"].string_or("the answer ended in an error");
  Failure failure = malformed(response, deployment, words);
  failure.kind = raw == "insufficient_system_resource" ? Failure::Kind::overloaded : Failure::Kind::unavailable;
  failure.vendor_code = choice["error"]["code"] ? short_text(choice["error"]["code"]) : short_text(raw);
  return failure;
}

Completion completion_of(json::View root, json::View choice, std::string text, const http::Response& response) {
  Completion completion;
  completion.text = std::move(text);
  completion.finish_reason_raw = short_text(choice["finish_reason"]);
  completion.finish_reason = finish_reason(completion.finish_reason_raw);
  completion.refusal = std::string(choice["message"]["refusal"].string_or(""));
  if (!completion.refusal.empty()) completion.finish_reason = FinishReason::refusal;
  completion.served_model = short_text(root["model"]);
  completion.request_id = request_id(response.headers, root["id"].string_or(""));
  completion.service_tier = short_text(root["service_tier"]);
  completion.fingerprint = short_text(root["system_fingerprint"]);
  completion.usage = read_openai_usage(root["usage"]);
  return completion;
}

/// Prompt tokens written to a cache, by lifetime. OpenAI names one class; proxies before Anthropic split it.
void read_cache_writes(json::View usage, Usage& into) {
  const json::View details = usage["prompt_tokens_details"];
  const json::View split = details["cache_creation_token_details"];
  into.cache_write_1h = count(split["ephemeral_1h_input_tokens"]);
  into.cache_write_5m = count(split["ephemeral_5m_input_tokens"]);
  if (into.cache_write_5m || into.cache_write_1h) return;
  into.cache_write_5m = either(either(count(details["cache_write_tokens"]), count(details["cache_creation_tokens"])),
                               count(usage["cache_creation_input_tokens"]));
}

std::optional<std::int64_t> cached_tokens(json::View usage) {
  const auto usual = either(count(usage["prompt_tokens_details"]["cached_tokens"]),
                            count(usage["prompt_token_details"]["cached_tokens"]));
  const auto others = either(count(usage["prompt_cache_hit_tokens"]), count(usage["num_cached_tokens"]));
  return either(either(usual, others), count(usage["cache_read_input_tokens"]));
}

/// Takes a part out of what is left of its whole.
void take(std::optional<std::int64_t>& part, std::int64_t& left) {
  if (!part) return;
  part = std::min(*part, left);
  left -= *part;
}

}  // namespace

Usage read_openai_usage(json::View view) {
  Usage usage;
  if (!view.is_object()) return usage;
  usage.raw = raw_usage(view);
  if (const auto prompt = count(view["prompt_tokens"])) {
    usage.cached_read = cached_tokens(view);
    read_cache_writes(view, usage);
    std::int64_t left = *prompt;
    take(usage.cached_read, left);
    take(usage.cache_write_5m, left);
    take(usage.cache_write_1h, left);
    usage.input = left;
  }
  if (const auto completion = count(view["completion_tokens"])) {
    usage.reasoning = count(view["completion_tokens_details"]["reasoning_tokens"]);
    const std::int64_t reasoning = usage.reasoning.value_or(0);
    const auto total = count(view["total_tokens"]), prompt = count(view["prompt_tokens"]);
    const bool outside =
        reasoning > *completion || (reasoning > 0 && total && prompt && *total == *prompt + *completion + reasoning);
    usage.output = outside ? *completion : *completion - reasoning;
  }
  if (usage.input || usage.output) usage.source = UsageSource::provider;
  return usage;
}

http::Request OpenAiChat::encode(const Question& question, const Deployment& deployment) const {
  require(!deployment.model.empty() && !deployment.base_url.empty(), "a deployment names a model and a base URL");
  const std::string path = has_no_path(deployment.base_url) ? "/v1/chat/completions" : "/chat/completions";
  http::Request request = post(question, deployment, joined(deployment.base_url, path));
  request.secrets.push_back({"Authorization", "Bearer ", deployment.key.empty() ? Secret(no_key) : deployment.key});
  request.body = body_of(question, deployment);
  return request;
}

Result<Completion, Failure> OpenAiChat::decode(const http::Response& response, const Deployment& deployment) const {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  const json::View choice = root["choices"].at(0);
  if (!choice.is_object()) return failure(malformed(response, deployment, "the answer has no choices"));
  if (auto broken = broken_choice(choice, response, deployment)) return failure(std::move(*broken));

  auto text = text_of(choice["message"] ? choice["message"]["content"] : choice["text"]);
  if (!text || (!choice["message"].is_object() && !choice["text"].is_string())) {
    return failure(malformed(response, deployment, "the answer's first choice has no message"));
  }
  Completion completion = completion_of(root, choice, std::move(*text), response);
  if (completion.finish_reason == FinishReason::content_filter && completion.text.empty()) {
    Failure filtered = malformed(response, deployment, "the vendor's filter kept the answer back");
    filtered.kind = Failure::Kind::content_filter;
    filtered.vendor_code = completion.finish_reason_raw;
    return failure(std::move(filtered));
  }
  return completion;
}

std::vector<std::string> OpenAiChat::dropped_parameters(const Question& question, const Deployment& deployment) const {
  const FamilyRules rules = rules_for(deployment.model);
  std::vector<std::string> dropped;
  if (question.sampling.temperature && !rules.sampling) dropped.emplace_back("temperature");
  if (question.sampling.top_p && !rules.sampling) dropped.emplace_back("top_p");
  if (!question.sampling.stop.empty() && !rules.stop) dropped.emplace_back("stop");
  return dropped;
}

}  // namespace assay::providers
