#include "providers/claude_wish.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "providers/content_blocks.hpp"

namespace assay::providers {
namespace {

using Thinking = ClaudeWish::Thinking;
using Choice = ClaudeWish::Choice;
using Form = ClaudeWish::Form;

constexpr std::int64_t least_budget = 1024;

constexpr std::array<std::pair<std::string_view, std::int64_t>, 6> budgets{
    {{"minimal", 1024}, {"low", 1024}, {"medium", 2048}, {"high", 4096}, {"xhigh", 8192}, {"max", 16384}}};

template <class T>
void drop(std::optional<T>& value, const char* name, ClaudeWish& wish) {
  if (!value) return;
  value.reset();
  wish.dropped.emplace_back(name);
}

void drop_what_nobody_takes(const Sampling& sampling, ClaudeWish& wish) {
  const Asking& asking = sampling.asked();
  if (sampling.seed) wish.dropped.emplace_back("seed");
  if (asking.frequency_penalty) wish.dropped.emplace_back("frequency_penalty");
  if (asking.presence_penalty) wish.dropped.emplace_back("presence_penalty");
  if (asking.log_probs) wish.dropped.emplace_back("log_probs");
}

std::optional<json::Document> parsed(const std::string& text) {
  if (text.empty()) return std::nullopt;
  auto document = json::parse(text);
  if (!document) return std::nullopt;
  return std::move(*document);
}

bool is_object_schema(json::View schema) {
  return schema.is_object() && schema["type"].string_or("object") == "object";
}

void decide_form(const Asking& asking, const ClaudeRules& rules, ClaudeWish& wish) {
  if (asking.response_format.empty()) return;
  wish.format = parsed(asking.response_format);
  const json::View format = wish.format ? wish.format->root() : json::View();
  const bool by_schema = format["type"].string_or("") == "json_schema";
  if (by_schema && rules.schema) {
    wish.form = Form::schema;
  } else if (by_schema ? is_object_schema(format["schema"]) : format["type"].string_or("") == "json_object") {
    wish.form = Form::tool;
  }
}

void decide_choice(const Asking& asking, ClaudeWish& wish) {
  wish.tools = parsed(asking.tools);
  if (wish.tools && wish.tools->root().size() == 0) wish.tools.reset();
  if (!asking.tools.empty() && !wish.tools) wish.dropped.emplace_back("tools");
  const std::string& asked = asking.tool_choice;
  if (wish.tools && !asked.empty()) {
    wish.choice = asked == "auto"       ? Choice::automatic
                  : asked == "none"     ? Choice::none
                  : asked == "required" ? Choice::any
                                        : Choice::named;
    if (wish.choice == Choice::named) wish.chosen = asked;
  }
  if (wish.form == Form::tool && wish.choice == Choice::named) wish.form = Form::free;  // one tool can be forced
  if (wish.form == Form::tool) {
    const bool alone = !wish.tools || wish.choice == Choice::none;
    wish.choice = alone ? Choice::named : Choice::any;
    wish.chosen = alone ? answer_tool : std::string_view();
  }
  if (!asking.response_format.empty() && wish.form == Form::free) wish.dropped.emplace_back("response_format");
}

void think_with(std::int64_t tokens, std::int64_t most, ClaudeWish& wish) {
  wish.budget_tokens = std::min(tokens, most);
  if (tokens >= least_budget && wish.budget_tokens >= least_budget) wish.thinking = Thinking::budget;
}

/// False when the wish is not met.
bool think_by_effort(const std::string& effort, const ClaudeRules& rules, bool may_think, ClaudeWish& wish) {
  const bool by_budget = rules.thinking == ClaudeRules::Thinking::budget;
  if (rules.thinking == ClaudeRules::Thinking::none) return effort == "none";
  if (effort == "none") {
    if (!by_budget) wish.thinking = Thinking::disabled;
    return true;
  }
  const auto* known = std::find_if(budgets.begin(), budgets.end(), [&](const auto& b) { return b.first == effort; });
  if (known == budgets.end()) return false;
  if (by_budget) {
    if (may_think) think_with(known->second, wish.max_tokens / 2, wish);
    return wish.thinking == Thinking::budget;
  }
  const bool highest = effort == "xhigh" && !rules.xhigh;
  wish.effort = highest ? "high" : effort == "minimal" ? "low" : known->first;
  if (may_think) wish.thinking = Thinking::adaptive;
  return true;
}

bool think_by_tokens(std::int64_t tokens, const ClaudeRules& rules, bool may_think, ClaudeWish& wish) {
  const bool by_budget = rules.thinking == ClaudeRules::Thinking::budget;
  const bool none = rules.thinking == ClaudeRules::Thinking::none;
  if (tokens <= 0) {
    if (!none && !by_budget) wish.thinking = Thinking::disabled;
    return true;
  }
  if (none || rules.thinking == ClaudeRules::Thinking::adaptive || !may_think) return false;
  think_with(tokens, wish.max_tokens - 1, wish);
  return wish.thinking == Thinking::budget;
}

/// Tokens say more than an effort, except to models that know only efforts.
void decide_thinking(const Asking& asking, const ClaudeRules& rules, ClaudeWish& wish) {
  const bool may_think = wish.form != Form::tool;
  bool said = asking.reasoning_tokens && think_by_tokens(*asking.reasoning_tokens, rules, may_think, wish);
  if (!asking.reasoning_effort.empty() && (said || !think_by_effort(asking.reasoning_effort, rules, may_think, wish)))
    wish.dropped.emplace_back("reasoning_effort");
  if (asking.reasoning_tokens && !said) wish.dropped.emplace_back("reasoning_tokens");
}

void keep_to_thinking(ClaudeWish& wish) {
  if (wish.thinking != Thinking::budget && wish.thinking != Thinking::adaptive) return;
  constexpr double least_top_p = 0.95;
  if (wish.temperature && *wish.temperature != 1) drop(wish.temperature, "temperature", wish);
  if (wish.top_p && *wish.top_p < least_top_p) drop(wish.top_p, "top_p", wish);
  drop(wish.top_k, "top_k", wish);
  if (wish.choice != Choice::any && wish.choice != Choice::named) return;
  wish.choice = Choice::automatic;
  wish.chosen = {};
  wish.dropped.emplace_back("tool_choice");
}

}  // namespace

ClaudeWish claude_wish(const Question& question, const ClaudeRules& rules) {
  const Sampling& sampling = question.sampling;
  const Asking& asking = sampling.asked();
  ClaudeWish wish;
  wish.max_tokens = sampling.max_tokens.value_or(default_max_tokens);
  wish.temperature = sampling.temperature;
  wish.top_p = sampling.top_p;
  wish.top_k = asking.top_k;
  if (!rules.sampling) {
    drop(wish.temperature, "temperature", wish);
    drop(wish.top_p, "top_p", wish);
    drop(wish.top_k, "top_k", wish);
  }
  drop_what_nobody_takes(sampling, wish);
  decide_form(asking, rules, wish);
  decide_choice(asking, wish);
  decide_thinking(asking, rules, wish);
  keep_to_thinking(wish);
  if (wish.temperature && !rules.both) drop(wish.top_p, "top_p", wish);
  return wish;
}

void answer_schema(json::Writer& out, const ClaudeWish& wish) {
  if (const json::View schema = wish.format->root()["schema"]; schema.is_object())
    out.view(schema);
  else
    out.begin_object().field("type", "object").end_object();
}

void thinking_members(json::Writer& out, const ClaudeWish& wish) {
  if (wish.thinking != Thinking::unsaid) {
    out.key("thinking").begin_object();
    if (wish.thinking == Thinking::budget) out.field("type", "enabled").field("budget_tokens", wish.budget_tokens);
    if (wish.thinking == Thinking::adaptive) out.field("type", "adaptive");
    if (wish.thinking == Thinking::disabled) out.field("type", "disabled");
    out.end_object();
  }
  if (wish.effort.empty() && wish.form != Form::schema) return;
  out.key("output_config").begin_object();
  if (!wish.effort.empty()) out.field("effort", wish.effort);
  if (wish.form == Form::schema) {
    out.key("format").begin_object().field("type", "json_schema").key("schema");
    out.view(wish.format->root()["schema"]).end_object();
  }
  out.end_object();
}

}  // namespace assay::providers
