#include "providers/bedrock_request.hpp"

#include <algorithm>

#include "json/writer.hpp"
#include "providers/claude_wish.hpp"
#include "providers/content_blocks.hpp"
#include "providers/said.hpp"

namespace assay::providers {
namespace {

using Choice = ClaudeWish::Choice;
using Form = ClaudeWish::Form;

/// What Converse can do with a model beyond its common words.
struct Family {
  bool claude = false, nova = false, openai = false;
  bool any_tool = true;    ///< toolChoice "any"
  bool named_tool = true;  ///< toolChoice "tool"
};

Family family_of(std::string_view model) {
  Family family;
  family.claude = is_claude(model);
  family.nova = of_family(model, "amazon.nova");
  family.openai = of_family(model, "openai");
  const bool mistral = of_family(model, "mistral");
  // An id of an application's own profile tells nothing: it gets what it asks for.
  const bool known = model.find('.') != std::string_view::npos && model.find(":application-") == std::string_view::npos;
  family.named_tool = family.claude || family.nova || !known;
  family.any_tool = family.named_tool || mistral;
  return family;
}

bool dropped(const ClaudeWish& wish, std::string_view name) {
  return std::find(wish.dropped.begin(), wish.dropped.end(), name) != wish.dropped.end();
}

void drop(ClaudeWish& wish, std::string_view name) {
  if (!dropped(wish, name)) wish.dropped.emplace_back(name);
}

bool has_tool_turns(const Question& question) {
  return std::any_of(question.turns.begin(), question.turns.end(),
                     [](const Turn& turn) { return turn.role == Turn::Role::tool || !turn.tool_calls.empty(); });
}

/// OpenAI's models on Bedrock know three efforts.
std::string_view openai_effort(std::string_view effort) {
  if (effort == "minimal") return "low";
  if (effort == "xhigh" || effort == "max") return "high";
  return effort == "none" ? std::string_view() : effort;
}

/// They always think, and count no tokens for it.
void think_as_openai(const Asking& asking, ClaudeWish& wish) {
  wish.effort = openai_effort(asking.reasoning_effort);
  if (!wish.effort.empty()) std::erase(wish.dropped, "reasoning_effort");
  if (asking.reasoning_effort == "none") drop(wish, "reasoning_effort");
  if (asking.reasoning_tokens) drop(wish, "reasoning_tokens");
}

void keep_to_tool_choice(const Question& question, const Family& family, ClaudeWish& wish) {
  if (wish.form == Form::tool && !family.any_tool) {
    wish.form = Form::free;
    wish.choice = question.sampling.asked().tool_choice == "none" ? Choice::none : Choice::unsaid;
    drop(wish, "response_format");
  }
  const bool alone = wish.form == Form::tool && wish.choice == Choice::named;
  if (alone && !family.named_tool) wish.choice = Choice::any;
  if ((wish.choice == Choice::any && !family.any_tool) || (wish.choice == Choice::named && !family.named_tool)) {
    wish.choice = Choice::automatic;
    drop(wish, "tool_choice");
  }
  // There is no word for "none". Without tools nothing can be called, but past calls must keep their definitions.
  if (wish.choice != Choice::none) return;
  wish.choice = Choice::unsaid;
  if (has_tool_turns(question))
    drop(wish, "tool_choice");
  else
    wish.tools.reset();
}

ClaudeWish wish_for(const Question& question, const Deployment& deployment, const Family& family) {
  ClaudeRules rules;
  rules.thinking = ClaudeRules::Thinking::none;
  if (family.claude) rules = claude_rules(deployment.model);
  rules.schema = false;
  const Asking& asking = question.sampling.asked();
  ClaudeWish wish = claude_wish(question, rules);
  if (wish.top_k && !family.claude && !family.nova) {
    wish.top_k.reset();
    drop(wish, "top_k");
  }
  if (family.openai) think_as_openai(asking, wish);
  if (asking.parallel_tool_calls && !*asking.parallel_tool_calls && wish.tools) drop(wish, "parallel_tool_calls");
  keep_to_tool_choice(question, family, wish);
  return wish;
}

void text_block(json::Writer& out, std::string_view text) {
  out.begin_object().field("text", text).end_object();
}

void assistant_content(json::Writer& out, const Turn& turn) {
  if (const auto content = verbatim_content(turn)) {
    out.view(content->root());
    return;
  }
  out.begin_array();
  if (!turn.text.empty() || turn.tool_calls.empty()) text_block(out, turn.text);
  each_call(turn, [&out](std::string_view id, std::string_view name, std::string_view input) {
    out.begin_object().key("toolUse").begin_object().field("toolUseId", id).field("name", name);
    out.key("input").raw(input).end_object().end_object();
  });
  out.end_array();
}

void user_content(json::Writer& out, const Said& message) {
  out.begin_array();
  for (const Turn* result : message.results) {
    out.begin_object().key("toolResult").begin_object().field("toolUseId", result->tool_call_id);
    out.key("content").begin_array();
    text_block(out, result_text(*result));
    out.end_array().field("status", result->is_error ? "error" : "success").end_object().end_object();
  }
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

void inference_config(json::Writer& out, const Sampling& sampling, const ClaudeWish& wish) {
  const bool max_tokens = sampling.max_tokens || wish.thinking == ClaudeWish::Thinking::budget;
  if (!max_tokens && !wish.temperature && !wish.top_p && sampling.stop.empty()) return;
  out.key("inferenceConfig").begin_object();
  if (max_tokens) out.field("maxTokens", wish.max_tokens);
  if (wish.temperature) out.field("temperature", *wish.temperature);
  if (wish.top_p) out.field("topP", *wish.top_p);
  if (!sampling.stop.empty()) {
    out.key("stopSequences").begin_array();
    for (const std::string& stop : sampling.stop) out.string(stop);
    out.end_array();
  }
  out.end_object();
}

/// `schema` null: any object.
void tool_spec(json::Writer& out, std::string_view name, std::optional<std::string_view> description,
               json::View schema) {
  out.begin_object().key("toolSpec").begin_object().field("name", name);
  if (description && !description->empty()) out.field("description", *description);
  out.key("inputSchema").begin_object().key("json");
  if (schema.is_object())
    out.view(schema);
  else
    out.begin_object().field("type", "object").end_object();
  out.end_object().end_object().end_object();
}

/// The tools that past turns speak of: a request that shows calls must define what was called.
std::vector<std::string> past_tools(const Question& question) {
  std::vector<std::string> names;
  const auto add = [&names](std::string_view name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
  };
  for (const Turn& turn : question.turns) {
    each_call(turn, [&add](std::string_view, std::string_view name, std::string_view) { add(name); });
    add(turn.tool_name);
  }
  return names;
}

void tool_choice(json::Writer& out, const ClaudeWish& wish) {
  if (wish.choice == Choice::unsaid || wish.choice == Choice::none) return;
  out.key("toolChoice").begin_object();
  out.key(wish.choice == Choice::named ? "tool" : wish.choice == Choice::any ? "any" : "auto").begin_object();
  if (wish.choice == Choice::named) out.field("name", wish.chosen);
  out.end_object().end_object();
}

void tool_config(json::Writer& out, const Question& question, const ClaudeWish& wish) {
  std::vector<std::string> past;
  if (!wish.tools && has_tool_turns(question)) past = past_tools(question);
  if (!wish.tools && past.empty() && wish.form != Form::tool) return;
  out.key("toolConfig").begin_object().key("tools").begin_array();
  if (wish.tools) {
    for (const json::View tool : wish.tools->root().elements())
      tool_spec(out, tool["name"].string_or(""), tool["description"].as_string(), tool["parameters"]);
  }
  for (const std::string& name : past) tool_spec(out, name, std::nullopt, {});
  if (wish.form == Form::tool)
    tool_spec(out, answer_tool, "Give the answer by calling this tool.", wish.format->root()["schema"]);
  out.end_array();
  tool_choice(out, wish);
  out.end_object();
}

void additional_fields(json::Writer& out, const ClaudeWish& wish, const Family& family) {
  const bool thinks = wish.thinking != ClaudeWish::Thinking::unsaid || !wish.effort.empty();
  if (!wish.top_k && !thinks) return;
  out.key("additionalModelRequestFields").begin_object();
  if (wish.top_k && family.nova)
    out.key("inferenceConfig").begin_object().field("topK", *wish.top_k).end_object();
  else if (wish.top_k)
    out.field("top_k", *wish.top_k);
  if (family.openai)
    out.field("reasoning_effort", wish.effort);
  else if (thinks)
    thinking_members(out, wish);
  out.end_object();
}

}  // namespace

bool of_family(std::string_view model, std::string_view family) {
  const std::size_t at = model.find(family);
  if (at == std::string_view::npos) return false;
  const bool begins = at == 0 || model[at - 1] == '.' || model[at - 1] == '/';
  const std::size_t end = at + family.size();
  return begins && end < model.size() && (model[end] == '.' || model[end] == '-');
}

std::string bedrock_body(const Question& question, const Deployment& deployment) {
  const Family family = family_of(deployment.model);
  const ClaudeWish wish = wish_for(question, deployment, family);
  std::string body;
  json::Writer out(body);
  out.begin_object();
  if (!question.system.empty()) {
    out.key("system").begin_array();
    text_block(out, question.system);
    out.end_array();
  }
  messages(out, question);
  inference_config(out, question.sampling, wish);
  tool_config(out, question, wish);
  additional_fields(out, wish, family);
  out.end_object();
  return body;
}

std::vector<std::string> bedrock_dropped(const Question& question, const Deployment& deployment) {
  return wish_for(question, deployment, family_of(deployment.model)).dropped;
}

}  // namespace assay::providers
