#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "assertions/compile.hpp"
#include "json/document.hpp"

using namespace assay;

// The cases are data: tests/data/assertions/prpm/cases.jsonl, checked against JavaScript by
// scripts/dev/check-prpm-cases.mjs.
namespace {

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16));
  }
  return bytes;
}

TestCase test_case(json::View row) {
  TestCase test;
  for (const json::View one : row["assertions"].elements()) {
    test.assertions.push_back({std::string(one["type"].string_or("")), std::string(one["value"].raw())});
  }
  if (const auto expected = row["expected_output"].as_string()) test.expected_output = std::string(*expected);
  return test;
}

std::string passed(const Judgement& judgement) {
  std::string list = "[";
  for (const AssertionResult& result : judgement.assertions) {
    if (list.size() > 1) list += ',';
    list += result.passed ? "true" : "false";
  }
  return list + "]";
}

void check_row(json::View row) {
  const std::string about(row["about"].string_or("?"));
  const auto compiled = assertions::compile(test_case(row), AssertionDialect::prpm);
  if (row["refused"].exists()) {
    BOOST_REQUIRE_MESSAGE(!compiled.has_value(), about);
    BOOST_TEST(compiled.error().path == row["refused"].string_or(""), about);
    BOOST_TEST(!compiled.error().message.empty(), about);
    return;
  }
  BOOST_REQUIRE_MESSAGE(compiled.has_value(), (about + (compiled ? std::string() : ": " + compiled.error().message)));
  const std::string answer =
      row["answer_hex"].exists() ? from_hex(row["answer_hex"].string_or("")) : std::string(row["answer"].string_or(""));

  const Judgement judgement = assertions::judge(*compiled, answer);

  BOOST_TEST(to_string(judgement.verdict) == row["verdict"].string_or(""), about);
  BOOST_TEST(passed(judgement) == row["passed"].dump(), about << ": " << passed(judgement));
  BOOST_TEST(judgement.score == row["score"].as_double().value(), about);
  for (const AssertionResult& result : judgement.assertions) BOOST_TEST(result.error.empty(), about);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(prpm)

BOOST_AUTO_TEST_CASE(means_what_every_case_of_the_file_says) {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/assertions/prpm/cases.jsonl");
  int rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    const auto row = json::parse(line);
    BOOST_REQUIRE_MESSAGE(row.has_value(), line);
    check_row(row->root());
  }
  BOOST_TEST(rows >= 230);
}

BOOST_AUTO_TEST_SUITE_END()
