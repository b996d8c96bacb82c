#include "fake/plan.hpp"

#include <algorithm>

#include "fake/chance.hpp"
#include "json/utf8.hpp"

namespace assay::fake {
namespace {

constexpr std::int64_t bytes_per_token = 4;
constexpr std::string_view words = "The quick brown fox answers the question: the capital of France is Paris. ";

std::int64_t tokens_of(std::size_t bytes) {
  return (static_cast<std::int64_t>(bytes) + bytes_per_token - 1) / bytes_per_token;
}

bool holds(std::string_view text, std::string_view part) {
  return part.empty() || text.find(part) != std::string_view::npos;
}

bool is_for(const Match& match, const Caller& caller, const Question& question) {
  return fits(match.model, question.model) && fits(match.call_id, caller.call_id) &&
         fits(match.worker, caller.worker) && fits(match.dialect, caller.dialect) &&
         (match.key.empty() || match.key == caller.key) && holds(question.prompt, match.prompt_contains);
}

bool in_turn(const Match& match, std::uint64_t met) {
  if (match.every != 0 && met % match.every != 0) return false;
  return match.nth.empty() || std::find(match.nth.begin(), match.nth.end(), met) != match.nth.end();
}

std::string_view last_line(std::string_view text) {
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  const std::size_t at = text.rfind('\n');
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

std::string_view value_of(std::string_view name, const Caller& caller, const Question& question) {
  if (name == "input") return question.input;
  if (name == "last_line") return last_line(question.input);
  if (name == "system") return question.system;
  if (name == "model") return question.model;
  if (name == "call_id") return caller.call_id;
  return {};
}

std::string filled_in(std::string_view form, const Caller& caller, const Question& question) {
  std::string out;
  for (;;) {
    const std::size_t open = form.find("{{");
    const std::size_t end = form.find("}}", open == std::string_view::npos ? form.size() : open);
    out += form.substr(0, open == std::string_view::npos || end == std::string_view::npos ? form.size() : open);
    if (open == std::string_view::npos || end == std::string_view::npos) return out;
    out += value_of(form.substr(open + 2, end - open - 2), caller, question);
    form.remove_prefix(end + 2);
  }
}

std::optional<std::string> worded(const Text& text, const Caller& caller, const Question& question) {
  switch (text.kind) {
    case Text::Kind::filler:
      return std::nullopt;
    case Text::Kind::fixed:
      return text.words;
    case Text::Kind::templated:
      return filled_in(text.words, caller, question);
  }
  return std::nullopt;
}

std::optional<std::string> text_for(const Script& script, const Behaviour& behaviour, const Caller& caller,
                                    const Question& question) {
  if (!behaviour.has_text) {
    for (const Reply& reply : script.replies) {
      if (!fits(reply.model, question.model) || !holds(question.prompt, reply.contains)) continue;
      const Chance chance(script.seed, question.model + '\n' + question.prompt);
      return worded(chance.hits(reply.chance, "reply") ? reply.text : reply.otherwise, caller, question);
    }
  }
  return worded(behaviour.text, caller, question);
}

bool has_no_text(const Behaviour& behaviour) {
  const Fault fault = behaviour.fault;
  if (!behaviour.refusal.empty() || (!behaviour.tool_calls.empty() && behaviour.text.kind == Text::Kind::filler))
    return true;
  return fault == Fault::empty_content || fault == Fault::null_content || fault == Fault::no_choices;
}

/// What of the answer is not its text.
std::size_t other_bytes(const Behaviour& behaviour) {
  std::size_t bytes = behaviour.reasoning.size() + behaviour.refusal.size();
  for (const ToolCall& call : behaviour.tool_calls) bytes += call.name.size() + call.arguments.size();
  return bytes;
}

/// Sets the text, its tokens, and whether the client's limit cut it.
void set_output(Plan& plan, const Question& question) {
  const Behaviour& behaviour = *plan.behaviour;
  plan.filler_bytes = behaviour.text_bytes;
  std::size_t bytes = plan.text ? plan.text->size() : plan.filler_bytes;
  if (has_no_text(behaviour)) bytes = 0;
  if (behaviour.fault == Fault::large) bytes = behaviour.bytes.value_or(64 << 20);
  plan.tokens_out = tokens_of(bytes + other_bytes(behaviour));
  if (question.max_tokens && plan.tokens_out > *question.max_tokens) {
    plan.tokens_out = *question.max_tokens;
    plan.out_of_tokens = true;
    const auto cap = static_cast<std::size_t>(plan.tokens_out * bytes_per_token);
    plan.filler_bytes = std::min(plan.filler_bytes, cap);
    if (plan.text) plan.text = std::string(json::truncate_utf8(*plan.text, cap));
  }
  plan.tokens_out = behaviour.tokens_out.value_or(plan.tokens_out);
}

bool is_charged(const Behaviour& behaviour) {
  return behaviour.status < 300 && behaviour.fault != Fault::error_in_200 && behaviour.fault != Fault::html_200;
}

void set_bill(Plan& plan, const std::string& model) {
  const auto& bills = plan.script->bills;
  const auto bill = std::find_if(bills.begin(), bills.end(), [&](const Bill& one) { return fits(one.model, model); });
  if (bill == bills.end()) return;
  plan.nanos = nanos_of(*bill, {plan.tokens_in, plan.tokens_cached, plan.tokens_written, plan.tokens_out});
}

}  // namespace

std::string filler(std::size_t bytes) {
  std::string text;
  text.reserve(bytes + words.size());
  while (text.size() < bytes) text += words;
  text.resize(bytes);
  return text;
}

Plan refusal(const ErrorAnswer& error) {
  auto script = std::make_shared<Script>();
  script->fallback.status = error.status;
  script->fallback.error_code = error.code;
  script->fallback.error_type = error.type;
  script->fallback.error_message = error.message;
  Plan plan;
  plan.script = script;
  plan.behaviour = &script->fallback;
  return plan;
}

void Planner::use(Script script) {
  script_ = std::make_shared<const Script>(std::move(script));
  forget_counts();
}

void Planner::forget_counts() {
  counts_.assign(script_->rules.size(), Count());
}

const Behaviour& Planner::choose(const Caller& caller, const Question& question) {
  const Chance chance(script_->seed, caller.call_id);
  for (std::size_t i = 0; i < script_->rules.size(); ++i) {
    const Rule& rule = script_->rules[i];
    if (!is_for(rule.match, caller, question)) continue;
    Count& count = counts_[i];
    ++count.met;
    if (!in_turn(rule.match, count.met) || (rule.times && count.applied >= *rule.times)) continue;
    if (rule.probability < 1 && !chance.hits(rule.probability, "rule " + std::to_string(i))) continue;
    ++count.applied;
    return rule.behaviour;
  }
  return script_->fallback;
}

Plan Planner::plan(const Caller& caller, const Question& question) {
  Plan plan;
  plan.wish = question.wish;
  plan.script = script_;
  plan.behaviour = &choose(caller, question);
  const Behaviour& behaviour = *plan.behaviour;
  plan.latency = draw(behaviour.latency, Chance(script_->seed, caller.call_id));
  plan.model = behaviour.served_model.empty() ? question.model : behaviour.served_model;
  if (!is_charged(behaviour)) return plan;
  if (behaviour.raw) {
    plan.tokens_in = behaviour.tokens_in.value_or(0);
    plan.tokens_out = behaviour.tokens_out.value_or(0);
    plan.tokens_cached = std::min(behaviour.tokens_cached, plan.tokens_in);
    plan.tokens_written = std::min(behaviour.tokens_written, plan.tokens_in - plan.tokens_cached);
    set_bill(plan, plan.model);
    return plan;
  }
  plan.text = text_for(*script_, behaviour, caller, question);
  plan.tokens_in = behaviour.tokens_in.value_or(std::max<std::int64_t>(1, tokens_of(question.prompt.size())));
  plan.tokens_cached = std::min(behaviour.tokens_cached, plan.tokens_in);
  plan.tokens_written = std::min(behaviour.tokens_written, plan.tokens_in - plan.tokens_cached);
  if (!question.wish.embeddings) set_output(plan, question);
  set_bill(plan, plan.model);
  return plan;
}

}  // namespace assay::fake
