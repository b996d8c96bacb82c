#include "assertions/compile.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace assay;

namespace {

TestCase asserting(std::string type, std::string value) {
  TestCase test;
  test.assertions.push_back({std::move(type), std::move(value)});
  return test;
}

std::string fault(const TestCase& test) {
  const auto compiled = assertions::compile(test, AssertionDialect::prpm);
  return compiled ? "compiled" : compiled.error().path + ": " + compiled.error().message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(compiling)

BOOST_AUTO_TEST_CASE(says_what_is_wrong_and_where) {
  BOOST_TEST(fault(asserting("contain", "\"a\"")) == "assertions[0].type: assertion type \"contain\" is unknown");
  BOOST_TEST(fault(asserting("llm-rubric", "\"a\"")) ==
             "assertions[0].type: assertion type \"llm-rubric\" is not built yet");
  BOOST_TEST(fault(asserting("contains", "")) == "assertions[0].value: the value is missing");
  BOOST_TEST(fault(asserting("equals", "[]")) ==
             "assertions[0].value: the value is an array; it must be text, a number or a boolean");
  BOOST_TEST(fault(asserting("length-less-than", "{}")) ==
             "assertions[0].value: the value is an object; it must be a number");
  BOOST_TEST(fault(asserting("length-less-than", "\"1e999\"")) ==
             "assertions[0].value: the value is text that is not a number");
  BOOST_TEST(fault(asserting("regex", "\"(?<=a*)b\"")) ==
             "assertions[0].value: the regex is refused: variable_lookbehind at byte 5");
}

BOOST_AUTO_TEST_CASE(names_the_case_of_a_suite) {
  Suite suite;
  suite.cases = {asserting("contains", "\"a\""), asserting("regex", "\"[\"")};
  suite.cases[1].assertions.insert(suite.cases[1].assertions.begin(), {"is-json", ""});

  const auto compiled = assertions::compile_suite(suite);

  BOOST_REQUIRE(!compiled.has_value());
  BOOST_TEST(compiled.error().path == "cases[1].assertions[1].value");
}

BOOST_AUTO_TEST_CASE(keeps_the_order_of_cases) {
  Suite suite;
  suite.cases = {asserting("regex", "\"a+\""), asserting("contains", "\"x\""), asserting("regex", "\"a+\"")};

  const auto compiled = assertions::compile_suite(suite);

  BOOST_REQUIRE(compiled.has_value());
  BOOST_REQUIRE(compiled->cases.size() == 3u);
  BOOST_TEST(compiled->cases[1].checks[0].type == "contains");
}

BOOST_AUTO_TEST_CASE(compiles_equal_patterns_once) {
  assertions::Regexes regexes(2, assertions::SuiteBounds{});

  const auto first = regexes.get("a+"), other = regexes.get("b"), again = regexes.get("a+");

  BOOST_TEST((*first == *again));
  BOOST_TEST((*first != *other));
}

BOOST_AUTO_TEST_CASE(bounds_all_regexes_of_a_suite_together) {
  Suite suite;
  for (int i = 0; i < 40; ++i) suite.cases.push_back(asserting("regex", "\".{900}" + std::to_string(i) + "\""));
  assertions::SuiteBounds bounds;
  bounds.regex_instructions = 100'000;

  const auto compiled = assertions::compile_suite(suite, bounds);

  BOOST_REQUIRE(!compiled.has_value());
  BOOST_TEST(compiled.error().message == "the suite's regexes together exceed 100000 instructions");
  suite.cases.resize(4);
  BOOST_TEST(assertions::compile_suite(suite, bounds).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
