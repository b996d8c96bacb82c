#include "assertions/judge_line.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace assay;
using assertions::LineJudge;

namespace {

LineJudge::Judged judged(const std::string& line) {
  return LineJudge(LineJudge::Options{}).judge(line);
}

/// A judge whose one file is this suite.
LineJudge with_file(std::string suite, std::string suite_file = {}) {
  return LineJudge({.suite_file = std::move(suite_file),
                    .read_file = [suite](const std::string& path) -> Result<std::string, std::string> {
                      if (path == "s.json") return suite;
                      return failure(std::string("no such file"));
                    }});
}

constexpr const char* two_cases = R"({"name":"n","prompt":"p","dialect":"strict","cases":[
  {"title":"a","assertions":[{"type":"contains","value":"x"}]}, {"title":"b","assertions":[{"type":"equals","value":"y"}]}]})";

}  // namespace

BOOST_AUTO_TEST_SUITE(lines)

BOOST_AUTO_TEST_CASE(end_in_verdicts_with_every_score) {
  const auto line = judged(R"({"id":"a","dialect":"strict","assertions":[{"type":"contains","value":"Par"},
    {"type":"equals","value":"Rome","metric":"m","weight":3}],"output":"Paris"})");

  BOOST_TEST((line.verdict == Verdict::fail));
  BOOST_TEST(
      line.text ==
          R"({"id":"a","verdict":"fail","pass":false,"score":0.25,"reason":"assertions[1] equals failed",)"
          R"("first_failed":1,"named_scores":{"m":0},"assertions":[)"
          R"({"index":0,"type":"contains","passed":true,"score":1,"weight":1,"expected":"Par"},)"
          R"({"index":1,"type":"equals","passed":false,"score":0,"weight":3,"metric":"m","expected":"Rome","found":"Paris"}]})",
      line.text);
}

BOOST_AUTO_TEST_CASE(without_assertions_are_unchecked) {
  BOOST_TEST(judged(R"({"output":"x"})").text ==
             R"({"verdict":"unchecked","pass":true,"score":1,"reason":"nothing was asserted","assertions":[]})");
  BOOST_TEST((judged(R"({"output":"xyz","expected_output":"Y"})").verdict == Verdict::pass));
}

BOOST_AUTO_TEST_CASE(take_any_json_as_an_output) {
  const auto equal = [](const std::string& output, const std::string& text) {
    return judged(R"({"dialect":"promptfoo","assertions":[{"type":"equals","value":)" + text + R"(}],"output":)" +
                  output + "}")
               .verdict == Verdict::pass;
  };

  BOOST_TEST(equal(R"({"b": 1, "1": [null, true], "b": 2e21})", R"("{\"1\":[null,true],\"b\":2e+21}")"));
  BOOST_TEST(equal("null", R"("null")"));
  BOOST_TEST(equal("[ ]", R"("[]")"));
}

BOOST_AUTO_TEST_CASE(say_which_part_of_them_is_at_fault) {
  const auto fault = judged(R"({"id":7,"dialect":"strict","assertions":[{"type":"contain","value":"x"}],"output":""})");

  BOOST_TEST((fault.verdict == Verdict::error));
  BOOST_TEST(fault.text ==
                 R"({"id":7,"verdict":"error","pass":false,"score":0,)"
                 R"("error":"assertions[0].type: assertion type \"contain\" is unknown",)"
                 R"("fault":{"path":"assertions[0].type","message":"assertion type \"contain\" is unknown"}})",
             fault.text);
}

BOOST_AUTO_TEST_CASE(keep_the_other_results_where_promptfoo_raises) {
  const auto line = judged(
      R"({"dialect":"promptfoo","assertions":[{"type":"contains","value":"x"},{"type":"contains","value":""}],"output":"x"})");

  BOOST_TEST((line.verdict == Verdict::error));
  BOOST_TEST(line.text.find(R"({"index":0,"type":"contains","passed":true)") != std::string::npos, line.text);
  BOOST_TEST(line.text.find(R"({"index":1,"type":"contains","passed":null)") != std::string::npos, line.text);
  BOOST_TEST(line.text.find(R"("first_failed":1)") != std::string::npos, line.text);
}

