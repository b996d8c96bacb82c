#include "providers/responses_body.hpp"

#include "json/document.hpp"
#include "json/writer.hpp"
#include "providers/openai_body.hpp"

namespace assay::providers {
namespace {

void message(json::Writer& out, std::string_view role, std::string_view content) {
  out.begin_object().field("role", role).field("content", content).end_object();
}

/// What the assistant said and called, each an item of its own. The vendor's own words are such a list already.
void assistant(json::Writer& out, const Turn& said) {
  if (!said.verbatim.empty()) {
    if (const auto items = json::parse(said.verbatim, json::Limits::foreign()); items) {
      for (const json::View item : items->root().elements()) out.view(item);
      if (items->root().is_object()) out.view(items->root());
    }
    return;
  }
  if (!said.text.empty() || said.tool_calls.empty()) message(out, "assistant", said.text);
  const auto calls = json::parse(said.tool_calls, json::Limits::foreign());
  if (!calls) return;
  for (const json::View call : calls->root().elements()) {
    const json::View function = call["function"];
    out.begin_object().field("type", "function_call").field("call_id", call["id"].string_or(""));
    out.field("name", function["name"].string_or("")).field("arguments", function["arguments"].string_or(""));
    out.end_object();
  }
}

void turn(json::Writer& out, const Turn& said) {
  switch (said.role) {
    case Turn::Role::user:
      return message(out, "user", said.text);
    case Turn::Role::assistant:
      return assistant(out, said);
    case Turn::Role::tool:
      out.begin_object().field("type", "function_call_output").field("call_id", said.tool_call_id);
      out.field("output", said.text).end_object();
      return;
  }
}

/// One text where there is nothing else.
void input(json::Writer& out, const Question& question) {
  if (question.turns.empty()) {
    out.field("input", question.input);
    return;
  }
  out.key("input").begin_array();
  for (const Turn& said : question.turns) turn(out, said);
  if (!question.input.empty()) message(out, "user", question.input);
  out.end_array();
}

void response_format(json::Writer& out, const std::string& text) {
  const auto format = json::parse(text);
  const json::View root = format ? format->root() : json::View();
  out.key("text").begin_object().key("format").begin_object();
  out.field("type", root["type"].string_or("json_object"));
  if (root["type"].string_or("") == "json_schema") {
    out.field("name", root["name"].string_or("answer"));
    for (const char* name : {"strict", "schema"}) {
      if (root[name]) out.key(name).view(root[name]);
    }
  }
  out.end_object().end_object();
}

void asking(json::Writer& out, const Asking& asked, const Wishes& wishes) {
  if (!wishes.effort().empty()) out.key("reasoning").begin_object().field("effort", wishes.effort()).end_object();
  if (wishes.keeps(Wish::log_probs))
    out.key("include").begin_array().string("message.output_text.logprobs").end_array();
  if (wishes.keeps(Wish::response_format)) response_format(out, asked.response_format);
  if (wishes.keeps(Wish::tools)) {
    out.key("tools");
    write_tools(out, asked.tools, OpenAiApi::responses);
  }
  if (wishes.keeps(Wish::tool_choice)) {
    out.key("tool_choice");
    write_tool_choice(out, asked.tool_choice, "required", OpenAiApi::responses);
  }
  if (wishes.keeps(Wish::parallel_tool_calls)) out.field("parallel_tool_calls", *asked.parallel_tool_calls);
}

}  // namespace

std::string responses_body(const Question& question, const Deployment& deployment) {
  const Wishes wishes(question, deployment, rules_for(deployment.model), OpenAiApi::responses);
  const Sampling& sampling = question.sampling;
  std::string body;
  json::Writer out(body);
  out.begin_object().field("model", deployment.model);
  if (!question.system.empty()) out.field("instructions", question.system);
  input(out, question);
  if (sampling.max_tokens) out.field("max_output_tokens", *sampling.max_tokens);
  if (wishes.keeps(Wish::temperature)) out.field("temperature", *sampling.temperature);
  if (wishes.keeps(Wish::top_p)) out.field("top_p", *sampling.top_p);
  asking(out, sampling.asked(), wishes);
  out.field("store", false);
  if (question.stream) out.field("stream", true);
  out.end_object();
  return body;
}

}  // namespace assay::providers
