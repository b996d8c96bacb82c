#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <utility>

#include "assertions/compile.hpp"

using namespace assay;
using javascript::Outcome;

namespace {

/// Says what it was told to say, and remembers what it was asked.
class Told final : public javascript::Runner {
 public:
  explicit Told(Result<Outcome, std::string> answer) : answer_(std::move(answer)) {}
  Result<Outcome, std::string> run(std::string_view body, std::string_view output,
                                   std::string_view context) const override {
    asked = std::string(body) + " | " + std::string(output) + " | " + std::string(context);
    return answer_;
  }
  mutable std::string asked;

 private:
  Result<Outcome, std::string> answer_;
};

std::shared_ptr<Told> returning(std::string json) {
  return std::make_shared<Told>(Outcome{Outcome::How::returned, std::move(json), {}});
}

Judgement judged(const std::shared_ptr<Told>& runner, const std::string& type = "javascript",
                 std::optional<double> threshold = {}, AssertionDialect dialect = AssertionDialect::promptfoo,
                 const Evidence& evidence = {}) {
  TestCase test;
  test.vars = R"({"x":2})";
  AssertionSpec spec;
  spec.type = type;
  spec.value = R"("output > 1")";
  spec.threshold = threshold;
  test.assertions.push_back(spec);
  assertions::SuiteBounds bounds;
  bounds.scripts = runner;
  const auto compiled = assertions::compile(test, dialect, false, bounds);
  BOOST_REQUIRE(compiled.has_value());
  return assertions::judge(*compiled, "Paris \xF0\x9F\x98\x80", evidence);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(javascript_assertions)

BOOST_AUTO_TEST_CASE(give_the_code_the_answer_and_what_is_known_of_it) {
  const auto runner = returning("true");
  Evidence evidence;
  evidence.latency_ms = 12;
  evidence.log_probs = {-0.5};

  judged(runner, "javascript", {}, AssertionDialect::promptfoo, evidence);

  BOOST_TEST(runner->asked ==
             "return output > 1 | \"Paris \xF0\x9F\x98\x80\" | "
             R"({"vars":{"x":2},"config":null,"metadata":null,"trace":null,"latencyMs":12,"logProbs":[-0.5]})");
}

BOOST_AUTO_TEST_CASE(read_booleans_numbers_and_objects) {
  struct Row {
    const char *json, *type;
    std::optional<double> threshold;
    bool passed;
    double score;
  };
  for (const Row& row : {Row{"true", "javascript", {}, true, 1}, Row{"false", "javascript", {}, false, 0},
                         Row{"false", "not-javascript", {}, true, 1}, Row{"0.3", "javascript", {}, true, 0.3},
                         Row{"0.3", "javascript", 0.5, false, 0.3}, Row{"0.3", "not-javascript", 0.5, true, 0.3},
                         Row{"0", "javascript", {}, false, 0},
                         Row{R"({"pass":true,"score":0.2,"reason":"r"})", "javascript", {}, true, 0.2},
                         Row{R"({"pass":true,"score":0.2,"reason":"r"})", "not-javascript", {}, false, 0.2}}) {
    const Judgement judgement = judged(returning(row.json), row.type, row.threshold);

    BOOST_TEST(judgement.assertions.at(0).passed == row.passed, row.json << " " << row.type);
    BOOST_TEST(judgement.score == row.score, row.json << " " << row.type);
  }
}

BOOST_AUTO_TEST_CASE(fail_both_ways_when_the_code_does_not_do_its_work) {
  for (const char* json : {"null", "\"yes\"", "[]", R"({"pass":true})", ""}) {
    for (const char* type : {"javascript", "not-javascript"}) {
      const Judgement judgement = judged(returning(json), type);

      BOOST_TEST((judgement.verdict == Verdict::fail), json << " " << type);
      BOOST_TEST(judgement.score == 0);
    }
  }
  const auto throwing = std::make_shared<Told>(Outcome{Outcome::How::threw, {}, "Error: no"});
  BOOST_TEST(judged(throwing, "not-javascript").assertions.at(0).found == "the code threw Error: no");
}

BOOST_AUTO_TEST_CASE(are_errors_where_a_limit_was_passed_or_nobody_may_run_them) {
  const auto limited = std::make_shared<Told>(failure(std::string("the script ran out of memory")));
  BOOST_TEST((judged(limited).verdict == Verdict::error));
  BOOST_TEST(judged(limited).assertions.at(0).error == "the script ran out of memory");

  const Judgement refused = judged(nullptr);
  BOOST_TEST((refused.verdict == Verdict::error));
  BOOST_TEST(refused.assertions.at(0).error.find("judge.javascript") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keep_scores_between_0_and_1_in_strict) {
  BOOST_TEST(judged(returning("7"), "javascript", {}, AssertionDialect::strict).score == 1);
  BOOST_TEST(judged(returning("7")).score == 7);
}

BOOST_AUTO_TEST_SUITE_END()
