#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "assertions/judge_line.hpp"
#include "json/document.hpp"

using namespace assay;

// The cases are data: tests/data/assertions/*.jsonl. Those of promptfoo_*.jsonl were recorded from promptfoo itself
// (tests/differential/record.mjs) over random cases of every deterministic type, those of prpm_*.jsonl and
// strict_*.jsonl are judged by the dialects' rules in JavaScript (prpm.mjs, strict.mjs beside it), those of
// strict_shared.jsonl by promptfoo. A case on which we differ from promptfoo on purpose says so, and has our verdict.
namespace {

constexpr double tolerance = 1e-9;
const std::filesystem::path folder = ASSAY_SOURCE_DIR "/tests/data/assertions";

std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    const bool recorded = name.starts_with("promptfoo_") || name.starts_with("prpm_") || name.starts_with("strict_");
    if (recorded && name.ends_with(".jsonl")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// The score as recorded: null is not a number.
bool same_score(json::View recorded, double score) {
  const auto wanted = recorded.as_double();
  return wanted ? std::abs(*wanted - score) <= tolerance : std::isnan(score);
}

/// The results in the order of the records: a set before its members.
void flatten(json::View results, std::vector<json::View>& flat) {
  for (const json::View result : results.elements()) {
    flat.push_back(result);
    flatten(result["members"], flat);
  }
}

double score_of(json::View result) {
  return result["score"].as_double().value_or(std::nan(""));
}

void check_parts(json::View expected, json::View results, const std::string& about) {
  std::vector<json::View> flat;
  flatten(results, flat);
  BOOST_REQUIRE_MESSAGE(flat.size() == expected.size(), about << ": " << flat.size() << " assertions");
  std::size_t at = 0;
  for (const json::View each : expected.elements()) {
    const json::View result = flat[at++];
    BOOST_TEST((result["passed"].as_bool() == each["pass"].as_bool()),
               about << ": assertion " << at << ": " << result.dump());
    BOOST_TEST(same_score(each["score"], score_of(result)), about << ": assertion " << at << ": " << result.dump());
  }
}

void check_verdict(json::View expected, json::View verdict, const std::string& about) {
  const std::string error(verdict["error"].string_or(""));
  const bool raised = expected["raised"].as_bool().value_or(false);
  BOOST_TEST(error.empty() != raised, about << ": " << error);
  if (raised || !error.empty()) return;
  BOOST_TEST((verdict["pass"].as_bool() == expected["pass"].as_bool()), about << ": " << verdict["reason"].dump());
  BOOST_TEST(same_score(expected["score"], score_of(verdict)), about << ": the score is " << score_of(verdict));
  check_parts(expected["assertions"], verdict["assertions"], about);
  for (const auto& [name, score] : expected["named_scores"].members()) {
    const auto named = verdict["named_scores"][name].as_double();
    BOOST_TEST(same_score(score, named.value_or(std::nan(""))), about << ": metric " << name);
  }
}

void check_line(std::string_view text, json::View line, assertions::LineJudge& judge) {
  const std::string about(line["id"].string_or("?"));

  const auto judged = judge.judge(text);

  BOOST_REQUIRE_MESSAGE(judged.verdict.has_value(), about << ": " << judged.text);
  const auto verdict = json::parse(judged.text, json::Limits::foreign());
  BOOST_REQUIRE_MESSAGE(verdict.has_value(), about << ": " << judged.text);
  check_verdict(line["expected"], verdict->root(), about);
}

std::size_t check_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  assertions::LineJudge judge({});
  std::size_t lines = 0;
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 256;
  for (std::string text; std::getline(file, text); ++lines) {
    const auto line = json::parse(text, limits);
    BOOST_REQUIRE_MESSAGE(line.has_value(), path << ": " << text);
    check_line(text, line->root(), judge);
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(recorded)

BOOST_AUTO_TEST_CASE(judges_every_recorded_case_as_it_stands) {
  std::size_t lines = 0;

  for (const auto& path : files()) lines += check_file(path);

  BOOST_TEST_MESSAGE(lines << " recorded cases");
  BOOST_TEST(lines >= 5000u);
}

BOOST_AUTO_TEST_SUITE_END()