BOOST_AUTO_TEST_CASE(that_are_no_input_say_why) {
  BOOST_TEST(!judged("{").verdict.has_value());
  BOOST_TEST(judged("[]").text == "is an array; it must be an object");
  BOOST_TEST(judged(R"({"assertions":[]})").text == "has no output");
  BOOST_TEST(judged(R"({"output":"","context":{"latency":5}})").text ==
             "context.latency is not a field this program knows");
  BOOST_TEST(judged(R"({"output":"","context":{"latency_ms":"5"}})").text ==
             "context.latency_ms is a string, which it must not be");
  BOOST_TEST(judged(R"({"output":"","context":5})").text == "context is a number; it must be an object");
}

BOOST_AUTO_TEST_CASE(bring_their_evidence) {
  const auto verdict = [](const std::string& assertion, const std::string& context) {
    return judged(R"({"dialect":"strict","assertions":[)" + assertion + R"(],"output":"","context":)" + context + "}")
        .verdict.value();
  };
  const std::string latency = R"({"type":"latency","threshold":5})";

  BOOST_TEST((verdict(latency, R"({"latency_ms":5})") == Verdict::pass));
  BOOST_TEST((verdict(latency, R"({"latency_ms":5.5})") == Verdict::fail));
  BOOST_TEST((verdict(latency, R"({"latency_ms":5,"cached":true})") == Verdict::error));
  BOOST_TEST((verdict(latency, "null") == Verdict::error));
  BOOST_TEST((verdict(R"({"type":"max-tokens","value":{"total":7}})", R"({"tokens":{"total":8}})") == Verdict::fail));
  BOOST_TEST((verdict(R"({"type":"finish-reason","value":"STOP"})", R"({"finish_reason":"stop"})") == Verdict::pass));
}

BOOST_AUTO_TEST_CASE(may_name_a_case_of_a_suite) {
  LineJudge judge = with_file(two_cases), chosen = with_file(two_cases, "s.json");

  BOOST_TEST((judge.judge(R"({"suite":"s.json","case":1,"output":"y"})").verdict == Verdict::pass));
  BOOST_TEST((judge.judge(R"({"suite":"s.json","output":"y"})").verdict == Verdict::fail));
  BOOST_TEST((chosen.judge(R"({"case":0,"output":"x"})").verdict == Verdict::pass));
  BOOST_TEST(
      (chosen.judge(std::string(R"({"output":"y","case":1,"suite":)") + two_cases + "}").verdict == Verdict::pass));
}

BOOST_AUTO_TEST_CASE(name_what_is_wrong_with_a_suite) {
  LineJudge judge = with_file(two_cases), broken = with_file(R"({"name":5})");
  const auto message = [](LineJudge& by, const std::string& line) {
    const std::string text = by.judge(line).text;
    return text.substr(text.find("\"error\":"), text.find(",\"fault\"") - text.find("\"error\":"));
  };

  BOOST_TEST(message(judge, R"({"suite":"s.json","case":2,"output":"y"})") ==
             R"("error":"case: is not the number of a case; the suite has 2")");
  BOOST_TEST(message(judge, R"({"suite":"t.json","output":"y"})") == R"("error":"suite: t.json: no such file")");
  BOOST_TEST(message(judge, R"({"suite":"s.json","assertions":[],"output":"y"})") ==
             R"("error":"suite: and assertions exclude one another")");
  BOOST_TEST(message(broken, R"({"suite":"s.json","output":"y"})") ==
             R"("error":"suite.name: is a number; it must be a string")");
}

BOOST_AUTO_TEST_CASE(that_repeat_their_assertions_are_judged_alike) {
  LineJudge judge{LineJudge::Options{}};
  const auto verdict = [&judge](const std::string& value, const std::string& output) {
    return judge.judge(R"({"assertions":[{"value":")" + value + R"("}],"output":")" + output + R"("})").verdict ==
           Verdict::pass;
  };

  BOOST_TEST(verdict("a", "A"));
  BOOST_TEST(!verdict("a", "b"));
  BOOST_TEST(verdict("b", "b"));
  BOOST_TEST(!verdict("b", "a"));
}

BOOST_AUTO_TEST_SUITE_END()
