#include "javascript/function_body.hpp"

#include <boost/test/unit_test.hpp>
#include <utility>
#include <vector>

using assay::javascript::function_body;

BOOST_AUTO_TEST_SUITE(function_bodies)

BOOST_AUTO_TEST_CASE(return_one_line_and_keep_several) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"output === 'a'", "return output === 'a'"},
      {"  output ; ; ", "return output"},
      {"const s = JSON.parse(output).score; s > 0.5", "const s = JSON.parse(output).score; return s > 0.5"},
      {"let a = ';', b = \"\\\";\"; a + b === output;", "let a = ';', b = \"\\\";\"; return a + b === output"},
      {"var only = 1", "var only = 1"},
      {"constant > 1; 2", "return constant > 1; 2"},
      {"const a = 1;\nreturn a", "const a = 1;\nreturn a"},
      {"output === 'true'\n", "return output === 'true'"},
      {"\noutput", "\noutput"},
      {"", "return "}};
  for (const auto& [value, body] : cases) BOOST_TEST(function_body(value) == body);
}

BOOST_AUTO_TEST_SUITE_END()
