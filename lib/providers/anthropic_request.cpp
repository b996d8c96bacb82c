#include "providers/anthropic_request.hpp"

#include "http/message.hpp"
#include "json/writer.hpp"
#include "providers/claude_wish.hpp"
#include "providers/content_blocks.hpp"
#include "providers/said.hpp"

namespace assay::providers {
namespace {

constexpr std::string_view first_version = "2023-06-01", bearer_version = "2026-10-21";

ClaudeWish wish_for(const Question& question, const Deployment& deployment) {
  ClaudeRules rules = claude_rules(deployment.model);
  rules.sampling = rules.sampling && !anthropic_bearer(deployment);
  return claude_wish(question, rules);
}

void text_block(json::Writer& out, std::string_view text) {
  out.begin_object().field("type", "text").field("text", text).end_object();
}

void assistant_content(json::Writer& out, const Turn& turn) {
  if (const auto content = verbatim_content(turn)) {
    out.view(content->root());
  } else if (turn.tool_calls.empty()) {
    out.string(turn.text);
  } else {
    out.begin_array();
    if (!turn.text.empty()) text_block(out, turn.text);
    each_call(turn, [&out](std::string_view id, std::string_view name, std::string_view input) {
      out.begin_object().field("type", "tool_use").field("id", id).field("name", name);
      out.key("input").raw(input).end_object();
    });
    out.end_array();
  }
}

void result_block(json::Writer& out, const Turn& turn) {
  out.begin_object().field("type", "tool_result").field("tool_use_id", turn.tool_call_id);
  out.field("content", result_text(turn));
  if (turn.is_error) out.field("is_error", true);
  out.end_object();
}

void user_content(json::Writer& out, const Said& message) {
  if (message.results.empty() && message.texts.size() == 1) {
    out.string(message.texts.front());
    return;
  }
  out.begin_array();
  for (const Turn* result : message.results) result_block(out, *result);
  for (const std::string_view text : message.texts) text_block(out, text);
  out.end_array();
}

void messages(json::Writer& out, const Question& question) {
  out.key("messages").begin_array();
  for (const Said& message : said(question)) {
    out.begin_object().field("role", message.assistant ? "assistant" : "user").key("content");
    if (message.assistant)
      assistant_content(out, *message.assistant);
    else
      user_content(out, message);
    out.end_object();
  }
  out.end_array();
}

void tool(json::Writer& out, json::View tool, bool strict) {
  out.begin_object().field("name", tool["name"].string_or(""));
  if (const auto description = tool["description"].as_string()) out.field("description", *description);
  out.key("input_schema");
  if (const json::View schema = tool["parameters"]; schema.is_object())
    out.view(schema);
  else
    out.begin_object().field("type", "object").end_object();
  if (strict && tool["strict"].as_bool().value_or(false)) out.field("strict", true);
  out.end_object();
}

void tools(json::Writer& out, const ClaudeWish& wish, bool strict) {
  if (!wish.tools && wish.form != ClaudeWish::Form::tool) return;
  out.key("tools").begin_array();
  if (wish.tools) {
    for (const json::View view : wish.tools->root().elements()) tool(out, view, strict);
  }
  if (wish.form == ClaudeWish::Form::tool) {
    out.begin_object().field("name", answer_tool).field("description", "Give the answer by calling this tool.");
    out.key("input_schema");
    answer_schema(out, wish);
    out.end_object();
  }
  out.end_array();
}

void tool_choice(json::Writer& out, const ClaudeWish& wish, const Asking& asking) {
  const bool one_at_a_time = wish.tools && asking.parallel_tool_calls && !*asking.parallel_tool_calls;
  if (wish.choice == ClaudeWish::Choice::unsaid && !one_at_a_time) return;
  out.key("tool_choice").begin_object();
  switch (wish.choice) {
    case ClaudeWish::Choice::unsaid:
    case ClaudeWish::Choice::automatic:
      out.field("type", "auto");
      break;
    case ClaudeWish::Choice::none:
      out.field("type", "none");
      break;
    case ClaudeWish::Choice::any:
      out.field("type", "any");
      break;
    case ClaudeWish::Choice::named:
      out.field("type", "tool").field("name", wish.chosen);
      break;
  }
  if (one_at_a_time && wish.choice != ClaudeWish::Choice::none) out.field("disable_parallel_tool_use", true);
  out.end_object();
}

}  // namespace

std::string_view anthropic_version(const Deployment& deployment) {
  if (const auto own = http::find_header(deployment.headers, "anthropic-version")) return *own;
  return deployment.api_version.empty() ? first_version : std::string_view(deployment.api_version);
}

bool anthropic_bearer(const Deployment& deployment) {
  return anthropic_version(deployment) >= bearer_version;  // dates in one form
}

std::string anthropic_body(const Question& question, const Deployment& deployment) {
  const ClaudeWish wish = wish_for(question, deployment);
  const Sampling& sampling = question.sampling;
  std::string body;
  json::Writer out(body);
  out.begin_object().field("model", deployment.model).field("max_tokens", wish.max_tokens);
  if (!question.system.empty()) out.field("system", question.system);
  messages(out, question);
  if (wish.temperature) out.field("temperature", *wish.temperature);
  if (wish.top_p) out.field("top_p", *wish.top_p);
  if (wish.top_k) out.field("top_k", *wish.top_k);
  if (!sampling.stop.empty()) {
    out.key("stop_sequences").begin_array();
    for (const std::string& stop : sampling.stop) out.string(stop);
    out.end_array();
  }
  tools(out, wish, claude_rules(deployment.model).schema);
  tool_choice(out, wish, sampling.asked());
  thinking_members(out, wish);
  if (question.stream) out.field("stream", true);
  out.end_object();
  return body;
}

std::vector<std::string> anthropic_dropped(const Question& question, const Deployment& deployment) {
  return wish_for(question, deployment).dropped;
}

}  // namespace assay::providers
