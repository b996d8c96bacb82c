#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "assertions/judge_line.hpp"
#include "json/document.hpp"

using namespace assay;

// Hand-made cases of what weights, thresholds, sets, not-, errors and dialects mean:
// tests/data/assertions/semantics.jsonl.
namespace {

std::string passed_of(json::View judged) {
  std::string list = "[";
  for (const json::View one : judged["assertions"].elements())
    list += (list.size() > 1 ? "," : "") + one["passed"].dump();
  return list + "]";
}

void check_row(json::View row) {
  const std::string about(row["about"].string_or("?"));

  const auto judged = assertions::LineJudge(assertions::LineJudge::Options{}).judge(row["line"].raw());

  const auto document = json::parse(judged.text);
  BOOST_REQUIRE_MESSAGE(judged.verdict.has_value() && document.has_value(), (about + ": " + judged.text));
  const json::View found = document->root();
  BOOST_TEST(found["verdict"].dump() == row["verdict"].dump(), about << ": " << judged.text);
  BOOST_TEST(found["score"].as_double().value_or(-1) == row["score"].as_double().value_or(-2),
             about << ": " << judged.text);
  if (row["passed"].exists()) BOOST_TEST(passed_of(found) == row["passed"].dump(), about << ": " << judged.text);
  if (row["first_failed"].exists()) BOOST_TEST(found["first_failed"].dump() == row["first_failed"].dump(), about);
  BOOST_TEST(found["named_scores"].dump() == row["named"].dump(), about << ": " << judged.text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(semantics)

BOOST_AUTO_TEST_CASE(are_what_every_row_of_the_file_says) {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/assertions/semantics.jsonl");
  int rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    const auto row = json::parse(line);
    BOOST_REQUIRE_MESSAGE(row.has_value(), line);
    check_row(row->root());
  }
  BOOST_TEST(rows >= 55);
}

BOOST_AUTO_TEST_SUITE_END()
