#include "suite/read.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

using namespace assay;

namespace {

std::string fault(const std::string& text) {
  const auto suite = suite::read(text);
  return suite ? "read" : suite.error().path + ": " + suite.error().message;
}

/// A whole suite around one case.
std::string with_case(const std::string& test) {
  return R"({"name":"n","prompt":"p","cases":[)" + test + "]}";
}
std::string with(const std::string& field) {
  return R"({"name":"n","prompt":"p","cases":[],)" + field + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stored_suite)

BOOST_AUTO_TEST_CASE(takes_every_field) {
  const auto suite = suite::read(R"({
    "name": "greeter", "prompt": {"sections": [{"title": "Role", "content": "Greet."}]}, "dialect": "prpm", "on_unknown": "hold",
    "defaults": {"temperature": 0, "max_tokens": 120, "top_p": 0.5, "seed": -7, "stop": ["END", "\n"]},
    "cases": [
      {"title": "t", "input": "i", "expected_output": "e", "tags": ["x", "y"],
       "assertions": [{"type": "contains", "value": "caf\u00e9"}, {"value": 12.50}, {"type": "is-json"}, {"type": null, "value": null}]},
      {"title": "", "input": "", "expected_output": null, "assertions": []}
    ]})");

  BOOST_REQUIRE(suite.has_value());
  BOOST_TEST(suite->name == "greeter");
  BOOST_TEST(suite->prompt == "## Role\n\nGreet.");
  BOOST_TEST((suite->on_unknown == OnUnknown::hold));
  BOOST_TEST(suite->defaults.temperature.value() == 0.0);
  BOOST_TEST(suite->defaults.max_tokens.value() == 120);
  BOOST_TEST(suite->defaults.top_p.value() == 0.5);
  BOOST_TEST(suite->defaults.seed.value() == -7);
  BOOST_TEST(suite->defaults.stop.size() == 2u);
  BOOST_REQUIRE(suite->cases.size() == 2u);
  const TestCase& test = suite->cases[0];
  BOOST_TEST(test.title == "t");
  BOOST_TEST(test.input.value() == "i");
  BOOST_TEST(test.expected_output.value() == "e");
  BOOST_TEST(test.tags.size() == 2u);
  BOOST_REQUIRE(test.assertions.size() == 4u);
  BOOST_TEST(test.assertions[0].type == "contains");
  BOOST_TEST(test.assertions[0].value == "\"caf\\u00e9\"");
  BOOST_TEST(test.assertions[1].type == "");
  BOOST_TEST(test.assertions[1].value == "12.50");
  BOOST_TEST(test.assertions[2].value == "");
  BOOST_TEST(test.assertions[3].type == "");
  BOOST_TEST(test.assertions[3].value == "null");
  BOOST_TEST(!suite->cases[1].expected_output.has_value());
}

BOOST_AUTO_TEST_CASE(fills_in_what_may_be_left_out) {
  const auto suite = suite::read(with_case(R"({"title":"t","input":"i"})"));

  BOOST_REQUIRE(suite.has_value());
  BOOST_TEST((suite->dialect == AssertionDialect::prpm));
  BOOST_TEST((suite->on_unknown == OnUnknown::repeat));
  BOOST_TEST(!suite->defaults.temperature.has_value());
  BOOST_TEST(suite->cases[0].assertions.empty());
}

BOOST_AUTO_TEST_CASE(takes_more_outside_prpm) {
  const auto suite = suite::read(R"({
    "name": "n", "prompt": "p", "dialect": "strict", "templates": true,
    "cases": [{"title": "t", "vars": {"a": [1]}, "threshold": 0.5, "metadata": {"k": 1},
      "assertions": [{"type": "any-of", "weight": 2, "metric": "m", "threshold": 0.25, "config": {"x": 1}, "transform": "c",
                      "assert": [{"type": "contains", "value": "a"}, {"type": "all-of", "assert": [{"type": "is-json"}]}]}]}]})");

  BOOST_REQUIRE_MESSAGE(suite.has_value(), (suite ? "" : suite.error().path + suite.error().message));
  BOOST_TEST((suite->dialect == AssertionDialect::strict));
  BOOST_TEST(suite->templates);
  const TestCase& test = suite->cases[0];
  BOOST_TEST(!test.input.has_value());
  BOOST_TEST(test.vars == R"({"a": [1]})");
  BOOST_TEST(test.threshold.value() == 0.5);
  BOOST_TEST(test.metadata == R"({"k": 1})");
  const AssertionSpec& set = test.assertions[0];
  BOOST_TEST(set.weight.value() == 2.0);
  BOOST_TEST(set.threshold.value() == 0.25);
  BOOST_TEST(set.metric == "m");
  BOOST_TEST(set.config == R"({"x": 1})");
  BOOST_TEST(set.transform == "c");
  BOOST_REQUIRE(set.members.size() == 2u);
  BOOST_TEST(set.members[0].value == "\"a\"");
  BOOST_TEST(set.members[1].members[0].type == "is-json");
}

