#include "fake/script.hpp"

#include <boost/test/unit_test.hpp>

#include "fake/chance.hpp"
#include "fake/plan.hpp"

using namespace assay;
using namespace assay::fake;

namespace {

Script script(std::string_view json) {
  auto read = read_script(json);
  BOOST_TEST_REQUIRE(read.has_value(), (read ? "" : read.error()));
  return std::move(*read);
}

std::string fault_of(std::string_view json) {
  const auto read = read_script(json);
  return read ? "nothing is wrong" : read.error();
}

Caller caller(std::string call_id) {
  Caller out;
  out.call_id = std::move(call_id);
  out.dialect = "openai";
  return out;
}

Question question(std::string model, std::string input) {
  Question out;
  out.model = std::move(model);
  out.prompt = out.input = std::move(input);
  return out;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_script)

BOOST_AUTO_TEST_CASE(knows_patterns) {
  BOOST_TEST(fits("", "anything"));
  BOOST_TEST(fits("gpt-4o*", "gpt-4o-mini"));
  BOOST_TEST(fits("*-mini", "gpt-4o-mini"));
  BOOST_TEST(fits("g*o*i", "gpt-4o-mini"));
  BOOST_TEST(!fits("gpt-4o", "gpt-4o-mini"));
  BOOST_TEST(!fits("*x*", "gpt-4o-mini"));
  BOOST_TEST(fits("**", ""));
}

BOOST_AUTO_TEST_CASE(says_where_it_is_wrong) {
  BOOST_TEST(holds(fault_of(R"({"rulez": []})"), "rulez"));
  BOOST_TEST(holds(fault_of(R"({"rules": [{"match": {"modl": "x"}}]})"), "rules[0].match.modl"));
  BOOST_TEST(holds(fault_of(R"({"default": {"fault": "gremlins"}})"), "default.fault"));
  BOOST_TEST(holds(fault_of(R"({"default": {"status": 99}})"), "default.status"));
  BOOST_TEST(holds(fault_of(R"({"default": {"latency_ms": -1}})"), "default.latency_ms"));
  BOOST_TEST(holds(fault_of(R"({"rules": [{"probability": 2}]})"), "rules[0].probability"));
  BOOST_TEST(holds(fault_of(R"({"seed": "one"})"), "seed"));
  BOOST_TEST(holds(fault_of("[]"), "expected an object"));
  BOOST_TEST(holds(fault_of("{"), "line 1"));
}

BOOST_AUTO_TEST_CASE(a_rule_builds_on_the_default_wherever_that_stands) {
  const Script read = script(R"({"rules": [{"status": 429}], "default": {"latency_ms": 7, "usage": "zero"}})");

  BOOST_TEST(read.rules[0].behaviour.status == 429);
  BOOST_TEST(read.rules[0].behaviour.latency.low_ms == 7);
  BOOST_CHECK(read.rules[0].behaviour.usage == UsageManner::zero);
}

BOOST_AUTO_TEST_CASE(the_first_rule_that_fits_counts) {
  Planner planner(script(R"({"rules": [{"match": {"model": "a*", "call_id": "*-7"}, "status": 500},
                                       {"match": {"model": "a*"}, "status": 429}]})"));

  BOOST_TEST(planner.plan(caller("x-7"), question("a1", "")).behaviour->status == 500);
  BOOST_TEST(planner.plan(caller("x-8"), question("a1", "")).behaviour->status == 429);
  BOOST_TEST(planner.plan(caller("x-7"), question("b1", "")).behaviour->status == 200);
}

BOOST_AUTO_TEST_CASE(rules_count_their_calls) {
  Planner planner(script(R"({"rules": [{"match": {"nth": [2, 5]}, "status": 500},
                                       {"match": {"every": 3}, "status": 503}, {"times": 1, "status": 429}]})"));
  std::string seen;

  for (int i = 0; i < 7; ++i) {
    seen += std::to_string(planner.plan(caller(std::to_string(i)), question("m", "")).behaviour->status) + " ";
  }

  // The second rule meets only what the first left over: calls 1, 3, 4, 6, 7.
  BOOST_TEST(seen == "429 500 200 503 500 200 200 ");
}

