#include "engine/plan.hpp"

#include <algorithm>
#include <utility>

#include "base/require.hpp"
#include "pricing/cost.hpp"
#include "pricing/token_estimate.hpp"
#include "suite/rendered_prompt.hpp"

namespace assay::engine {
namespace {

template <class T>
std::optional<T> first_set(const std::optional<T>& wish, const std::optional<T>& otherwise) {
  return wish ? wish : otherwise;
}

/// The job's wishes before the suite's, before the settings'.
Sampling merged(const Sampling& job, const Sampling& suite, const Tools& tools) {
  const Settings& settings = tools.settings;
  Sampling sampling;
  sampling.temperature = first_set(first_set(job.temperature, suite.temperature), std::optional(settings.default_temperature));
  sampling.max_tokens = first_set(first_set(job.max_tokens, suite.max_tokens), std::optional(settings.default_max_tokens));
  sampling.top_p = first_set(job.top_p, suite.top_p);
  sampling.seed = first_set(job.seed, suite.seed);
  sampling.stop = job.stop.empty() ? suite.stop : job.stop;
  sampling.asking = tools.askings.merged(job.asking, suite.asking);
  return sampling;
}

Failure bad_request(std::string detail) {
  Failure refused;
  refused.kind = Failure::Kind::bad_request;
  refused.source = Failure::Source::worker;
  refused.detail = std::move(detail);
  return refused;
}

/// Templates must be rendered to know, and may have faults.
Result<std::int64_t, Failure> prompt_tokens(const Suite& suite, const TestCase& test) {
  if (!suite.templates && test.input)
    return pricing::most_prompt_tokens({suite.prompt, *test.input});
  const auto prompt = suite::rendered_prompt(suite, test);
  if (!prompt) return failure(bad_request("the prompt could not be rendered: " + prompt.error()));
  return pricing::most_prompt_tokens({prompt->system, prompt->input});
}

}  // namespace

Result<CellPlan, Failure> plan_cell(const Tools& tools, const Lease& lease, const LoadedSuite& suite, CellNumber cell) {
  const JobTerms& terms = *lease.terms;
  CellPlan plan;
  plan.cell = cell;
  plan.place = place_of(terms, cell);
  plan.model = terms.models[static_cast<std::size_t>(plan.place.model)];
  if (!terms.sampling_fault.empty()) return failure(bad_request("the job's wishes cannot be read: " + terms.sampling_fault));
  auto route = tools.routes.find(plan.model, terms.day);
  if (!route) return failure(route.error());
  plan.route = std::move(*route);

  require(static_cast<std::size_t>(terms.cases) == suite.suite.cases.size(), "a job's grid has its suite's cases");
  const TestCase& test = suite.suite.cases[static_cast<std::size_t>(plan.place.test_case)];
  plan.sampling = merged(terms.sampling, suite.suite.defaults, tools);
  auto tokens = prompt_tokens(suite.suite, test);
  if (!tokens) return failure(std::move(tokens.error()));
  plan.prompt_tokens = *tokens;
  plan.stream = plan.sampling.asked().stream.value_or(tools.settings.stream);

  const auto prior = std::find_if(lease.prior.begin(), lease.prior.end(), [cell](const PriorCalls& p) { return p.cell == cell; });
  if (prior != lease.prior.end()) plan.before = *prior;
  return plan;
}

PlannedCall plan_call(const Tools& tools, const CellPlan& plan, const LoadedSuite& suite, const Lease& lease, std::int32_t seq) {
  PlannedCall call;
  call.id = CallId{lease.terms->job, plan.cell, seq};
  providers::Question question;
  auto prompt = suite::rendered_prompt(suite.suite, suite.suite.cases[static_cast<std::size_t>(plan.place.test_case)]);
  require(prompt.has_value(), "a plan's prompt was rendered before");
  question.system = std::move(prompt->system);
  question.input = std::move(prompt->input);
  question.sampling = plan.sampling;
  question.stream = call.stream = plan.stream;
  question.call_id = to_string(call.id);
  question.traceparent = lease.terms->traceparent;
  question.timeout = std::chrono::duration_cast<std::chrono::milliseconds>(tools.settings.call_timeout);
  question.max_response_bytes = tools.settings.response_bytes;
  call.request = providers::dialect(plan.route->deployment.dialect).encode(question, plan.route->deployment);
  const std::optional<pricing::Price>& price = plan.route->price;
  if (price) call.bound = pricing::bound(call.request.body.size(), question.sampling.max_tokens, *price);
  return call;
}

}  // namespace assay::engine
