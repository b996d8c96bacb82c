#include "engine/answer_facts.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "pricing/cost.hpp"
#include "pricing/token_estimate.hpp"
#include "providers/dialect.hpp"

namespace assay::engine {
namespace {

/// Whether the provider's last word on the tokens had come: with the reason why the model stopped.
bool counted(const Completion& partial) {
  return partial.usage.source == UsageSource::provider && partial.usage.output && !partial.finish_reason_raw.empty();
}

std::vector<std::string> dropped(const CellPlan& plan) {
  providers::Question question;
  question.sampling = plan.sampling;
  question.stream = plan.stream;
  return providers::dialect(plan.route->deployment.dialect).dropped_parameters(question, plan.route->deployment);
}

/// Of what the prompt is sent with: tools and a schema, unless the model takes none such.
std::int64_t tokens_beside_prompt(const CellPlan& plan) {
  const Asking& asked = plan.sampling.asked();
  if (asked.tools.empty() && asked.response_format.empty()) return 0;
  const std::vector<std::string> left_out = dropped(plan);
  const auto sent = [&left_out](const std::string& wish, std::string_view name) {
    const bool is_sent = std::find(left_out.begin(), left_out.end(), name) == left_out.end();
    return is_sent ? std::string_view(wish) : std::string_view();
  };
  return pricing::most_prompt_tokens({sent(asked.tools, "tools"), sent(asked.response_format, "response_format")});
}

Usage filled(const CellPlan& plan, Usage usage, std::int64_t answer_tokens) {
  const std::int64_t most = plan.sampling.max_tokens.value_or(answer_tokens);
  const std::int64_t beside = pricing::counts_prompt(usage) ? 0 : tokens_beside_prompt(plan);
  return pricing::estimate(std::move(usage), plan.prompt_tokens + beside, std::min(answer_tokens, most));
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
  const Completion& completion = result.completion;
  result.dropped_parameters = dropped(plan);
  const auto& names = result.dropped_parameters;
  if (plan.sampling.seed) result.seed_honoured = std::find(names.begin(), names.end(), "seed") == names.end();
  result.reported_cost = pricing::parse_dollars(completion.reported_cost);
  if (!plan.route->price && result.reported_cost) {
    result.cost = result.reported_cost;
    result.cost_is_reported = true;
  }
}

}  // namespace assay::engine
