#include "engine/answer_facts.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "pricing/cost.hpp"
#include "pricing/token_estimate.hpp"
#include "providers/answer_flags.hpp"

namespace assay::engine {
namespace {

void flag(Completion& completion, std::string_view word) {
  if (std::find(completion.flags.begin(), completion.flags.end(), word) == completion.flags.end())
    completion.flags.emplace_back(word);
}

/// Whether the provider's last word on the tokens had come: with the reason why the model stopped.
bool counted(const Completion& partial) {
  return partial.usage.source == UsageSource::provider && partial.usage.output && !partial.finish_reason_raw.empty();
}

std::string bare(std::string_view name) {
  if (const auto slash = name.rfind('/'); slash != name.npos) name.remove_prefix(slash + 1);
  for (const std::string_view ending : {":latest", ":free"}) {
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  std::string low(name);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return low;
}

/// "-2024-08-06", "-20241022", "@20241022", "-0613", "-001": three digits or more, or a date in three parts.
bool is_date_or_build(std::string_view text) {
  if (text.size() < 2 || (text.front() != '-' && text.front() != '@')) return false;
  text.remove_prefix(1);
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const auto dashes = std::count(text.begin(), text.end(), '-');
  if (digits + dashes != static_cast<std::ptrdiff_t>(text.size())) return false;
  if (dashes == 0) return digits >= 3;
  return text.size() == 10 && dashes == 2 && text[4] == '-' && text[7] == '-';
}

std::vector<std::string> dropped(const CellPlan& plan) {
  providers::Question question;
  question.sampling = plan.sampling;
  question.stream = plan.stream;
  return providers::dialect(plan.route->deployment.dialect).dropped_parameters(question, plan.route->deployment);
}

bool served_by_another(const Completion& completion, const providers::Deployment& deployment) {
  return !providers::names_deployments(deployment) && !same_model(deployment.model, completion.served_model);
}

Usage filled(const CellPlan& plan, Usage usage, std::int64_t answer_tokens) {
  const std::int64_t most = plan.sampling.max_tokens.value_or(answer_tokens);
  return pricing::estimate(std::move(usage), plan.prompt_tokens, std::min(answer_tokens, most));
}

}  // namespace

CallEnd end_of(const CallId& id, std::optional<Money> bound, const CellPlan& plan, const Failure& failure) {
  CallEnd end;
  end.id = id;
  const bool cut = failure.kind == Failure::Kind::cancelled && failure.may_have_run;
  end.failure = cut ? Failure::Kind::outcome_unknown : failure.kind;
  end.cost = failure.may_have_run ? bound : std::optional(Money());
  end.detail = failure.detail;
  end.status = failure.status;
  end.request_id = failure.request_id;
  if (!failure.partial) return end;
  const Completion& partial = *failure.partial;
  end.usage = usage_of(plan, partial);
  end.reported_cost = pricing::parse_dollars(partial.reported_cost);
  if (!cut && counted(partial) && plan.route->price)
    end.cost = pricing::cost(partial.usage, *plan.route->price, partial.service_tier);
  return end;
}

std::size_t answer_bytes(const Completion& completion) {
  return completion.text.size() + completion.reasoning.size() + completion.refusal.size() +
         completion.tool_calls.size();
}

Usage usage_of(const CellPlan& plan, const Completion& completion) {
  // Counting takes time with the text's length: only where the provider did not.
  const bool told = pricing::counts_answer(completion.usage);
  return filled(plan, completion.usage, told ? 0 : pricing::most_answer_tokens(completion));
}

Usage usage_of(const CellPlan& plan, Usage told, std::size_t answer_bytes) {
  return filled(plan, std::move(told), static_cast<std::int64_t>(answer_bytes));
}

void note_facts(CellResult& result, const CellPlan& plan) {
  Completion& completion = result.completion;
  result.dropped_parameters = dropped(plan);
  const auto& names = result.dropped_parameters;
  if (plan.sampling.seed) result.seed_honoured = std::find(names.begin(), names.end(), "seed") == names.end();
  result.reported_cost = pricing::parse_dollars(completion.reported_cost);
  if (!plan.route->price && result.reported_cost) {
    result.cost = result.reported_cost;
    result.cost_is_reported = true;
  }
  const bool silent = completion.text.empty() && completion.tool_calls.empty() && completion.refusal.empty();
  if (silent) flag(completion, completion_flags::empty);
  if (served_by_another(completion, plan.route->deployment)) flag(completion, completion_flags::other_model);
}

bool same_model(std::string_view asked, std::string_view served) {
  if (asked.empty() || served.empty()) return true;
  std::string want = bare(asked), got = bare(served);
  if (want == got) return true;
  constexpr std::string_view newest = "-latest";
  if (want.ends_with(newest)) want.resize(want.size() - newest.size());
  return want == got || (got.starts_with(want) && is_date_or_build(std::string_view(got).substr(want.size())));
}

}  // namespace assay::engine
