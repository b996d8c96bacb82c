#include "cli/reassert.hpp"

#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>

#include "suite/read.hpp"

using namespace assay;

namespace {

assertions::CompiledSuite compiled(const std::string& cases) {
  const auto suite = suite::read(R"({"name":"n","prompt":"p","dialect":"strict","cases":[)" + cases + "]}");
  BOOST_REQUIRE(suite.has_value());
  return *assertions::compile_suite(*suite);
}

using Value = std::optional<std::string>;

/// Rows as the view `results` has them, in its columns that matter here.
postgres::Table results(std::vector<std::vector<Value>> rows) {
  postgres::Table table;
  table.columns = {"cell", "test", "model", "test_case", "verdict", "response", "text_escaped", "text_truncated", "provider_ms",
                   "usage_source", "prompt_tokens", "answer_tokens", "finish_reason_raw", "cost"};
  table.rows = std::move(rows);
  return table;
}
std::vector<Value> row(const char* cell, const char* test_case, const char* verdict, Value response,
                       const char* escaped = "f", const char* truncated = "f") {
  return {cell, "a test", "m", test_case, verdict, std::move(response), escaped, truncated, "12.5", "provider", "7", "3", "stop", "0.25"};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reasserting)

BOOST_AUTO_TEST_CASE(judges_each_stored_answer_by_the_case_at_its_place) {
  const auto suite = compiled(R"({"title":"a","assertions":[{"type":"contains","value":"x"}]},
                                 {"title":"b","assertions":[{"type":"contains","value":"y"}]})");

  const auto cells = cli::rejudge(results({row("0", "0", "fail", "x"), row("1", "1", "pass", "x"), row("2", "1", "pass", "y")}), suite);

  BOOST_TEST(cells[0].after == "pass");
  BOOST_TEST(cells[1].after == "fail");
  BOOST_TEST(cells[2].after == "pass");
  BOOST_TEST(cli::any_bad(cells));
  BOOST_TEST(cli::to_text(cells) ==
             "fail -> pass: 1\npass -> fail: 1\npass -> pass: 1\ncell 0 (a test, m): fail -> pass: all assertions passed\n"
             "cell 1 (a test, m): pass -> fail: assertions[0] contains failed\n");
}

BOOST_AUTO_TEST_CASE(says_which_answers_it_cannot_judge) {
  const auto suite = compiled(R"({"title":"a","assertions":[]})");

  const auto cells = cli::rejudge(results({row("0", "0", "error", std::nullopt), row("1", "0", "pass", "x", "t"),
                                           row("2", "0", "pass", "x", "f", "t"), row("3", "1", "pass", "x"), row("4", "0", "pass", "")}),
                                  suite);

  BOOST_TEST(cells[0].why == "no answer is stored");
  BOOST_TEST(cells[1].why.find("not as it came") != std::string::npos);
  BOOST_TEST(cells[2].why == "the stored answer was cut");
  BOOST_TEST(cells[3].why == "the suite has no such test case");
  BOOST_TEST(cells[4].after == "unchecked");
  for (int cell = 0; cell < 4; ++cell) BOOST_TEST(cells[static_cast<std::size_t>(cell)].after == "");
}

BOOST_AUTO_TEST_CASE(shows_the_judge_what_the_row_keeps) {
  const auto suite = compiled(R"({"title":"a","assertions":[{"type":"latency","threshold":12.5},{"type":"cost","threshold":0.25},
    {"type":"finish-reason","value":"stop"},{"type":"max-tokens","value":{"prompt":7,"completion":3,"total":10}},
    {"type":"not-latency","threshold":12}]})");

  const auto cells = cli::rejudge(results({row("0", "0", "fail", "x")}), suite);

  BOOST_TEST(cells[0].after == "pass", cells[0].why);
  BOOST_TEST(!cli::any_bad(cells));
  BOOST_TEST(cli::to_json_lines(cells) ==
             "{\"cell\":\"0\",\"test\":\"a test\",\"model\":\"m\",\"before\":\"fail\",\"after\":\"pass\",\"score\":1,"
             "\"reason\":\"all assertions passed\"}\n");
}

BOOST_AUTO_TEST_SUITE_END()
