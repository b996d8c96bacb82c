#include <boost/test/unit_test.hpp>
#include <fstream>
#include <functional>
#include <set>
#include <string>

#include "json/document.hpp"
#include "tools/skill_used.hpp"
#include "tools/span_checks.hpp"
#include "tools/step.hpp"
#include "tools/tool_call_f1.hpp"
#include "tools/trajectory.hpp"
#include "tools/valid_call.hpp"

using namespace assay;
using namespace assay::tools;
using json::View;

namespace {

/// The one schema of the record: an object with a text `city`, maybe whole `days` from 1 on, and nothing else.
Result<SchemaAnswer, std::string> check_weather(View schema, View value) {
  using enum SchemaAnswer::Kind;
  if (schema.size() == 0) return SchemaAnswer{fits, ""};
  for (const auto& [key, member] : value.members()) {
    const bool good = (key == "city" && member.is_string()) || (key == "days" && member.as_int64().value_or(0) >= 1);
    if (!good) return SchemaAnswer{differs, std::string(key)};
  }
  return SchemaAnswer{value["city"].exists() ? fits : differs, "city"};
}

Output output_of(View row) {
  return row["output"].exists() ? Output(row["output"]) : Output(std::string_view());
}

Answer on_trace(View row, const std::function<Answer(const Trace&)>& judge) {
  const auto trace = read_trace(row["trace"]);
  return trace ? judge(*trace) : failure(trace.error());
}

bool is_inverse(View row) {
  return row["type"].string_or("").starts_with("not-");
}

Answer judge(View row) {
  const View value = row["value"];
  std::string_view type = row["type"].string_or("");
  if (type.starts_with("not-")) type.remove_prefix(4);
  const Sense sense = is_inverse(row) ? Sense::forbidden : Sense::required;
  if (type == "tool-call-f1") {
    const auto expected = expected_tools(value);
    if (!expected) return failure(expected.error());
    return tool_call_f1(output_of(row), *expected, row["threshold"].as_double().value_or(1));
  }
  if (type == "is-valid-openai-tools-call") return valid_tools_call(output_of(row), row["tools"], check_weather);
  if (type.starts_with("is-valid-")) return valid_function_call(output_of(row), row["functions"], check_weather);
  if (type == "skill-used") return skill_used(row["metadata"], value, sense);
  return on_trace(row, [&](const Trace& trace) -> Answer {
    if (type == "trace-span-count") return trace_span_count(trace, value);
    if (type == "trace-span-duration") return trace_span_duration(trace, value);
    if (type == "trace-error-spans") return trace_error_spans(trace, value);
    const std::vector<Step> steps = steps_of(trace);
    if (type == "trajectory:tool-used") return tool_used(steps, value, sense);
    if (type == "trajectory:tool-sequence") return tool_sequence(steps, value);
    if (type == "trajectory:tool-args-match") return tool_args_match(steps, value);
    if (type == "trajectory:step-count") return step_count(steps, value);
    return failure("no such type");
  });
}

/// "pass 1", "fail 0.5", "raised": a finding as the record has it.
std::string shown(const Answer& answer, bool inverse) {
  if (!answer) return "raised";
  const bool pass = answer->fixed ? answer->holds : answer->holds != inverse;
  return (pass ? "pass " : "fail ") + std::to_string(answer->score.value_or(pass ? 1 : 0));
}

std::string recorded(View row) {
  if (row["raised"].exists()) return "raised";
  return (row["pass"].as_bool().value() ? "pass " : "fail ") + std::to_string(row["score"].as_double().value());
}

/// Lines where Assay means to differ; each with its reason.
const std::set<std::string> kDifferences = {};

struct Counts {
  int rows = 0, passed = 0, failed = 0, raised = 0;
};

Counts compare(const std::string& file) {
  std::ifstream lines(ASSAY_SOURCE_DIR "/tests/data/tools/" + file + ".jsonl");
  Counts counts;
  for (std::string line; std::getline(lines, line);) {
    const auto row = json::parse(line, json::Limits::foreign());
    BOOST_REQUIRE(row.has_value());
    ++counts.rows;
    const std::string expected = recorded(row->root());
    const Answer answer = judge(row->root());
    ++(expected == "raised" ? counts.raised : expected.starts_with("pass") ? counts.passed : counts.failed);
    if (kDifferences.contains(file + ":" + std::to_string(counts.rows))) continue;
    BOOST_TEST(shown(answer, is_inverse(row->root())) == expected,
               file << ":" << counts.rows << ": " << shown(answer, is_inverse(row->root())) << " ("
                    << (answer ? answer->found : answer.error()) << ") instead of " << expected << ": " << line);
  }
  return counts;
}

}  // namespace

// The record holds what promptfoo answered (scripts/dev/tools-corpus.mjs).
BOOST_AUTO_TEST_SUITE(tools_corpus)

BOOST_AUTO_TEST_CASE(answers_as_promptfoo_did) {
  for (const char* file :
       {"tool_call_f1", "valid_tools_call", "valid_function_call", "skill_used", "trace_span_count",
        "trace_span_duration", "trace_error_spans", "tool_used", "tool_sequence", "tool_args_match", "step_count"}) {
    const Counts counts = compare(file);

    BOOST_TEST(counts.rows >= 100, file);
    BOOST_TEST(counts.passed >= 5, file);
    BOOST_TEST(counts.failed >= 5, file);
  }
}

BOOST_AUTO_TEST_SUITE_END()
