#include "json/writer.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>
#include <string>

#include "base/require.hpp"

using namespace assay;
using json::Writer;

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

std::string pretty(std::string_view text) {
  std::string out;
  Writer(out, Writer::Style::pretty).view(json::parse(text)->root());
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(writer)

BOOST_AUTO_TEST_CASE(puts_commas_and_colons_where_they_belong) {
  std::string out;

  Writer(out)
      .begin_object()
      .field("text", "x")
      .field("whole", 7)
      .field("share", 0.5)
      .field("yes", true)
      .key("list")
      .begin_array()
      .null()
      .int64(-1)
      .begin_object()
      .end_object()
      .string("s")
      .end_array()
      .key("raw")
      .raw("[1]")
      .end_object();

  BOOST_TEST(out == R"({"text":"x","whole":7,"share":0.5,"yes":true,"list":[null,-1,{},"s"],"raw":[1]})");
}

BOOST_AUTO_TEST_CASE(writes_valid_json_whatever_bytes_it_gets) {
  BOOST_TEST(quoted(std::string("a\0\x1F\"\\\b\f\n\r\t\x7F", 11)) == "\"a\\u0000\\u001f\\\"\\\\\\b\\f\\n\\r\\t\x7F\"");
  BOOST_TEST(quoted("caf\xC3\xA9 \xFF \xE2\x82") == "\"caf\xC3\xA9 \xEF\xBF\xBD \xEF\xBF\xBD\"");
}

BOOST_AUTO_TEST_CASE(round_trips_text_through_the_reader) {
  std::mt19937 random(11);
  std::uniform_int_distribution<int> length(0, 80), kind(0, 4), ascii(0, 127);
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (int left = length(random); left > 0; --left) {
      const int choice = kind(random);
      text += choice == 0   ? std::string("\xF0\x9F\x98\x80")
              : choice == 1 ? std::string("\xC3\xA9")
                            : std::string(1, static_cast<char>(ascii(random)));
    }

    const auto document = json::parse(quoted(text));

    BOOST_REQUIRE(document.has_value());
    BOOST_REQUIRE(document->root().as_string().value() == text);
  }
}

BOOST_AUTO_TEST_CASE(writes_numbers_that_read_back_the_same) {
  for (const double number : {0.0, 0.1, -2.5, 1e21, 5e-324, 1.7976931348623157e308, 1.0 / 3}) {
    std::string out;
    Writer(out).number(number);
    BOOST_TEST(json::parse(out)->root().as_double().value() == number);
  }
  std::string out;
  Writer(out).begin_array().number(std::nan("")).number(HUGE_VAL).int64(INT64_MIN).end_array();
  BOOST_TEST(out == "[null,null,-9223372036854775808]");
}

BOOST_AUTO_TEST_CASE(prints_with_two_spaces_as_json_stringify_does) {
  BOOST_TEST(
      pretty(R"({"a":[1,{"b":null}],"c":{},"d":[],"e":"x"})") ==
      "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": [],\n  \"e\": \"x\"\n}");
  BOOST_TEST(pretty("7") == "7");
}

BOOST_AUTO_TEST_CASE(refuses_calls_out_of_order) {
  std::string out;
  BOOST_CHECK_THROW(Writer(out).key("a"), Bug);
  BOOST_CHECK_THROW(Writer(out).begin_object().string("no key"), Bug);
  BOOST_CHECK_THROW(Writer(out).begin_object().key("a").key("b"), Bug);
  BOOST_CHECK_THROW(Writer(out).begin_array().end_object(), Bug);
  BOOST_CHECK_THROW(Writer(out).begin_object().key("a").end_object(), Bug);
}

BOOST_AUTO_TEST_SUITE_END()
