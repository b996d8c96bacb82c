#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "assertions/compile.hpp"
#include "assertions/judge_line.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"
#include "tests/support/macro_text.hpp"

using namespace assay;

// What a hostile author or model may send: tests/data/assertions/hostile. Each assertion ends in an error that says
// why, or in the right verdict, never in a wrong one; and the assertion beside it is judged all the same.
namespace {

// A sanitized program takes twenty times as long: it sees a sixteenth of each bomb. GCC's release build sees them
// whole.
#ifdef __clang__
constexpr std::size_t share = 16;
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t share = 16;
#else
constexpr std::size_t share = 1;
#endif
constexpr std::size_t subject_bytes = std::size_t{100} << 10;

std::string read_line(std::ifstream& file) {
  std::string line;
  std::getline(file, line);
  return line;
}

std::ifstream open(const std::string& name) {
  return std::ifstream(ASSAY_SOURCE_DIR "/tests/data/assertions/hostile/" + name);
}

json::Document parse(const std::string& text) {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 1024;
  limits.max_values = 10'000'000;
  limits.max_bytes = std::size_t{256} << 20;
  auto document = json::parse(text, limits);
  BOOST_REQUIRE_MESSAGE(document.has_value(), text.substr(0, 200));
  return std::move(*document);
}

/// The line with a neighbour whose verdict is known: the answer is longer than -1.
std::string with_neighbour(const std::string& line) {
  const std::string before = "\"assertions\":[";
  std::string out = line;
  const std::size_t at = out.find(before) + before.size();
  return out.insert(at, R"({"type":"length-greater-than","value":-1},)");
}

void check(const std::string& written) {
  const std::string text = test::expand(with_neighbour(R"({"dialect":"promptfoo",)" + written.substr(1)), share);
  const json::Document line = parse(text);
  const std::string about(line["about"].string_or("?")), right(line["right"].string_or(""));

  const auto judged = assertions::LineJudge({}).judge(text);

  BOOST_REQUIRE_MESSAGE(judged.verdict.has_value(), about << ": " << judged.text);
  const json::Document verdict = parse(judged.text);
  const json::View results = verdict["assertions"];
  BOOST_REQUIRE_MESSAGE(results.size() == 2, about << ": " << judged.text.substr(0, 500));
  BOOST_TEST(results[0]["passed"].as_bool().value_or(false), about << ": the neighbour: " << results[0].dump());
  const auto passed = results[1]["passed"].as_bool();
  const std::string said = !passed ? "error" : *passed ? "pass" : "fail";
  BOOST_TEST_MESSAGE(about << ": " << said << " " << results[1]["error"].string_or(""));
  BOOST_TEST((passed || results[1]["error"].is_string()), about << " says nothing of its error");
  if (right != "either") BOOST_TEST((said == "error" || said == right), about << " is " << said << ", not " << right);
}

TestCase regex_case(const std::string& pattern) {
  TestCase test;
  AssertionSpec spec;
  spec.type = "regex";
  json::append_quoted(spec.value, pattern);
  test.assertions.push_back(spec);
  return test;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_AUTO_TEST_CASE(bombs_end_in_an_error_or_the_right_verdict) {
  std::ifstream file = open("bombs.jsonl");
  std::size_t bombs = 0;

  for (std::string line = read_line(file); !line.empty(); line = read_line(file), ++bombs) check(line);

  BOOST_TEST(bombs >= 120u);
}

// No pattern of the file matches its subject: the only right verdict is fail.
BOOST_AUTO_TEST_CASE(regexes_on_100_KiB_never_match_by_mistake) {
  std::ifstream file = open("regexes.jsonl");
  std::size_t patterns = 0, refused = 0, errors = 0, failed = 0;
  for (std::string text = read_line(file); !text.empty(); text = read_line(file), ++patterns) {
    const json::Document line = parse(text);
    const std::string pattern(line["pattern"].string_or("")), unit(line["unit"].string_or(""));
    const auto compiled = assertions::compile(regex_case(pattern), AssertionDialect::strict);
    if (!compiled) {
      BOOST_TEST(!compiled.error().message.empty(), pattern);
      ++refused;
      continue;
    }
    std::string subject;
    while (subject.size() < subject_bytes) subject += unit;
    subject += line["end"].string_or("");

    const Judgement judgement = assertions::judge(*compiled, subject);

    BOOST_TEST((judgement.verdict == Verdict::fail || judgement.verdict == Verdict::error), pattern);
    ++(judgement.verdict == Verdict::error ? errors : failed);
  }
  BOOST_TEST_MESSAGE(patterns << " patterns: " << failed << " did not match, " << errors << " reached a limit, "
                              << refused << " were refused");
  BOOST_TEST(patterns >= 200u);
}

BOOST_AUTO_TEST_SUITE_END()
