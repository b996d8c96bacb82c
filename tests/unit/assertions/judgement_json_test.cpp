#include "assertions/judgement_json.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "json/document.hpp"

using namespace assay;

namespace {

AssertionResult result(std::int32_t index, bool passed, std::string expected, std::string found,
                       std::string error = {}) {
  return {index, "contains", passed, std::move(expected), std::move(found), std::move(error), passed ? 1.0 : 0.0};
}

json::Document parsed(const std::string& text) {
  json::Limits limits;
  limits.nul = json::Limits::Nul::refuse;
  auto document = json::parse(text, limits);
  BOOST_REQUIRE_MESSAGE(document.has_value(), text);
  return std::move(*document);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(judgement_json)

BOOST_AUTO_TEST_CASE(lists_the_assertions_in_order) {
  Judgement judgement;
  judgement.assertions = {result(0, true, "a", ""), result(1, false, "b", "x\"y")};

  BOOST_TEST(
      assertions::to_json(judgement) ==
      R"([{"index":0,"type":"contains","passed":true,"expected":"a"},{"index":1,"type":"contains","passed":false,"expected":"b","found":"x\"y"}])");
  BOOST_TEST(assertions::to_json(Judgement{}) == "[]");
}

BOOST_AUTO_TEST_CASE(says_neither_passed_nor_failed_where_there_is_an_error) {
  Judgement judgement;
  judgement.assertions = {result(0, false, "a", "", "regex limit reached")};

  BOOST_TEST(assertions::to_json(judgement) ==
             R"([{"index":0,"type":"contains","passed":null,"expected":"a","error":"regex limit reached"}])");
}

BOOST_AUTO_TEST_CASE(is_always_storable_as_jsonb) {
  Judgement judgement;
  judgement.assertions = {result(0, false, std::string("a\0b", 3), "\xFF \xED\xA0\x80 \\")};

  const std::string text = assertions::to_json(judgement);

  BOOST_TEST(text.find("\\u0000") == std::string::npos);
  const auto document = parsed(text);
  BOOST_TEST(document.root()[0]["expected"].as_string().value() == "a\\x00b");
  BOOST_TEST(document.root()[0]["found"].as_string().value() == "\\xff \\xed\\xa0\\x80 \\\\");
}

BOOST_AUTO_TEST_CASE(stays_below_its_cap_and_counts_what_it_left_out) {
  for (const int count : {10, 60, 500, 10'000}) {
    Judgement judgement;
    for (int index = 0; index < count; ++index)
      judgement.assertions.push_back(result(index, false, std::string(1024, '\n'), std::string(200, '\0')));

    const std::string text = assertions::to_json(judgement);

    BOOST_TEST(text.size() <= assertions::max_details_bytes);
    const auto document = parsed(text);
    const auto list = document.root();
    const auto omitted = list[list.size() - 1]["omitted"].as_int64().value_or(0);
    const auto shown = static_cast<std::int64_t>(list.size()) - (omitted > 0 ? 1 : 0);
    BOOST_TEST(shown + omitted == count);
    BOOST_TEST((omitted > 0) == (count >= 500));
  }
}

BOOST_AUTO_TEST_SUITE_END()
