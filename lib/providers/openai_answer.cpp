#include "providers/openai_answer.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "providers/answer_flags.hpp"
#include "providers/openai_usage.hpp"
#include "providers/proxy_report.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

/// Chat completions, and those text completions that some servers answer with.
bool has_message(json::View choice) {
  return choice["message"].is_object() || choice["text"].is_string();
}

void read_tool_calls(json::View message, Completion& completion) {
  const json::View calls = message["tool_calls"], older = message["function_call"];
  if (calls.size() == 0 && !older.is_object()) return;
  json::Writer out(completion.tool_calls);
  out.begin_array();
  for (const json::View call : calls.elements()) {
    const bool custom = call["custom"].is_object();
    const json::View function = call[custom ? "custom" : "function"];
    write_tool_call(out, call["id"].string_or(""), function["name"].string_or(""),
                    arguments_text(function[custom ? "input" : "arguments"]));
  }
  if (calls.size() == 0) write_tool_call(out, "", older["name"].string_or(""), arguments_text(older["arguments"]));
  out.end_array();
}

/// A thought is a string, or parts that are text.
void append_thinking(json::View thinking, std::string& reasoning) {
  reasoning += thinking.string_or("");
  for (const json::View part : thinking.elements()) reasoning += part["text"].string_or("");
}

}  // namespace

Result<Completion, Failure> read_chat_answer(const http::Response& response, const Deployment& deployment) {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  const json::View choice = root["choices"].at(0);
  if (!choice.is_object()) return failure(malformed(response, deployment, "the answer has no choices"));
  const std::string_view raw = choice["finish_reason"].string_or("");
  if (names_an_error(raw) || choice["error"].is_object()) return failure(broken_choice(choice, response, deployment));

  Completion completion;
  const json::View message = choice["message"];
  const json::View content = message ? message["content"] : choice["text"];
  if (!has_message(choice) || !append_content(content, completion.text, completion.reasoning))
    return failure(malformed(response, deployment, "the answer's first choice has no message"));
  append_reasoning(message, completion.reasoning);
  append_log_probs(choice, completion.log_probs);
  read_tool_calls(message, completion);
  completion.refusal = std::string(message["refusal"].string_or(""));
  set_finish(completion, choice["finish_reason"].as_string(), choice["native_finish_reason"].string_or(""));
  read_identity(root, completion);
  add_usage(root["usage"], completion);
  complete(completion, response.headers, root["id"].string_or(""), deployment);
  if (completion.finish_reason == FinishReason::content_filter && completion.text.empty())
    return failure(filtered_answer(completion, response, deployment));
  return completion;
}

FinishReason openai_finish_reason(std::string_view raw) {
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
  return read_finish_reason(raw, reasons);
}

bool names_an_error(std::string_view finish_reason) {
  constexpr std::array<std::string_view, 5> words{"error", "Error", "ERROR", "insufficient_system_resource",
                                                  "Exception"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return finish_reason.find(word) != std::string_view::npos; });
}

Failure broken_choice(json::View choice, const http::Response& response, const Deployment& deployment) {
  const std::string_view raw = choice["finish_reason"].string_or("");
  const json::View error = choice["error"];
  Failure failure = malformed(response, deployment, error["message"].string_or("the answer ended in an error"));
  failure.kind = raw == "insufficient_system_resource" ? Failure::Kind::overloaded : Failure::Kind::unavailable;
  failure.vendor_code = error["code"] ? short_text(error["code"]) : short_text(raw);
  return failure;
}

Failure filtered_answer(const Completion& completion, const http::Response& response, const Deployment& deployment) {
  Failure filtered = malformed(response, deployment, "the vendor's filter kept the answer back");
  filtered.kind = Failure::Kind::content_filter;
  filtered.vendor_code = completion.finish_reason_raw;
  return filtered;
}

Result<Completion, Failure> unless_filtered(Completion streamed, const http::Response& head,
                                            const Deployment& deployment) {
  if (streamed.finish_reason != FinishReason::content_filter || !streamed.text.empty()) return streamed;
  Failure filtered = filtered_answer(streamed, head, deployment);
  streamed.streamed = true;
  filtered.partial = std::make_shared<const Completion>(std::move(streamed));
  return failure(std::move(filtered));
}

bool append_content(json::View content, std::string& text, std::string& reasoning) {
  if (content.is_string()) {
    text += content.string_or("");
    return true;
  }
  for (const json::View part : content.elements()) {
    const std::string_view type = part["type"].string_or("");
    if (type == "text") text += part["text"].string_or("");
    if (type == "thinking") append_thinking(part["thinking"], reasoning);
  }
  return !content || content.is_null() || content.is_array();
}

void append_reasoning(json::View message, std::string& reasoning) {
  const std::string_view usual = message["reasoning_content"].string_or("");
  reasoning += usual.empty() ? message["reasoning"].string_or("") : usual;
}

void append_log_probs(json::View choice, std::vector<double>& log_probs) {
  const json::View given = choice["logprobs"];
  for (const json::View token : given["content"].elements()) {
    if (const auto number = token["logprob"].as_double()) log_probs.push_back(*number);
  }
  for (const json::View token : given["token_logprobs"].elements()) {
    if (const auto number = token.as_double()) log_probs.push_back(*number);
  }
}

void write_tool_call(json::Writer& out, std::string_view id, std::string_view name, std::string_view arguments) {
  out.begin_object().field("id", id).field("type", "function").key("function").begin_object();
  out.field("name", name).field("arguments", arguments).end_object().end_object();
}

std::string arguments_text(json::View arguments) {
  if (arguments.is_object() || arguments.is_array()) return arguments.dump();
  return std::string(arguments.string_or(""));
}

void read_identity(json::View root, Completion& completion) {
  const auto keep = [&](const char* name, std::string& field) {
    if (std::string text = short_text(root[name]); !text.empty()) field = std::move(text);
  };
  keep("model", completion.served_model);
  keep("service_tier", completion.service_tier);
  keep("system_fingerprint", completion.fingerprint);
  keep("provider", completion.served_by);
}

void set_finish(Completion& completion, std::optional<std::string_view> raw, std::string_view native) {
  const std::string_view word = raw.value_or("");
  completion.finish_reason = raw && word.empty() ? FinishReason::stop : openai_finish_reason(word);
  completion.finish_reason_raw = short_text(native.empty() ? word : native);
  if (completion.finish_reason == FinishReason::stop && (native == "refusal" || native == "content_filter"))
    completion.finish_reason = openai_finish_reason(native);
  if (!completion.refusal.empty()) completion.finish_reason = FinishReason::refusal;
}

void complete(Completion& completion, const http::Headers& headers, std::string_view id, const Deployment& deployment) {
  completion.request_id = request_id(headers, id);
  if (deployment.is_proxy) add_proxy_report(headers, completion);
  flag_answer(completion, deployment);
}

}  // namespace assay::providers