BOOST_AUTO_TEST_CASE(a_rule_can_be_for_a_key_a_worker_a_dialect_or_a_prompt) {
  Planner planner(
      script(R"({"rules": [{"match": {"key": "sk-1"}, "status": 401}, {"match": {"worker": "w2"}, "status": 500},
      {"match": {"dialect": "anthropic"}, "status": 529}, {"match": {"prompt_contains": "poison"}, "mark": "poison"}]})"));
  Caller keyed = caller("1"), working = caller("2"), speaking = caller("3");
  keyed.key = fingerprint("sk-1");
  working.worker = "w2";
  speaking.dialect = "anthropic";

  BOOST_TEST(planner.plan(keyed, question("m", "")).behaviour->status == 401);
  BOOST_TEST(planner.plan(working, question("m", "")).behaviour->status == 500);
  BOOST_TEST(planner.plan(speaking, question("m", "")).behaviour->status == 529);
  BOOST_TEST(planner.plan(caller("4"), question("m", "some poison here")).behaviour->mark == "poison");
  BOOST_TEST(planner.plan(caller("5"), question("m", "harmless")).behaviour->mark == "");
}

BOOST_AUTO_TEST_CASE(the_same_seed_and_call_give_the_same_fate) {
  const std::string text = R"({"seed": 11, "rules": [{"probability": 0.3, "status": 429}],
                               "default": {"latency_ms": {"lognormal": {"median": 100, "sigma": 0.5}}}})";
  Planner one(script(text)), two(script(text));
  int refused = 0;

  for (int i = 0; i < 2000; ++i) {
    const Plan forwards = one.plan(caller("call-" + std::to_string(i)), question("m", ""));
    const Plan backwards = two.plan(caller("call-" + std::to_string(1999 - i)), question("m", ""));
    const Plan again = one.plan(caller("call-" + std::to_string(1999 - i)), question("m", ""));
    BOOST_TEST(again.behaviour->status == backwards.behaviour->status);
    BOOST_TEST(again.latency.count() == backwards.latency.count());
    refused += forwards.behaviour->status == 429 ? 1 : 0;
  }

  BOOST_TEST(refused > 500);
  BOOST_TEST(refused < 700);
}

BOOST_AUTO_TEST_CASE(another_seed_gives_other_fates) {
  Planner one(script(R"({"seed": 1, "rules": [{"probability": 0.5, "status": 429}]})"));
  Planner two(script(R"({"seed": 2, "rules": [{"probability": 0.5, "status": 429}]})"));
  int different = 0;

  for (int i = 0; i < 100; ++i) {
    const std::string id = std::to_string(i);
    const int first = one.plan(caller(id), question("m", "")).behaviour->status;
    different += first != two.plan(caller(id), question("m", "")).behaviour->status ? 1 : 0;
  }

  BOOST_TEST(different > 20);
}

BOOST_AUTO_TEST_CASE(latencies_keep_their_shape) {
  const Latency fixed = script(R"({"default": {"latency_ms": 50}})").fallback.latency;
  const Latency uniform = script(R"({"default": {"latency_ms": {"uniform": [10, 20]}}})").fallback.latency;
  const Latency skewed =
      script(R"({"default": {"latency_ms": {"lognormal": {"median": 100, "sigma": 1, "max": 300}}}})").fallback.latency;
  int below_median = 0;

  for (int i = 0; i < 1000; ++i) {
    const Chance chance(1, std::to_string(i));
    BOOST_TEST(draw(fixed, chance).count() == 50'000'000);
    BOOST_TEST(draw(uniform, chance).count() >= 10'000'000);
    BOOST_TEST(draw(uniform, chance).count() <= 20'000'000);
    BOOST_TEST(draw(skewed, chance).count() <= 300'000'000);
    below_median += draw(skewed, chance).count() < 100'000'000 ? 1 : 0;
  }

  BOOST_TEST(below_median > 450);
  BOOST_TEST(below_median < 550);
}

