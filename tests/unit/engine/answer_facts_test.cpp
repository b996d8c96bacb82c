#include "engine/answer_facts.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>

using namespace assay;
using namespace assay::engine;

namespace {

using Kind = Failure::Kind;

/// A plan whose model costs one dollar a million prompt tokens and two a million answer tokens.
CellPlan plan(providers::DialectKind dialect = providers::DialectKind::openai_chat, bool priced = true) {
  auto route = std::make_shared<ModelRoute>();
  route->deployment.provider = "openai";
  route->deployment.vendor = "openai";
  route->deployment.dialect = dialect;
  route->deployment.model = "gpt-4o";
  if (priced) {
    pricing::Price price;
    price.rates.input = 1'000'000'000;
    price.rates.output = 2'000'000'000;
    route->price = price;
  }
  CellPlan made;
  made.route = std::move(route);
  made.prompt_tokens = 100;
  made.sampling.max_tokens = 1000;
  return made;
}

constexpr CallId call{JobId(1), CellNumber(2), 3};
const Money bound = Money::nanos(1'000'000);

Failure failed(Kind kind, bool may_have_run, std::optional<Completion> partial = std::nullopt) {
  Failure failure;
  failure.kind = kind;
  failure.may_have_run = may_have_run;
  failure.detail = "what happened";
  failure.status = 200;
  failure.request_id = "req_1";
  if (partial) failure.partial = std::make_shared<const Completion>(std::move(*partial));
  return failure;
}

/// What came of an answer: `counted` with the provider's last word on its tokens.
Completion part(bool stopped, bool counted) {
  Completion completion;
  completion.text = "Par";
  if (stopped) completion.finish_reason_raw = "stop";
  if (counted) {
    completion.usage.source = UsageSource::provider;
    completion.usage.input = 10;
    completion.usage.output = 5;
  }
  return completion;
}

CellResult noted(CellPlan given, Completion completion) {
  CellResult result;
  result.completion = std::move(completion);
  note_facts(result, given);
  return result;
}

bool has(const CellResult& result, std::string_view word) {
  const auto& flags = result.completion.flags;
  return std::find(flags.begin(), flags.end(), word) != flags.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(same_model_answered)

BOOST_AUTO_TEST_CASE(where_only_what_does_not_count_differs) {
  const std::pair<const char*, const char*> same[] = {{"gpt-4o", "gpt-4o"},
                                                      {"gpt-4o", "GPT-4o"},
                                                      {"gpt-4o", "gpt-4o-2024-08-06"},
                                                      {"gpt-4", "gpt-4-0613"},
                                                      {"claude-3-5-haiku-latest", "claude-3-5-haiku-20241022"},
                                                      {"claude-3-5-haiku", "claude-3-5-haiku@20241022"},
                                                      {"gemini-2.5-pro", "models/gemini-2.5-pro"},
                                                      {"gemini-1.5-flash", "gemini-1.5-flash-001"},
                                                      {"meta-llama/Llama-3.1-8B", "llama-3.1-8b"},
                                                      {"deepseek/deepseek-r1:free", "deepseek/deepseek-r1"},
                                                      {"llama3.2", "llama3.2:latest"},
                                                      {"openai/gpt-4o", "gpt-4o-2024-08-06"},
                                                      {"gpt-4o", ""},
                                                      {"", "gpt-4o"}};
  for (const auto& [asked, served] : same) BOOST_TEST(same_model(asked, served), asked << " and " << served);
}

BOOST_AUTO_TEST_CASE(not_where_the_name_is_another) {
  const std::pair<const char*, const char*> others[] = {{"gpt-4o", "gpt-4o-mini"},
                                                        {"gpt-4o-mini", "gpt-4o"},
                                                        {"gpt-4o", "gpt-4o-mini-2024-07-18"},
                                                        {"gpt-4", "gpt-4-turbo"},
                                                        {"gpt-4o-2024-05-13", "gpt-4o-2024-08-06"},
                                                        {"gpt-4o-2024-05-13", "gpt-4o"},
                                                        {"claude-sonnet-4", "claude-opus-4-20250514"},
                                                        {"llama3.2:1b", "llama3.2:3b"},
                                                        {"o1", "o1-20"},
                                                        {"gpt-4", "gpt-42"},
                                                        {"gpt-4o", "gpt-4o-2024-08"},
                                                        {"a/x", "a/y"}};
  for (const auto& [asked, served] : others) BOOST_TEST(!same_model(asked, served), asked << " and " << served);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(end_of_a_failed_call)

BOOST_AUTO_TEST_CASE(that_cannot_have_run_costs_nothing) {
  const CallEnd end = end_of(call, bound, plan(), failed(Kind::rate_limited, false));

  BOOST_TEST((end.id == call));
  BOOST_TEST((end.failure == Kind::rate_limited));
  BOOST_TEST(end.cost.value().nanos() == 0);
  BOOST_TEST((end.usage.source == UsageSource::none));
  BOOST_TEST(end.detail == "what happened");
  BOOST_TEST(end.status == 200);
  BOOST_TEST(end.request_id == "req_1");
}

BOOST_AUTO_TEST_CASE(that_may_have_run_costs_its_bound) {
  BOOST_TEST((end_of(call, bound, plan(), failed(Kind::timed_out, true)).cost == bound));
  BOOST_TEST(!end_of(call, std::nullopt, plan(), failed(Kind::timed_out, true)).cost.has_value());  // no price known
}

BOOST_AUTO_TEST_CASE(keeps_its_bound_whatever_had_arrived_while_nobody_had_counted_to_the_end) {
  for (const bool stopped : {false, true}) {
    for (const bool counted : {false, true}) {
      const CallEnd end = end_of(call, bound, plan(), failed(Kind::cut_off, true, part(stopped, counted)));
      BOOST_TEST(end.cost.value().nanos() == (stopped && counted ? 10 * 1'000 + 5 * 2'000 : bound.nanos()));
      BOOST_TEST((end.usage.source == (counted ? UsageSource::provider : UsageSource::estimated)));
      BOOST_TEST(end.usage.output.value() > 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(that_we_cut_has_no_known_outcome_and_no_known_count) {
  const CallEnd end = end_of(call, bound, plan(), failed(Kind::cancelled, true, part(true, true)));

  BOOST_TEST((end.failure == Kind::outcome_unknown));
  BOOST_TEST((end.cost == bound));
  BOOST_TEST((end_of(call, bound, plan(), failed(Kind::cancelled, false)).failure == Kind::cancelled));
  BOOST_TEST(end_of(call, bound, plan(), failed(Kind::cancelled, false)).cost.value().nanos() == 0);
}

BOOST_AUTO_TEST_CASE(keeps_what_a_gateway_says_it_charged) {
  Completion charged = part(false, false);
  charged.reported_cost = "0.000002";

  const CallEnd end = end_of(call, bound, plan(), failed(Kind::cut_off, true, charged));

  BOOST_TEST(end.reported_cost.value().nanos() == 2'000);
  BOOST_TEST((end.cost == bound));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(facts_of_an_answer)

BOOST_AUTO_TEST_CASE(name_another_model_than_was_asked) {
  const auto served_by = [](const char* model, providers::DialectKind dialect = providers::DialectKind::openai_chat) {
    Completion completion;
    completion.text = "Paris";
    completion.served_model = model;
    return has(noted(plan(dialect), completion), completion_flags::other_model);
  };

  BOOST_TEST(served_by("gpt-4o-mini"));
  BOOST_TEST(!served_by("gpt-4o-2024-08-06"));
  BOOST_TEST(
      !served_by("gpt-4o-mini", providers::DialectKind::azure_openai));  // its deployments have names of their own
}

BOOST_AUTO_TEST_CASE(say_that_nothing_was_said) {
  BOOST_TEST(has(noted(plan(), {}), completion_flags::empty));
  for (std::string Completion::*const field : {&Completion::text, &Completion::tool_calls, &Completion::refusal}) {
    Completion completion;
    completion.*field = "x";
    BOOST_TEST(!has(noted(plan(), completion), completion_flags::empty));
  }
  Completion thought;
  thought.reasoning = "x";
  BOOST_TEST(has(noted(plan(), thought), completion_flags::empty));
}

BOOST_AUTO_TEST_CASE(count_a_stated_charge_only_where_no_price_is_known) {
  Completion charged;
  charged.text = "Paris";
  charged.reported_cost = "0.00002";
  CellResult known;
  known.completion = charged;
  known.cost = Money::nanos(1);
  note_facts(known, plan());

  const CellResult unknown = noted(plan(providers::DialectKind::openai_chat, false), charged);

  BOOST_TEST(known.cost.value().nanos() == 1);
  BOOST_TEST(!known.cost_is_reported);
  BOOST_TEST(known.reported_cost.value().nanos() == 20'000);
  BOOST_TEST(unknown.cost.value().nanos() == 20'000);
  BOOST_TEST(unknown.cost_is_reported);
}

BOOST_AUTO_TEST_CASE(say_whether_the_seed_was_sent) {
  const auto honoured = [](providers::DialectKind dialect, std::optional<std::int64_t> seed) {
    CellPlan given = plan(dialect);
    given.sampling.seed = seed;
    return noted(given, {}).seed_honoured;
  };

  BOOST_TEST((honoured(providers::DialectKind::openai_chat, 7) == std::optional(true)));
  BOOST_TEST((honoured(providers::DialectKind::anthropic_messages, 7) == std::optional(false)));
  BOOST_TEST(!honoured(providers::DialectKind::openai_chat, std::nullopt).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
