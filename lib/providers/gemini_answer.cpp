#include "providers/gemini_answer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

#include "json/writer.hpp"
#include "providers/answer_flags.hpp"
#include "providers/gemini.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

constexpr std::string_view unspecified = "FINISH_REASON_UNSPECIFIED";

FinishReason finish_reason(std::string_view raw) {
  constexpr std::array<std::pair<std::string_view, FinishReason>, 11> reasons{
      {{"STOP", FinishReason::stop},
       {"MAX_TOKENS", FinishReason::length},
       {"SAFETY", FinishReason::content_filter},
       {"RECITATION", FinishReason::content_filter},
       {"BLOCKLIST", FinishReason::content_filter},
       {"PROHIBITED_CONTENT", FinishReason::content_filter},
       {"SPII", FinishReason::content_filter},
       {"MODEL_ARMOR", FinishReason::content_filter},
       {"IMAGE_SAFETY", FinishReason::content_filter},
       {"IMAGE_PROHIBITED_CONTENT", FinishReason::content_filter},
       {"IMAGE_RECITATION", FinishReason::content_filter}}};
  return read_finish_reason(raw, reasons);
}

/// The model's own call could not be read by Google: another try may give one that can.
bool spoiled_call(std::string_view raw) {
  return raw == "MALFORMED_FUNCTION_CALL" || raw == "MALFORMED_RESPONSE";
}

/// The newer object's fields, and those of the older that it lacks. Usually the newer has them all.
std::string merged(const std::string& older, json::View newer) {
  const auto known = json::parse(older, json::Limits::foreign());
  bool complete = true;
  if (known) {
    for (const auto& [key, value] : known->root().members()) complete = complete && newer[key].exists();
  }
  if (!known || complete) return std::string(newer.raw());
  std::string both;
  json::Writer out(both);
  out.begin_object();
  for (const auto& [key, value] : known->root().members()) {
    if (!newer[key]) out.key(key).raw(value.raw());
  }
  for (const auto& [key, value] : newer.members()) out.key(key).raw(value.raw());
  out.end_object();
  return both;
}

std::string_view without_path(std::string_view model) {
  return model.substr(model.starts_with("models/") ? 7 : 0);
}

}  // namespace

Gathering::News GeminiAnswer::take(const framing::Event& event) {
  const auto document = parse_answer(event.data);
  if (document) return take(document->root());
  http::Response unread;
  unread.status = 200;
  broken_ = malformed(unread, deployment_, "a piece of the stream is not JSON: " + json::to_string(document.error()));
  return News::nothing;
}

Gathering::News GeminiAnswer::take(json::View piece) {
  broken_ = failure_in_stream({{}, piece.raw(), false}, piece, deployment_);
  if (broken_) return News::nothing;
  if (const json::View usage = piece["usageMetadata"]; usage.is_object()) take_usage(usage);
  if (const auto model = piece["modelVersion"].as_string()) answer_.served_model = short_text(without_path(*model));
  if (const auto id = piece["responseId"].as_string()) response_id_ = short_text(*id);
  if (const auto reason = piece["promptFeedback"]["blockReason"].as_string()) block_reason_ = short_text(*reason);
  const json::View candidate = piece["candidates"].at(0);
  if (!candidate.is_object()) return News::nothing;
  take_candidate(candidate);
  return take_parts(candidate["content"]["parts"]) ? News::content : News::nothing;
}

void GeminiAnswer::take_candidate(json::View candidate) {
  any_candidate_ = true;
  const std::string_view reason = candidate["finishReason"].string_or("");
  if (!reason.empty() && reason != unspecified) answer_.finish_reason_raw = short_text(reason);
  if (const auto words = candidate["finishMessage"].as_string()) finish_message_ = std::string(words->substr(0, 1024));
  if (const auto mean = candidate["avgLogprobs"].as_double()) mean_log_prob_ = mean;
  for (const json::View token : candidate["logprobsResult"]["chosenCandidates"].elements()) {
    if (const auto log_prob = token["logProbability"].as_double()) answer_.log_probs.push_back(*log_prob);
  }
}

/// Whether any of them is content.
bool GeminiAnswer::take_parts(json::View parts) {
  bool content = false;
  for (const json::View part : parts.elements()) {
    if (const auto text = part["text"].as_string()) {
      (part["thought"].as_bool().value_or(false) ? answer_.reasoning : answer_.text) += *text;
      content = content || !text->empty();
    }
    const json::View call = part["functionCall"];
    if (!call.is_object()) continue;
    calls_.add(call["id"].string_or(""), call["name"].string_or(""), call["args"]);
    content = true;
  }
  return content;
}

