#include "json/grammar.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using assay::json::is_json;

BOOST_AUTO_TEST_SUITE(grammar)

BOOST_AUTO_TEST_CASE(takes_what_json_parse_takes) {
  for (const std::string_view text : {"{}",
                                      "[]",
                                      " \t\r\n{ } ",
                                      "null",
                                      "true",
                                      "false",
                                      "0",
                                      "-0",
                                      "1e999",
                                      "-1.5E+3",
                                      "\"\"",
                                      "\"\\ud800\"",
                                      "\"\x7F\"",
                                      "[1,[2,{\"a\":[]}],\"x\"]",
                                      "{\"a\":{\"b\":1},\"a\":2}",
                                      "\"\\/\\b\\f\\n\\r\\t\\\\\\\"\\u00e9\"",
                                      "[[],[]]",
                                      "[{},{}]",
                                      "\"\xE2\x80\xA8\"",
                                      "\"\xFF\"",
                                      "\"\xEF\xBB\xBF\"",
                                      "1234567890123456789012345678901234567890",
                                      "{\"\":0}"}) {
    BOOST_TEST(is_json(text), text);
  }
}

BOOST_AUTO_TEST_CASE(refuses_what_json_parse_refuses) {
  for (const std::string_view text : {"",
                                      " ",
                                      "{",
                                      "[",
                                      "}",
                                      "]",
                                      "[1,]",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "{'a':1}",
                                      "[1 2]",
                                      "{\"a\" 1}",
                                      "{\"a\":}",
                                      "01",
                                      "-",
                                      "1.",
                                      ".5",
                                      "1e",
                                      "1e+",
                                      "+1",
                                      "0x1",
                                      "NaN",
                                      "Infinity",
                                      "undefined",
                                      "nul",
                                      "nulll",
                                      "True",
                                      "\"",
                                      "\"\\\"",
                                      "\"\\x\"",
                                      "\"\\u12g4\"",
                                      "\"\\u123",
                                      "\"\n\"",
                                      "\"\t\"",
                                      "// c\n1",
                                      "/**/1",
                                      "1 1",
                                      "[] []",
                                      "\xEF\xBB\xBF{}",
                                      "\xC2\xA0"
                                      "1",
                                      "1\xC2\xA0",
                                      "\v1",
                                      "\f1",
                                      "```json\n{}\n```",
                                      "[,1]",
                                      "[1,,2]",
                                      "{,}",
                                      "{\"a\"}",
                                      "[}",
                                      "{]",
                                      "[1}",
                                      "{\"a\":1]",
                                      "--1",
                                      "\xFF",
                                      "{\"a\":1 \"b\":2}",
                                      "[\"a\":1]"}) {
    BOOST_TEST(!is_json(text), text);
  }
  BOOST_TEST(!is_json(std::string_view("\"\0\"", 3)));
  BOOST_TEST(!is_json(std::string_view("1\0", 2)));
}

BOOST_AUTO_TEST_CASE(has_no_limit_of_depth) {
  const std::size_t depth = 1'000'000;
  std::string text = std::string(depth, '[') + std::string(depth, ']');

  BOOST_TEST(is_json(text));
  text.pop_back();
  BOOST_TEST(!is_json(text));
  text.push_back('}');
  BOOST_TEST(!is_json(text));
}

BOOST_AUTO_TEST_SUITE_END()
