#include "json/equal.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace assay::json;

namespace {

bool same(std::string_view left, std::string_view right, Numbers numbers = Numbers::same_value) {
  Limits deep = Limits::foreign();
  deep.max_depth = 1024;
  const auto a = parse(left, deep), b = parse(right, deep);
  const bool equal = deep_equal(a->root(), b->root(), numbers);
  BOOST_TEST(equal == deep_equal(b->root(), a->root(), numbers));
  if (equal) BOOST_TEST(deep_hash(a->root()) == deep_hash(b->root()));
  return equal;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(equality)

BOOST_AUTO_TEST_CASE(takes_members_in_any_order_and_elements_in_theirs) {
  BOOST_TEST(same(R"({"a": 1, "b": [1, {"c": null}]})", R"({"b": [1, {"c": null}], "a": 1.0})"));
  BOOST_TEST(!same("[1, 2]", "[2, 1]"));
  BOOST_TEST(!same("[1]", "[1, 1]"));
  BOOST_TEST(!same(R"({"a": 1})", R"({"b": 1})"));
  BOOST_TEST(!same(R"({"a": 1})", R"({"a": 1, "b": 1})"));
  BOOST_TEST(same(R"({"a": 2, "a": 1})", R"({"a": 1})"));
  BOOST_TEST(same(R"("\u0061")", R"("a")"));
}

BOOST_AUTO_TEST_CASE(keeps_kinds_apart) {
  const std::string_view all[] = {"null", "false", "true", "0", "1", "\"\"", "\"0\"", "[]", "{}", "[0]", "\"null\""};
  for (const std::string_view left : all) {
    for (const std::string_view right : all) BOOST_TEST(same(left, right) == (left == right), left << " and " << right);
  }
}

BOOST_AUTO_TEST_CASE(compares_numbers_in_three_ways) {
  BOOST_TEST(same("1.0", "1"));
  BOOST_TEST(same("100", "1e2"));
  BOOST_TEST(!same("-0", "0"));
  BOOST_TEST(same("-0", "-0.0"));
  BOOST_TEST(same("-0", "0", Numbers::equal));
  BOOST_TEST(same("-0", "0", Numbers::exact));
  BOOST_TEST(same("9007199254740993", "9007199254740992"));
  BOOST_TEST(same("9007199254740993", "9007199254740992", Numbers::equal));
  BOOST_TEST(!same("9007199254740993", "9007199254740992", Numbers::exact));
}

BOOST_AUTO_TEST_CASE(bears_depth_and_width) {
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  BOOST_TEST(same(deep, deep));
  std::string wide = "{\"a\":0";
  for (int index = 0; index < 20'000; ++index) wide += ",\"k" + std::to_string(index) + "\":[]";
  BOOST_TEST(same(wide + "}", wide + "}"));
  BOOST_TEST(!same(wide + "}", wide + ",\"z\":1}"));
}

BOOST_AUTO_TEST_CASE(of_nothing_is_with_nothing) {
  const auto document = parse("null");
  BOOST_TEST(deep_equal(View(), View()));
  BOOST_TEST(!deep_equal(View(), document->root()));
}

BOOST_AUTO_TEST_SUITE_END()