void GeminiAnswer::take_usage(json::View usage) {
  if (const auto tier = usage["serviceTier"].as_string()) answer_.service_tier = short_text(*tier);
  if (usage.raw().size() <= 16u << 10) usage_ = merged(usage_, usage);
}

bool GeminiAnswer::ended() const {
  return !answer_.finish_reason_raw.empty() || (!block_reason_.empty() && !any_candidate_);
}

std::size_t GeminiAnswer::held() const {
  return answer_.text.size() + answer_.reasoning.size() + calls_.bytes() + answer_.log_probs.size() * sizeof(double);
}

void GeminiAnswer::read_usage() {
  const auto usage = json::parse(usage_, json::Limits::foreign());
  if (!usage) return;
  answer_.usage = read_gemini_usage(usage->root());
  if (gemini_usage_mismatch(usage->root())) flag(answer_, completion_flags::usage_mismatch);
}

Completion GeminiAnswer::take_partial() {
  read_usage();
  answer_.finish_reason = finish_reason(answer_.finish_reason_raw);
  if (answer_.log_probs.empty() && mean_log_prob_) answer_.log_probs.push_back(*mean_log_prob_);
  if (!calls_.empty() && answer_.finish_reason == FinishReason::stop) answer_.finish_reason = FinishReason::tool_calls;
  answer_.tool_calls = calls_.take();
  answer_.request_id = response_id_;
  return std::exchange(answer_, {});
}

/// Why there is nothing to judge, if so.
std::optional<Failure> GeminiAnswer::withheld(const http::Response& head) const {
  if (!any_candidate_ && block_reason_.empty()) return malformed(head, deployment_, "the answer has no candidates");
  if (!answer_.text.empty() || !calls_.empty()) return std::nullopt;
  const std::string& reason = any_candidate_ ? answer_.finish_reason_raw : block_reason_;
  const bool filtered = !any_candidate_ || finish_reason(reason) == FinishReason::content_filter;
  if (!filtered && !spoiled_call(reason)) return std::nullopt;
  const std::string what = !any_candidate_ ? "the prompt was blocked: "
                           : filtered      ? "the vendor's filter kept the answer back: "
                                           : "the model's tool call could not be read: ";
  Failure failure =
      malformed(head, deployment_, what + reason + (finish_message_.empty() ? "" : ": ") + finish_message_);
  if (filtered) failure.kind = Failure::Kind::content_filter;
  failure.vendor_code = reason;
  if (failure.request_id.empty()) failure.request_id = response_id_;
  return failure;
}

Result<Completion, Failure> GeminiAnswer::finish(const http::Response& head) {
  if (broken_) return failure(with_head(std::move(*broken_), head));
  if (auto nothing = withheld(head)) return failure(std::move(*nothing));
  Completion completion = take_partial();
  completion.request_id = request_id(head.headers, completion.request_id);
  flag_answer(completion, deployment_);
  return completion;
}

Usage read_gemini_usage(json::View view) {
  Usage usage;
  if (!view.is_object()) return usage;
  usage.raw = raw_usage(view);
  const auto prompt = count(view["promptTokenCount"]), from_tools = count(view["toolUsePromptTokenCount"]);
  usage.reasoning = count(view["thoughtsTokenCount"]);
  usage.output = count(view["candidatesTokenCount"]);
  if (prompt) {
    usage.cached_read = count(view["cachedContentTokenCount"]);
    if (usage.cached_read) usage.cached_read = std::min(*usage.cached_read, *prompt);
    usage.input = *prompt - usage.cached_read.value_or(0) + from_tools.value_or(0);
  }
  const auto total = count(view["totalTokenCount"]);
  const std::int64_t others = prompt.value_or(0) + from_tools.value_or(0) + usage.reasoning.value_or(0);
  if (!usage.output && !view["candidatesTokenCount"] && prompt && total == others) usage.output = 0;
  if (usage.input || usage.output) usage.source = UsageSource::provider;
  return usage;
}

bool gemini_usage_mismatch(json::View usage) {
  const auto total = count(usage["totalTokenCount"]);
  if (!total) return false;
  std::int64_t sum = 0;
  for (const char* part : {"promptTokenCount", "toolUsePromptTokenCount", "candidatesTokenCount", "thoughtsTokenCount"})
    sum += count(usage[part]).value_or(0);
  return sum != *total;
}

}  // namespace assay::providers