BOOST_AUTO_TEST_CASE(answers_by_model_and_question_and_always_the_same) {
  Planner planner(script(R"({"answers": [
      {"model": "good*", "contains": "capital of France", "text": "Paris"},
      {"contains": "capital of France", "chance": 0.5, "text": "Paris", "otherwise": "London"},
      {"contains": "echo", "text": {"template": "{{model}}: {{last_line}} / {{system}} / {{unknown}}{{open"}}]})"));
  const std::string asked = "What is the capital of France?";
  int paris = 0;

  for (int i = 0; i < 100; ++i) {
    const Question one = question("model-" + std::to_string(i), asked);
    const std::string first = planner.plan(caller("a"), one).text.value_or("");
    BOOST_TEST(first == planner.plan(caller("b"), one).text.value_or("?"));
    paris += first == "Paris" ? 1 : 0;
  }
  Question echo = question("m", "echo\nthis line\n");
  echo.system = "S";

  BOOST_TEST(paris > 30);
  BOOST_TEST(paris < 70);
  BOOST_TEST(planner.plan(caller("a"), question("good-1", asked)).text.value_or("") == "Paris");
  BOOST_TEST(planner.plan(caller("a"), echo).text.value_or("") == "m: this line / S / {{open");
  BOOST_TEST(!planner.plan(caller("a"), question("m", "something else")).text);
}

BOOST_AUTO_TEST_CASE(the_bill_is_rounded_half_up_once) {
  Bill bill;
  bill.input = 37'500'000;    // 37.5 nanos a token
  bill.cached = 3'750'000;    // 3.75
  bill.output = 150'000'000;  // 150
  bill.per_call = 7;

  BOOST_TEST(nanos_of(bill, {0, 0, 0, 0}) == 7);
  BOOST_TEST(nanos_of(bill, {1, 0, 0, 0}) == 38 + 7);   // 37.5
  BOOST_TEST(nanos_of(bill, {3, 2, 0, 0}) == 45 + 7);   // 37.5 + 7.5
  BOOST_TEST(nanos_of(bill, {3, 3, 0, 1}) == 161 + 7);  // 11.25 + 150
  BOOST_TEST(nanos_of(bill, {1'000'000'000, 0, 0, 1'000'000'000}) == 187'500'000'000 + 7);
}

BOOST_AUTO_TEST_CASE(tokens_are_a_quarter_of_the_bytes_unless_stated) {
  Planner planner(script(R"({"bills": [{"model": "m", "input": 1000000, "output": 2000000}],
      "rules": [{"match": {"call_id": "stated"}, "tokens": {"input": 100, "cached": 60, "output": 9}},
                {"match": {"call_id": "refused"}, "status": 400}], "default": {"text_bytes": 10}})"));

  const Plan usual = planner.plan(caller("1"), question("m", "12345"));
  const Plan stated = planner.plan(caller("stated"), question("m", "12345"));
  const Plan refused = planner.plan(caller("refused"), question("m", "12345"));

  BOOST_TEST(usual.tokens_in == 2);
  BOOST_TEST(usual.tokens_out == 3);
  BOOST_TEST(usual.nanos == 8);
  BOOST_TEST(stated.tokens_in == 100);
  BOOST_TEST(stated.tokens_cached == 60);
  BOOST_TEST(stated.nanos == 40 + 18);
  BOOST_TEST(refused.nanos == 0);
  BOOST_TEST(refused.tokens_in == 0);
}

BOOST_AUTO_TEST_CASE(the_clients_limit_cuts_the_text) {
  Planner planner(script(R"({"rules": [{"match": {"model": "m"}, "text": "0123456789"}]})"));
  Question asked = question("m", "x");
  asked.max_tokens = 2;

  const Plan cut = planner.plan(caller("1"), asked);
  asked.model = "filler";
  const Plan filled = planner.plan(caller("1"), asked);

  BOOST_TEST(cut.out_of_tokens);
  BOOST_TEST(cut.tokens_out == 2);
  BOOST_TEST(cut.text.value_or("") == "01234567");
  BOOST_TEST(filled.filler_bytes == 8u);
}

BOOST_AUTO_TEST_SUITE_END()
