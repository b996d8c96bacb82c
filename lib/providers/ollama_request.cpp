#include "providers/ollama_request.hpp"

#include <array>

#include "json/document.hpp"
#include "json/writer.hpp"

namespace assay::providers {
namespace {

void message(json::Writer& out, std::string_view role, std::string_view content) {
  out.begin_object().field("role", role).field("content", content).end_object();
}

/// Arguments travel as an object.
void tool_calls(json::Writer& out, const Turn& turn) {
  const auto calls = json::parse(turn.tool_calls, json::Limits::foreign());
  if (!calls || calls->root().size() == 0) return;
  out.key("tool_calls").begin_array();
  for (const json::View call : calls->root().elements()) {
    const json::View function = call["function"];
    out.begin_object().key("function").begin_object().field("name", function["name"].string_or("")).key("arguments");
    const auto arguments = json::parse(function["arguments"].string_or(""), json::Limits::foreign());
    if (arguments && arguments->root().is_object())
      out.view(arguments->root());
    else
      out.begin_object().end_object();
    out.end_object().end_object();
  }
  out.end_array();
}

void assistant(json::Writer& out, const Turn& turn) {
  const auto kept = json::parse(turn.verbatim, json::Limits::foreign());
  if (kept && kept->root().is_object()) {
    out.view(kept->root());
    return;
  }
  out.begin_object().field("role", "assistant").field("content", turn.text);
  tool_calls(out, turn);
  out.end_object();
}

void messages(json::Writer& out, const Question& question) {
  out.key("messages").begin_array();
  if (!question.system.empty()) message(out, "system", question.system);
  for (const Turn& turn : question.turns) {
    switch (turn.role) {
      case Turn::Role::user:
        message(out, "user", turn.text);
        break;
      case Turn::Role::assistant:
        assistant(out, turn);
        break;
      case Turn::Role::tool:
        out.begin_object().field("role", "tool").field("tool_name", turn.tool_name).field("content", turn.text);
        out.end_object();
        break;
    }
  }
  if (!question.input.empty() || question.turns.empty()) message(out, "user", question.input);
  out.end_array();
}

void options(json::Writer& out, const Sampling& sampling, std::int64_t context_tokens) {
  const Asking& asking = sampling.asked();
  out.key("options").begin_object();
  if (context_tokens > 0) out.field("num_ctx", context_tokens);
  if (sampling.max_tokens) out.field("num_predict", *sampling.max_tokens);
  if (sampling.temperature) out.field("temperature", *sampling.temperature);
  if (sampling.top_p) out.field("top_p", *sampling.top_p);
  if (asking.top_k) out.field("top_k", *asking.top_k);
  if (sampling.seed) out.field("seed", *sampling.seed);
  if (asking.frequency_penalty) out.field("frequency_penalty", *asking.frequency_penalty);
  if (asking.presence_penalty) out.field("presence_penalty", *asking.presence_penalty);
  if (!sampling.stop.empty()) {
    out.key("stop").begin_array();
    for (const std::string& stop : sampling.stop) out.string(stop);
    out.end_array();
  }
  out.end_object();
}

void tools(json::Writer& out, const Asking& asking) {
  if (asking.tool_choice == "none") return;
  const auto list = json::parse(asking.tools);
  if (!list || list->root().size() == 0) return;
  out.key("tools").begin_array();
  for (const json::View tool : list->root().elements()) {
    out.begin_object().field("type", "function").key("function").begin_object();
    for (const char* member : {"name", "description", "parameters"}) {
      if (tool[member]) out.key(member).view(tool[member]);
    }
    out.end_object().end_object();
  }
  out.end_array();
}

void response_format(json::Writer& out, const Asking& asking) {
  const auto format = json::parse(asking.response_format);
  if (!format) return;
  if (const json::View schema = format->root()["schema"])
    out.key("format").view(schema);
  else
    out.field("format", "json");
}

/// "true" or "false" as they stand, an effort by its name; empty: nothing is said.
std::string_view think(const Asking& asking) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> efforts{{{"none", "false"},
                                                                                  {"minimal", "low"},
                                                                                  {"low", "low"},
                                                                                  {"medium", "medium"},
                                                                                  {"high", "high"},
                                                                                  {"xhigh", "max"},
                                                                                  {"max", "max"}}};
  if (asking.reasoning_tokens == 0) return "false";
  for (const auto& [effort, word] : efforts) {
    if (asking.reasoning_effort == effort) return word;
  }
  return {};
}

}  // namespace

std::string ollama_body(const Question& question, const Deployment& deployment) {
  const Asking& asking = question.sampling.asked();
  std::string body;
  json::Writer out(body);
  out.begin_object().field("model", deployment.model);
  messages(out, question);
  out.field("stream", question.stream).field("truncate", false).field("shift", false);
  options(out, question.sampling, deployment.context_tokens);
  response_format(out, asking);
  if (const std::string_view word = think(asking); word == "false")
    out.field("think", false);
  else if (!word.empty())
    out.field("think", word);
  if (asking.log_probs) out.field("logprobs", true);
  tools(out, asking);
  out.end_object();
  return body;
}

std::vector<std::string> ollama_dropped(const Question& question) {
  const Asking& asking = question.sampling.asked();
  std::vector<std::string> dropped;
  if (asking.reasoning_tokens.value_or(0) > 0) dropped.emplace_back("reasoning_tokens");
  if (asking.reasoning_tokens == 0 && !asking.reasoning_effort.empty() && asking.reasoning_effort != "none")
    dropped.emplace_back("reasoning_effort");
  if (!asking.tool_choice.empty() && asking.tool_choice != "auto" && asking.tool_choice != "none")
    dropped.emplace_back("tool_choice");
  if (asking.parallel_tool_calls) dropped.emplace_back("parallel_tool_calls");
  return dropped;
}

}  // namespace assay::providers
