#include "engine/answer_facts.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>

#include "pricing/token_estimate.hpp"

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

}  // namespace

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

BOOST_AUTO_TEST_CASE(estimate_the_tokens_of_tools_only_where_they_were_sent) {
  const std::string tools = R"([{"type":"function","function":{"name":"weather","parameters":{"type":"object"}}}])";
  const auto prompt_tokens = [&tools](bool takes_tools) {
    CellPlan given = plan();
    auto route = std::make_shared<ModelRoute>(*given.route);
    route->deployment.profile.tools = takes_tools;
    given.route = std::move(route);
    auto asked = std::make_shared<Asking>();
    asked->tools = tools;
    given.sampling.asking = std::move(asked);
    return usage_of(given, Completion{}).input.value();
  };

  BOOST_TEST(prompt_tokens(true) == 100 + pricing::most_prompt_tokens({tools}));
  BOOST_TEST(prompt_tokens(false) == 100);
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
