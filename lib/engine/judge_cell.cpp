#include "engine/judge_cell.hpp"

#include <chrono>
#include <utility>

#include "assertions/judgement_json.hpp"
#include "engine/answer_facts.hpp"
#include "json/document.hpp"
#include "json/storable.hpp"
#include "json/utf8.hpp"
#include "json/writer.hpp"
#include "pricing/cost.hpp"

namespace assay::engine {
namespace {

constexpr std::size_t partial_bytes = 8 << 10;  ///< of a broken answer's text, kept with the error

std::string storable(const std::string& text) { return json::storable_text(text).text; }

std::string beginning(const std::string& text) {
  std::string kept = storable(text.substr(0, partial_bytes));
  kept.resize(json::truncate_utf8(kept, partial_bytes).size());
  return kept;
}

/// Everything in a completion that becomes a text column.
void make_storable(CellResult& result, std::size_t most) {
  Completion& completion = result.completion;
  json::Storable text = json::storable_text(std::move(completion.text));
  result.text_escaped = text.escaped;
  completion.text = std::move(text.text);
  const auto cut = [&](std::string& longer) {
    if (longer.size() <= most) return;
    longer.resize(json::truncate_utf8(longer, most).size());
    result.text_truncated = true;
  };
  cut(completion.text);
  for (std::string* field : {&completion.tool_calls, &completion.reasoning}) {
    *field = json::storable_text(std::move(*field)).text;
    cut(*field);
  }
  for (std::string* field : {&completion.finish_reason_raw, &completion.refusal, &completion.served_model, &completion.request_id,
                             &completion.service_tier, &completion.fingerprint}) {
    *field = json::storable_text(std::move(*field)).text;
  }
}

double milliseconds(Duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

/// The tools of Asking as vendors list them, which is how assertions read them.
std::string offered(const std::string& tools) {
  const auto list = json::parse(tools);
  if (tools.empty() || !list) return {};
  std::string json;
  json::Writer writer(json);
  writer.begin_array();
  for (const json::View tool : list->root().elements())
    writer.begin_object().field("type", "function").key("function").view(tool).end_object();
  writer.end_array();
  return json;
}

/// What the answer's own call tells beside its text. Tokens are those that the provider counted.
Evidence evidence_of(const Completion& completion, const Asking& asked, const std::optional<Duration>& latency) {
  Evidence evidence;
  evidence.finish_reason = completion.finish_reason_raw;
  if (latency) evidence.latency_ms = milliseconds(*latency);
  if (completion.first_token) evidence.first_token_ms = milliseconds(*completion.first_token);
  evidence.cached = completion.cached;
  evidence.log_probs = completion.log_probs;
  evidence.tool_calls = completion.tool_calls;
  evidence.tools = offered(asked.tools);
  if (completion.usage.source == UsageSource::provider) {
    evidence.prompt_tokens = completion.usage.prompt_tokens();
    evidence.completion_tokens = completion.usage.answer_tokens();
    evidence.total_tokens = *evidence.prompt_tokens + *evidence.completion_tokens;
  }
  return evidence;
}

}  // namespace

CellResult judge_cell(const CellPlan& plan, const LoadedSuite& suite, std::int32_t seq, Completion completion, const Settings& settings,
                      std::optional<Duration> latency) {
  CellResult result;
  result.cell = plan.cell;
  result.seq = seq;
  result.requested_model = plan.model;
  result.provider = plan.route->deployment.provider;

  Evidence evidence = evidence_of(completion, plan.sampling.asked(), latency);
  completion.usage = usage_of(plan, completion);
  if (plan.route->price) result.cost = pricing::cost(completion.usage, *plan.route->price, completion.service_tier);
  result.completion = std::move(completion);
  note_facts(result, plan);
  if (result.cost) evidence.cost_usd = static_cast<double>(result.cost->nanos()) / 1e9;

  const assertions::CompiledCase& test = suite.checks.cases[static_cast<std::size_t>(plan.place.test_case)];
  const Judgement judgement = assertions::judge(test, result.completion.text, evidence);
  result.verdict = judgement.verdict;
  result.score = judgement.score;
  if (judgement.verdict == Verdict::error) result.failure = Failure::Kind::internal;
  result.details = assertions::details_json(judgement);

  make_storable(result, settings.stored_text_bytes);
  return result;
}

bool heavy(const CellPlan& plan, const LoadedSuite& suite, std::size_t answer_bytes, const Settings& settings) {
  if (answer_bytes >= settings.heavy_bytes) return true;
  const assertions::CompiledCase& test = suite.checks.cases[static_cast<std::size_t>(plan.place.test_case)];
  return assertions::work(test, answer_bytes) > settings.heavy_steps;
}

CellResult broken_cell(const CellPlan& plan, std::int32_t seq, Usage usage, std::string_view service_tier, std::size_t answer_bytes,
                       const std::string& what) {
  Failure internal;
  internal.source = Failure::Source::worker;
  internal.detail = "the answer could not be judged: " + what;
  CellResult result = error_cell(plan, internal);
  result.seq = seq;
  result.completion.usage = usage_of(plan, std::move(usage), answer_bytes);
  if (plan.route->price) result.cost = pricing::cost(result.completion.usage, *plan.route->price, service_tier);
  return result;
}

CellResult error_cell(CellNumber cell, const std::string& model, const Failure& failure) {
  CellResult result;
  result.cell = cell;
  result.verdict = Verdict::error;
  result.failure = failure.kind;
  result.requested_model = model;
  result.provider = failure.provider;
  std::string error;
  json::Writer writer(error);
  writer.begin_object().field("kind", to_string(failure.kind)).field("source", to_string(failure.source));
  if (failure.status != 0) writer.field("status", failure.status);
  if (!failure.vendor_code.empty()) writer.field("vendor_code", storable(failure.vendor_code));
  if (!failure.request_id.empty()) writer.field("request_id", storable(failure.request_id));
  writer.field("detail", storable(failure.detail));
  if (failure.partial && !failure.partial->text.empty()) writer.field("partial", beginning(failure.partial->text));
  writer.end_object();
  result.details = "{\"error\":" + error + "}";
  return result;
}

CellResult error_cell(const CellPlan& plan, const Failure& failure) {
  CellResult result = error_cell(plan.cell, plan.model, failure);
  result.provider = plan.route->deployment.provider;
  return result;
}

}  // namespace assay::engine
