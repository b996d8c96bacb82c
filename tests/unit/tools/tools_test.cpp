#include <boost/test/unit_test.hpp>
#include <string>

#include "json/document.hpp"
#include "tools/calls.hpp"
#include "tools/glob.hpp"
#include "tools/step.hpp"
#include "tools/trajectory.hpp"
#include "tools/valid_call.hpp"
#include "tools/values.hpp"

using namespace assay;
using namespace assay::tools;

namespace {

json::Document parsed(std::string_view text) {
  auto document = json::parse(text, json::Limits::foreign());
  BOOST_REQUIRE_MESSAGE(document.has_value(), text);
  return std::move(*document);
}

std::string calls_in(std::string_view text) {
  const auto calls = read_calls(Output(text));
  BOOST_REQUIRE(calls.has_value());
  std::string shown;
  for (const Call& call : *calls) shown += call.name + call.arguments + ";";
  return shown;
}

bool matches(std::string_view pattern, std::string_view name) {
  return Glob::compile(pattern)->matches(name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tool_calls)

BOOST_AUTO_TEST_CASE(are_read_with_their_arguments_from_every_shape) {
  BOOST_TEST(calls_in(R"({"tool_calls":[{"function":{"name":"a","arguments":"{\"x\":1}"}}]})") == R"(a{"x":1};)");
  BOOST_TEST(calls_in(R"({"type":"function_call","name":"a","arguments":"{}"})") == "a{};");
  BOOST_TEST(calls_in(R"([{"type":"text"},{"type":"tool_use","name":"a","input":{"x": 1}}])") == R"(a{"x":1};)");
  BOOST_TEST(calls_in(R"([{"functionCall":{"name":"a","args":{}}}])") == "a{};");
  BOOST_TEST(calls_in(R"({"toolCall":{"functionCalls":[{"name":"a","args":{}},{"name":"b"}]}})") == "a{};b;");
  BOOST_TEST(calls_in(R"([{"name":"a"}])") == "a;");
}

BOOST_AUTO_TEST_CASE(stand_in_text_where_they_start_a_line_outside_fences) {
  BOOST_TEST(calls_in("I call\n[{\"name\":\"a\"}]\nand `x` [{\"name\":\"b\"}]\n") == "a;");
  BOOST_TEST(calls_in("```json\n[{\"name\":\"a\"}]\n```\n [{\"name\":\"b\"}]") == "b;");
  BOOST_TEST(calls_in("[{\"name\":\"a\"}] trailing") == "");
}

BOOST_AUTO_TEST_CASE(are_invalid_when_the_schema_is_and_errors_when_a_limit_is_met) {
  const auto output = parsed(R"([{"function":{"name":"f","arguments":"{}"}}])");
  const auto offered = parsed(R"([{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}])");
  const auto broken = [](json::View, json::View) -> Result<SchemaAnswer, std::string> {
    return SchemaAnswer{SchemaAnswer::Kind::broken, "unknown keyword"};
  };
  const auto limited = [](json::View, json::View) -> Result<SchemaAnswer, std::string> {
    return failure("too many steps");
  };

  BOOST_TEST(!valid_tools_call(Output(output.root()), offered.root(), broken)->holds);
  BOOST_TEST(valid_tools_call(Output(output.root()), offered.root(), limited).error() == "too many steps");
}

BOOST_AUTO_TEST_CASE(of_the_other_vendor_are_checked_against_declarations) {
  const auto tools = parsed(
      R"([{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT","properties":{"a":{"type":"STRING"}}}},
          {"name":"bare"}]}])");
  std::string seen;
  const auto check = [&](json::View schema, json::View) -> Result<SchemaAnswer, std::string> {
    seen = schema.dump();
    return SchemaAnswer{};
  };
  const auto valid = [&](std::string_view output) {
    const Answer answer = valid_function_call(Output(output), tools.root(), check);
    BOOST_REQUIRE(answer.has_value());
    return answer->holds;
  };

  BOOST_TEST(valid(R"([{"functionCall":{"name":"f","args":"{\"a\":\"x\"}"}}])"));
  BOOST_TEST(seen == R"({"type":"object","properties":{"a":{"type":"string"}}})");
  BOOST_TEST(valid(R"({"toolCall":{"functionCalls":[{"name":"bare","args":{}}]}})"));
  BOOST_TEST(!valid(R"([{"functionCall":{"name":"f","args":{}}}])"));
  BOOST_TEST(!valid(R"([{"functionCall":{"name":"bare","args":{"x":1}}}])"));
  BOOST_TEST(!valid(R"([{"functionCall":{"name":"other","args":{}}}])"));
  BOOST_TEST(!valid("no call"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(name_globs)

BOOST_AUTO_TEST_CASE(match_whole_names_whatever_their_case) {
  BOOST_TEST(matches("LLM.*", "llm.call"));
  BOOST_TEST(!matches("llm", "llm.call"));
  BOOST_TEST(matches("*", ""));
  BOOST_TEST(matches("a?c*", "abcd"));
  BOOST_TEST(!matches("a?c", "ac"));
  BOOST_TEST(matches("[x].+", "[X].+"));
  BOOST_TEST(matches("\xC3\x89*", "\xC3\xA9t\xC3\xA9"));
}

BOOST_AUTO_TEST_CASE(do_not_cross_lines_and_count_utf16_units) {
  BOOST_TEST(!matches("*", "a\nb"));
  BOOST_TEST(matches("*\n*", "a\nb"));
  BOOST_TEST(!matches("?", "\xF0\x9F\x98\x80"));
  BOOST_TEST(matches("??", "\xF0\x9F\x98\x80"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(trajectory_values)

BOOST_AUTO_TEST_CASE(are_equal_deeply_and_strictly) {
  const auto values = parsed(R"([{"a":1.0,"b":[0]},{"b":[0],"a":1},{"b":[-0],"a":1},{"a":2,"a":1,"b":[0]}])");

  BOOST_TEST(same(values.root()[0], values.root()[1]));
  BOOST_TEST(!same(values.root()[0], values.root()[2]));
  BOOST_TEST(same(values.root()[0], values.root()[3]));
}

BOOST_AUTO_TEST_CASE(become_numbers_as_javascript_reads_them) {
  const auto values = parsed(R"([null,true,"  5 ","-.5","1.","007","","x",{},"-","+-1","1e2","Infinity"])");
  const std::string expected = "0 1 5 -0.5 1 7 0 nan nan nan nan 100 inf ";

  std::string shown;
  for (const json::View value : values.root().elements()) {
    std::ostringstream number;
    number << to_number(value);
    shown += (number.str() == "-nan" ? "nan" : number.str()) + " ";
  }

  BOOST_TEST(shown == expected);
}

BOOST_AUTO_TEST_SUITE_END()
