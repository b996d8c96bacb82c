#include <boost/test/unit_test.hpp>
#include <string>

#include "json/document.hpp"
#include "tools/calls.hpp"
#include "tools/glob.hpp"
#include "tools/span_checks.hpp"
#include "tools/step.hpp"
#include "tools/tool_call_f1.hpp"
#include "tools/trajectory.hpp"

using namespace assay;
using namespace assay::tools;

namespace {

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

json::Document parsed(std::string_view text) {
  auto document = json::parse(text);
  BOOST_REQUIRE_MESSAGE(document.has_value(), text.substr(0, 200));
  return std::move(*document);
}

constexpr std::size_t kMegabyte = 1'000'000;

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_tools)

BOOST_AUTO_TEST_CASE(a_megabyte_of_open_brackets_names_the_limit) {
  for (const char* piece : {"[", "{", "]", "[\n", "{\"a\":[", "[[{]"}) {
    const auto calls = read_calls(Output(repeated(piece, kMegabyte)));

    BOOST_REQUIRE_MESSAGE(!calls.has_value(), piece);
    BOOST_TEST(calls.error().find("65536") != std::string::npos, calls.error());
  }
}

BOOST_AUTO_TEST_CASE(malformed_json_inside_malformed_json_is_read_a_bounded_number_of_times) {
  const std::string text = repeated("{\n", 20'000) + "\nx\n" + repeated("\n}", 20'000);

  const auto calls = read_calls(Output(text));

  BOOST_REQUIRE(!calls.has_value());
  BOOST_TEST(calls.error().find("four passes") != std::string::npos, calls.error());
}

BOOST_AUTO_TEST_CASE(deep_json_is_refused_by_its_depth) {
  const std::string text = repeated("[", 10'000) + repeated("]", 10'000);

  const auto calls = read_calls(Output(text));

  BOOST_REQUIRE(!calls.has_value());
  BOOST_TEST(calls.error().find("deep") != std::string::npos, calls.error());
}

BOOST_AUTO_TEST_CASE(any_bytes_are_text) {
  for (const std::string& text : {std::string("\xFF\xFE{\"name\"", 9), std::string("\0[{\"name\":\"a\"}]\n", 17),
                                  std::string("\xED\xA0\x80\n[{\"name\":\"\xFF\"}]")}) {
    BOOST_TEST(read_calls(Output(text)).has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_spans_are_judged_and_one_more_is_refused) {
  std::string spans;
  for (std::size_t n = 0; n < max_spans; ++n) {
    spans += R"({"name":"s","startTime":)" + std::to_string(n) + R"(,"endTime":)" + std::to_string(2 * n) +
             R"(,"attributes":{"tool.name":"t","args":"{\"a\":1}"}},)";
  }
  const std::string last = R"({"name":"x","startTime":0})";
  const json::Document full = parsed("{\"spans\":[" + spans.substr(0, spans.size() - 1) + "]}");
  const json::Document over = parsed("{\"spans\":[" + spans + last + "]}");
  const json::Document values = parsed(
      R"([{"pattern":"s*","min":100000},{"max":99998,"percentile":100},{"name":"t","args":{"a":2}},{"min":100000}])");

  const auto trace = read_trace(full.root());
  BOOST_REQUIRE(trace.has_value());
  const std::vector<Step> steps = steps_of(*trace);

  BOOST_TEST(trace_span_count(*trace, values.root()[0])->holds);
  BOOST_TEST(!trace_span_duration(*trace, values.root()[1])->holds);
  BOOST_TEST(!tool_args_match(steps, values.root()[2])->holds);
  BOOST_TEST(step_count(steps, values.root()[3])->holds);
  BOOST_TEST(read_trace(over.root()).error().find("100000 spans") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(globs_take_no_more_than_length_times_length) {
  const auto glob = Glob::compile(repeated("*a", 1000) + "b");
  BOOST_REQUIRE(glob.has_value());

  BOOST_TEST(!glob->matches(std::string(20'000, 'a')));
  BOOST_TEST(!Glob::compile(std::string(1025, 'a')).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
