#include "yaml/to_json.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::yaml;

BOOST_AUTO_TEST_SUITE(json_of_yaml)

BOOST_AUTO_TEST_CASE(keeps_kinds_and_order) {
  const auto json = to_json("b: 1\na: [x, \"2\", 2.50, true, ~, {c: 'it''s', d: }]\n1.0: 0x10\nnull: .inf\n");

  BOOST_REQUIRE(json.has_value());
  BOOST_TEST(*json == R"({"b":1,"a":["x","2",2.5,true,null,{"c":"it's","d":null}],"1":16,"null":null})");
}

BOOST_AUTO_TEST_CASE(reads_json_too) {
  const auto json = to_json("{\"type\": \"object\",\n \"required\": [\"a\", 1e21],\n \"text\": \"\\u00e9\\n\"}");

  BOOST_REQUIRE(json.has_value());
  BOOST_TEST(*json == "{\"type\":\"object\",\"required\":[\"a\",1e+21],\"text\":\"\xC3\xA9\\n\"}");
}

BOOST_AUTO_TEST_CASE(joins_the_lines_of_texts_as_their_style_says) {
  const auto json = to_json("a: |\n  one\n  two\n\nb: >\n  one\n  two\n\n  three\nc: |-\n  x\nd: one\n  two\n");

  BOOST_REQUIRE(json.has_value());
  BOOST_TEST(*json == R"({"a":"one\ntwo\n","b":"one two\nthree\n","c":"x","d":"one two"})");
}

BOOST_AUTO_TEST_CASE(of_nothing_is_null) {
  BOOST_TEST(*to_json("") == "null");
  BOOST_TEST(*to_json("# only a comment\n") == "null");
}

BOOST_AUTO_TEST_CASE(says_where_the_text_is_broken) {
  const auto json = to_json("a: 1\nb: [1, 2\n");

  BOOST_REQUIRE(!json.has_value());
  BOOST_TEST(json.error().starts_with("line 2, column "), json.error());
}

BOOST_AUTO_TEST_SUITE_END()
