#include <boost/test/unit_test.hpp>

#include "engine/answer_facts.hpp"
#include "engine/judge_cell.hpp"
#include "suite/read.hpp"

using namespace assay;
using namespace assay::engine;

namespace {

LoadedSuite suite_asserting(const std::string& assertions, const std::string& dialect = "prpm") {
  auto suite =
      suite::read(R"({"name":"t","dialect":")" + dialect +
                  R"(","prompt":"abcd","cases":[{"title":"c","input":"efgh","assertions":)" + assertions + "}]}");
  BOOST_REQUIRE(suite.has_value());
  auto checks = assertions::compile_suite(*suite);
  BOOST_REQUIRE(checks.has_value());
  return LoadedSuite{std::move(*suite), std::move(*checks)};
}

CellPlan a_plan() {
  CellPlan plan;
  plan.cell = CellNumber(3);
  plan.model = "m";
  auto route = std::make_shared<ModelRoute>();
  route->deployment.provider = "p";
  plan.route = std::move(route);
  plan.prompt_tokens = 2;
  return plan;
}

Completion saying(std::string text) {
  Completion completion;
  completion.text = std::move(text);
  completion.finish_reason = FinishReason::stop;
  return completion;
}

CellResult judged(const std::string& assertions, std::string text, const Settings& settings = {}) {
  return judge_cell(a_plan(), suite_asserting(assertions), 2, saying(std::move(text)), settings);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(judging_a_cell)

BOOST_AUTO_TEST_CASE(the_row_names_its_cell_call_model_and_provider) {
  const CellResult row = judged("[]", "x");

  BOOST_TEST(row.cell.value == 3);
  BOOST_TEST(row.seq == 2);
  BOOST_TEST(row.requested_model == "m");
  BOOST_TEST(row.provider == "p");
}

BOOST_AUTO_TEST_CASE(a_text_is_cut_between_characters_after_it_was_judged) {
  Settings settings;
  settings.stored_text_bytes = 5;

  const CellResult row = judged(R"([{"type":"contains","value":"end"}])", "aaaa\xc3\xa4 the end", settings);

  BOOST_TEST((row.verdict == Verdict::pass));
  BOOST_TEST(row.text_truncated);
  BOOST_TEST(row.completion.text == "aaaa");
}

BOOST_AUTO_TEST_CASE(an_escaped_text_keeps_within_the_limit_too) {
  Settings settings;
  settings.stored_text_bytes = 6;

  const CellResult row = judged("[]", std::string(4, '\0'), settings);

  BOOST_TEST(row.text_escaped);
  BOOST_TEST(row.text_truncated);
  BOOST_TEST(row.completion.text.size() <= 6u);
}

BOOST_AUTO_TEST_CASE(every_text_of_an_answer_is_storable) {
  Completion hostile = saying("ok");
  hostile.refusal = std::string("\0no", 3);
  hostile.finish_reason_raw = "\xff";
  hostile.served_model = std::string(1, '\0');

  const CellResult row = judge_cell(a_plan(), suite_asserting("[]"), 1, hostile, Settings{});

  for (const std::string& text :
       {row.completion.refusal, row.completion.finish_reason_raw, row.completion.served_model}) {
    BOOST_TEST(text.find('\0') == std::string::npos);
    BOOST_TEST(text.find('\xff') == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(an_error_names_its_kind_and_only_an_error_does) {
  BOOST_TEST(!judged(R"([{"type":"contains","value":"b"}])", "a").failure.has_value());

  Failure failure;
  failure.kind = Failure::Kind::quota;
  failure.status = 402;
  failure.detail = std::string("pay\0 first", 10);
  const CellResult row = error_cell(a_plan(), failure);

  BOOST_TEST((row.failure == Failure::Kind::quota));
  BOOST_TEST((row.verdict == Verdict::error));
  BOOST_TEST(row.details.find("\"kind\":\"quota\"") != std::string::npos);
  BOOST_TEST(row.details.find("402") != std::string::npos);
  BOOST_TEST(row.details.find("\\u0000") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_judge_sees_what_the_call_told) {
  Completion answer = saying("ok");
  answer.finish_reason_raw = "end_turn";
  answer.usage.source = UsageSource::provider;
  answer.usage.input = 10;
  answer.usage.output = 5;
  const LoadedSuite suite = suite_asserting(
      R"([{"type":"finish-reason","value":"END_TURN"},{"type":"max-tokens","value":{"prompt":10,"completion":5,"total":15}},
          {"type":"latency","threshold":20},{"type":"not-max-tokens","value":4}])",
      "strict");

  BOOST_TEST(
      (judge_cell(a_plan(), suite, 1, answer, Settings{}, std::chrono::milliseconds(20)).verdict == Verdict::pass));
  BOOST_TEST(
      (judge_cell(a_plan(), suite, 1, answer, Settings{}, std::chrono::milliseconds(21)).verdict == Verdict::fail));
  BOOST_TEST((judge_cell(a_plan(), suite, 1, answer, Settings{}).verdict == Verdict::error));
}

BOOST_AUTO_TEST_CASE(an_assertion_that_cannot_be_judged_is_told_and_is_an_error) {
  const LoadedSuite suite =
      suite_asserting(R"([{"type":"contains","value":"o"},{"type":"cost","threshold":1}])", "promptfoo");

  const CellResult row = judge_cell(a_plan(), suite, 1, saying("ok"), Settings{});

  BOOST_TEST((row.verdict == Verdict::error));
  BOOST_TEST((row.failure == Failure::Kind::internal));
  BOOST_TEST(row.details.find(R"("first_failed":1)") != std::string::npos, row.details);
  BOOST_TEST(row.details.find("the cost is unknown") != std::string::npos, row.details);
}

BOOST_AUTO_TEST_CASE(heavy_is_a_long_answer_or_a_long_answer_for_its_regexes) {
  const LoadedSuite plain = suite_asserting("[]");
  const LoadedSuite costly = suite_asserting(R"([{"type":"regex","value":"(a|b|c|d){200}x"}])");
  const Settings settings;

  BOOST_TEST(!heavy(a_plan(), plain, 100'000, settings));
  BOOST_TEST(heavy(a_plan(), plain, settings.heavy_bytes, settings));
  BOOST_TEST(!heavy(a_plan(), costly, 1'000, settings));
  BOOST_TEST(heavy(a_plan(), costly, 200'000, settings));
}

BOOST_AUTO_TEST_CASE(an_estimate_of_the_answer_is_never_more_than_was_asked_for) {
  CellPlan plan = a_plan();
  plan.sampling.max_tokens = 5;
  Completion silent = saying("All human beings are born free and equal in dignity and rights.");

  const Usage written = usage_of(a_plan(), silent);
  const Usage capped = usage_of(plan, silent);
  const Usage gone = usage_of(plan, Usage{}, 1000);
  silent.usage.output = 14;
  silent.usage.source = UsageSource::provider;
  const Usage told = usage_of(plan, silent);

  BOOST_TEST(written.output.value() > 14);
  BOOST_TEST(written.input.value() == 2);
  BOOST_TEST(capped.output.value() == 5);
  BOOST_TEST(gone.output.value() == 5);
  BOOST_TEST(told.output.value() == 14);
  BOOST_TEST((told.source == UsageSource::estimated));  // the prompt was not counted
}

BOOST_AUTO_TEST_SUITE_END()
