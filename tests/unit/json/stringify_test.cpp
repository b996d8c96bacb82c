#include "json/stringify.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace assay;

namespace {

std::string stringified(const std::string& text) {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 1024;
  const auto document = json::parse(text, limits);
  BOOST_REQUIRE_MESSAGE(document.has_value(), text);
  return json::stringify(document->root());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stringify)

BOOST_AUTO_TEST_CASE(writes_what_javascript_writes) {
  BOOST_TEST(stringified(" [ 1.0, -0, 1e21, 0.1, 1E2, true, null, \"x\" ] ") == R"([1,0,1e+21,0.1,100,true,null,"x"])");
  BOOST_TEST(stringified(R"({"b":1,"a":{"c":[]},"d":{}})") == R"({"b":1,"a":{"c":[]},"d":{}})");
  BOOST_TEST(stringified("\"\\u0000\\u001f\\b\\f\\n\\r\\t\\u007f\\/\\\"\\\\ \\u00e9\"") ==
             "\"\\u0000\\u001f\\b\\f\\n\\r\\t\x7F/\\\"\\\\ \xC3\xA9\"");
}

BOOST_AUTO_TEST_CASE(keeps_the_last_of_equal_keys_at_the_place_of_the_first) {
  BOOST_TEST(stringified(R"({"a":1,"b":2,"a":3})") == R"({"a":3,"b":2})");
}

BOOST_AUTO_TEST_CASE(puts_array_indices_first) {
  BOOST_TEST(stringified(R"({"b":0,"10":1,"2":2,"02":3,"-1":4,"1.5":5,"4294967295":6,"4294967294":7,"":8})") ==
             R"({"2":2,"10":1,"4294967294":7,"b":0,"02":3,"-1":4,"1.5":5,"4294967295":6,"":8})");
}

BOOST_AUTO_TEST_CASE(escapes_lone_surrogates) {
  BOOST_TEST(stringified(R"("\ud83d\ude00 \uD83D x \ude00")") == "\"\xF0\x9F\x98\x80 \\ud83d x \\ude00\"");
}

BOOST_AUTO_TEST_CASE(goes_as_deep_as_a_document_may) {
  const std::string deep = std::string(1024, '[') + std::string(1024, ']');

  BOOST_TEST(stringified(deep) == deep);
}

BOOST_AUTO_TEST_SUITE_END()