BOOST_AUTO_TEST_CASE(has_templates_always_in_promptfoo) {
  BOOST_TEST(suite::read(with(R"("dialect":"promptfoo")"))->templates);
  BOOST_TEST(!suite::read(with(R"("dialect":"strict")"))->templates);
}

BOOST_AUTO_TEST_CASE(bounds_sets_inside_one_another) {
  std::string set = R"({"type":"is-json"})";
  for (int depth = 0; depth < 40; ++depth) set = R"({"type":"all-of","assert":[)" + set + "]}";

  const std::string why = fault(R"({"name":"n","prompt":"p","dialect":"strict","cases":[{"title":"t","assertions":[)" + set + "]}]}");

  BOOST_TEST(why.find("stands inside too many other sets") != std::string::npos, why);
}

BOOST_AUTO_TEST_CASE(names_the_path_of_the_first_fault) {
  const std::vector<std::pair<std::string, std::string>> faults{
      {"[]", ": is an array; it must be an object"},
      {"{}", "name: is nothing; it must be a string"},
      {R"({"name":"n","cases":[]})", "prompt: is missing"},
      {R"({"name":"n","prompt":null,"cases":[]})", "prompt: is missing"},
      {R"({"name":"n","prompt":"p"})", "cases: is nothing; it must be a list"},
      {R"({"name":1,"prompt":"p","cases":[]})", "name: is a number; it must be a string"},
      {with(R"("dialect":"pytest")"), "dialect: is not one this program knows: prpm, promptfoo, strict"},
      {with(R"("dialect":1)"), "dialect: is not one this program knows: prpm, promptfoo, strict"},
      {with(R"("templates":true)"), "templates: is not a key this program knows"},
      {with(R"("dialect":"strict","templates":"yes")"), "templates: is a string; it must be true or false"},
      {with(R"("on_unknown":"panic")"), "on_unknown: must be repeat or hold"},
      {with(R"("judge":"x")"), "judge: is not a key this program knows"},
      {with(R"("defaults":[])"), "defaults: must be an object, such as {\"temperature\": 0, \"max_tokens\": 1024}"},
      {with(R"("defaults":{"temperature":"hot"})"), "defaults.temperature: must be a number from 0 to 2"},
      {with(R"("defaults":{"max_tokens":1.5})"),
       "defaults.max_tokens: must be a whole number from 1 to 10000000"},
      {with(R"("defaults":{"stop":7})"), "defaults.stop: must be a text of 1 to 256 bytes, or a list of at most 16"},
      {with(R"("defaults":{"stop":["x",1]})"), "defaults.stop: must be a text of 1 to 256 bytes, or a list of at most 16"},
      {with(R"("defaults":{"n":1})"), "defaults.n: is not a key this program knows"},
      {with_case("7"), "cases[0]: is a number; it must be an object"},
      {with_case(R"({"title":"t"})"), "cases[0].input: is nothing; it must be a string"},
      {with_case(R"({"title":"t","input":"i","vars":{}})"), "cases[0].vars: is not a key this program knows"},
      {with_case(R"({"title":"t","input":"i","tags":["a",null]})"), "cases[0].tags[1]: is null; it must be a string"},
      {with_case(R"({"title":"t","input":"i","expected_output":5})"),
       "cases[0].expected_output: is a number; it must be a string"},
      {with_case(R"({"title":"t","input":"i","assertions":{}})"),
       "cases[0].assertions: is an object; it must be a list"},
      {with_case(R"({"title":"t","input":"i"},{"title":"t","input":"i","assertions":[{"value":1},{"type":3}]})"),
       "cases[1].assertions[1].type: is a number; it must be a string"},
      {with_case(R"({"title":"t","input":"i","assertions":[{"type":""}]})"),
       "cases[0].assertions[0].type: is empty; leave it out to mean the dialect's own"},
      {with_case(R"({"title":"t","input":"i","assertions":[{"type":"contains","weight":2}]})"),
       "cases[0].assertions[0].weight: is not a key this program knows"},
      {with_case(R"({"title":"t","input":"i","assertions":["contains"]})"),
       "cases[0].assertions[0]: is a string; it must be an object"},
      {R"({"name":"n","name":"m","prompt":"p","cases":[]})", ": line 1, column 13: the key \"name\" stands twice"},
      {R"({"name":"n\u0000","prompt":"p","cases":[]})", ": line 1, column 9: a NUL character inside a string"},
      {"{\"name\":\"\xFF\"}", ": line 1, column 10: not UTF-8"},
  };
  for (const auto& [text, expected] : faults)
    BOOST_TEST(fault(text) == expected, fault(text) << " instead of " << expected);
}

BOOST_AUTO_TEST_CASE(ends_cleanly_on_hostile_nesting) {
  const auto nested = [](std::size_t depth) {
    return R"({"name":"n","cases":[],"prompt":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };

  BOOST_TEST(fault(nested(1000)) == "read");
  BOOST_TEST(fault(nested(200'000)).find("nested deeper than 1024") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(reads_the_examples) {
  int examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/examples/suites")) {
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};

    BOOST_TEST(fault(text) == "read", entry.path());
    ++examples;
  }
  BOOST_TEST(examples >= 3);
}

BOOST_AUTO_TEST_SUITE_END()
