#include "json/document.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace assay;
using json::Kind;
using json::Limits;

namespace {

json::Document read(std::string_view text, const Limits& limits = {}) {
  auto document = json::parse(text, limits);
  BOOST_REQUIRE_MESSAGE(document.has_value(), (document ? std::string() : to_string(document.error())));
  return std::move(*document);
}

std::string complaint(std::string_view text, const Limits& limits = {}) {
  const auto document = json::parse(text, limits);
  return document ? "taken" : to_string(document.error());
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

Limits with(Limits::Duplicates duplicates) {
  Limits limits;
  limits.duplicates = duplicates;
  return limits;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(document)

BOOST_AUTO_TEST_CASE(reads_every_kind_of_value) {
  const auto document =
      read(R"( {"n":null,"t":true,"f":false,"i":-42,"d":2.5e3,"s":"a\"bé\n","a":[1,[2],{}],"o":{"x":{"y":7}}} )");

  const auto root = document.root();
  BOOST_TEST(root.size() == 8u);
  BOOST_TEST(root["n"].is_null());
  BOOST_TEST(root["t"].as_bool().value());
  BOOST_TEST(!root["f"].as_bool().value());
  BOOST_TEST(root["i"].as_int64().value() == -42);
  BOOST_TEST(root["d"].as_double().value() == 2500.0);
  BOOST_TEST(root["d"].as_int64().value() == 2500);
  BOOST_TEST(root["s"].as_string().value() == "a\"b\xC3\xA9\n");
  BOOST_TEST(root["a"].size() == 3u);
  BOOST_TEST(root["a"][1][0].as_int64().value() == 2);
  BOOST_TEST(root["o"]["x"]["y"].as_int64().value() == 7);
}

BOOST_AUTO_TEST_CASE(answers_nothing_for_what_is_not_there) {
  const auto document = read(R"({"a":[1],"s":"x"})");

  BOOST_TEST(!document["b"].exists());
  BOOST_TEST(!document["b"]["c"][3]["d"].as_int64().has_value());
  BOOST_TEST(!document["a"][1].exists());
  BOOST_TEST(!document["a"].as_string().has_value());
  BOOST_TEST(!document["s"].as_int64().has_value());
  BOOST_TEST(document["s"]["x"].size() == 0u);
  BOOST_TEST((document["b"].kind() == Kind::missing));
  BOOST_TEST(document["b"].dump() == "");
  BOOST_TEST(json::View().path() == "");
}

BOOST_AUTO_TEST_CASE(visits_elements_and_members_in_order) {
  const auto document = read(R"({"b":[10,[11],12],"a":{},"c":3})");

  std::vector<std::string> seen;
  for (const auto& [key, value] : document.root().members()) seen.push_back(std::string(key) + value.dump());
  for (const auto element : document["b"].elements()) seen.push_back(element.dump());
  for (const auto element : document["c"].elements()) seen.push_back(element.dump());

  const std::vector<std::string> expected{"b[10,[11],12]", "a{}", "c3", "10", "[11]", "12"};
  BOOST_TEST(seen == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(keeps_its_views_when_it_is_moved) {
  auto first = read(R"({"a":"x"})");
  const auto view = first["a"];

  const auto second = std::move(first);

  BOOST_TEST(view.as_string().value() == "x");
  BOOST_TEST(second["a"].as_string().value() == "x");
}

BOOST_AUTO_TEST_CASE(names_the_path_of_a_value) {
  const auto document = read(R"({"cases":[{},{"assertions":[1,{"type":"x"}]}]})");

  BOOST_TEST(document["cases"][1]["assertions"][1]["type"].path() == "cases[1].assertions[1].type");
  BOOST_TEST(document["cases"][0].path() == "cases[0]");
  BOOST_TEST(document.root().path() == "");
}

BOOST_AUTO_TEST_CASE(hands_out_the_source_bytes_of_any_value) {
  const std::string text = R"( {"usage" : { "a" : 1.50, "b":[ "x\u0041\"" , true ,null,false] } , "z":"\\" } )";
  const auto document = read(text);

  BOOST_TEST(document["usage"].raw() == R"({ "a" : 1.50, "b":[ "x\u0041\"" , true ,null,false] })");
  BOOST_TEST(document["usage"]["a"].raw() == "1.50");
  BOOST_TEST(document["usage"]["b"][0].raw() == R"("x\u0041\"")");
  BOOST_TEST(document["usage"]["b"][1].raw() == "true");
  BOOST_TEST(document["usage"]["b"][2].raw() == "null");
  BOOST_TEST(document["usage"]["b"][3].raw() == "false");
  BOOST_TEST(document["z"].raw() == R"("\\")");
  BOOST_TEST(document["usage"].dump() == R"({"a":1.50,"b":["xA\"",true,null,false]})");
}

BOOST_AUTO_TEST_CASE(reads_a_scalar_as_a_whole_document) {
  BOOST_TEST(read("\"x\"").root().as_string().value() == "x");
  BOOST_TEST(read(" 7 ").root().as_int64().value() == 7);
  BOOST_TEST(read("null").root().is_null());
  BOOST_TEST(read("true").root().raw() == "true");
}

BOOST_AUTO_TEST_CASE(keeps_whole_numbers_exact_to_the_last_bit) {
  const auto document =
      read("[9223372036854775807,-9223372036854775808,9223372036854775808,12345678901234567890123,1e3,0.5,-0,1E-400]");

  const auto root = document.root();
  BOOST_TEST(root[0].as_int64().value() == INT64_MAX);
  BOOST_TEST(root[1].as_int64().value() == INT64_MIN);
  BOOST_TEST(!root[2].as_int64().has_value());
  BOOST_TEST(!root[3].as_int64().has_value());
  BOOST_TEST(root[3].number_text() == "12345678901234567890123");
  BOOST_TEST(root[3].as_double().value() == 12345678901234567890123.0);
  BOOST_TEST(root[4].as_int64().value() == 1000);
  BOOST_TEST(!root[5].as_int64().has_value());
  BOOST_TEST(root[6].as_int64().value() == 0);
  BOOST_TEST(root[7].as_double().value() == 0.0);
}

BOOST_AUTO_TEST_CASE(says_where_a_text_goes_wrong) {
  BOOST_TEST(complaint("{\n  \"é\": tru }") == "line 2, column 11: Invalid value.");
  BOOST_TEST(complaint("").find("line 1, column 1: ") == 0u);
  BOOST_TEST(complaint("[1,]") != "taken");
  BOOST_TEST(complaint("[1] x") != "taken");
  BOOST_TEST(complaint("{\"a\" 1}") != "taken");
  BOOST_TEST(complaint("{'a':1}") != "taken");
  BOOST_TEST(complaint("[01]") != "taken");
  BOOST_TEST(complaint("[+1]") != "taken");
  BOOST_TEST(complaint("[NaN]") != "taken");
  BOOST_TEST(complaint("\"a\tb\"") != "taken");
  BOOST_TEST(complaint("\"\\x41\"") != "taken");
  BOOST_TEST(complaint("\xEF\xBB\xBF{}") != "taken");
  BOOST_TEST(complaint("[1e400]") != "taken");
  BOOST_TEST(complaint("// c\n1") != "taken");
}

BOOST_AUTO_TEST_CASE(stops_cleanly_at_hostile_nesting) {
  for (const std::size_t depth : {1u, 10u, 64u}) BOOST_TEST(complaint(nested(depth)) == "taken");

  for (const std::size_t depth : {65u, 1000u, 50'000u, 200'000u, 1'000'000u}) {
    BOOST_TEST(complaint(nested(depth)) == "line 1, column 65: nested deeper than 64");
    BOOST_TEST(complaint(std::string(depth, '[')) == "line 1, column 65: nested deeper than 64");
  }
  std::string objects;
  for (int depth = 0; depth < 200'000; ++depth) objects += "{\"a\":";
  BOOST_TEST(complaint(objects).find("nested deeper than 64") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(reads_writes_and_frees_the_deepest_nesting_it_allows) {
  Limits limits;
  limits.max_depth = 1024;

  const auto document = read(nested(1024), limits);

  BOOST_TEST(document.root().dump() == nested(1024));
  BOOST_TEST(complaint(nested(1025), limits) == "line 1, column 1025: nested deeper than 1024");
}

BOOST_AUTO_TEST_CASE(bounds_length_and_number_of_values) {
  Limits limits;
  limits.max_bytes = 100;
  limits.max_values = 10;

  BOOST_TEST(complaint("[1,2,3,4,5,6,7,8,9]", limits) == "taken");
  BOOST_TEST(complaint("[1,2,3,4,5,6,7,8,9,10]", limits) == "line 1, column 20: more than 10 values");
  BOOST_TEST(complaint('"' + std::string(99, 'a') + '"', limits) == "line 1, column 1: longer than 100 bytes");
}

BOOST_AUTO_TEST_CASE(refuses_bad_utf8_unless_told_to_keep_it) {
  const std::vector<std::string> bad{"\xFF",      "\x80",        "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                     "a\xE2\x82", "\xE0\x80\x80"};
  for (const std::string& bytes : bad) {
    const std::string text = "{\"a\":\"" + bytes + "\"}";

    BOOST_TEST(complaint(text).find("not UTF-8") != std::string::npos);
    BOOST_TEST(read(text, Limits::foreign())["a"].as_string().value() == bytes);
  }
  BOOST_TEST(complaint("\xFF[]", Limits::foreign()) != "taken");
}

BOOST_AUTO_TEST_CASE(keeps_lone_surrogate_escapes_as_their_bytes_when_told_to) {
  const std::string text = R"(["\ud83d\ude00","a\ud800b","\udc00","\ud800\ud83d\uDE00","\\ud800","\ud800"])";

  BOOST_TEST(complaint(text).find("half a surrogate pair") != std::string::npos);
  const auto document = read(text, Limits::foreign());
  BOOST_TEST(document.root()[0].as_string().value() == "\xF0\x9F\x98\x80");
  BOOST_TEST(document.root()[1].as_string().value() ==
             "a\xED\xA0\x80"
             "b");
  BOOST_TEST(document.root()[2].as_string().value() == "\xED\xB0\x80");
  BOOST_TEST(document.root()[3].as_string().value() == "\xED\xA0\x80\xF0\x9F\x98\x80");
  BOOST_TEST(document.root()[4].as_string().value() == "\\ud800");
  BOOST_TEST(document.root()[5].as_string().value() == "\xED\xA0\x80");
}

BOOST_AUTO_TEST_CASE(takes_nul_escapes_unless_told_to_refuse_them) {
  Limits refusing;
  refusing.nul = Limits::Nul::refuse;
  const std::string text = R"({"a":"x\u0000y"})";

  BOOST_TEST((read(text)["a"].as_string().value() == std::string_view("x\0y", 3)));
  BOOST_TEST(complaint(text, refusing).find("a NUL character inside a string") != std::string::npos);
  BOOST_TEST(complaint(R"({"x\u0000":1})", refusing) != "taken");
}

BOOST_AUTO_TEST_CASE(never_takes_a_raw_nul_byte) {
  BOOST_TEST(complaint(std::string_view("[1]\0", 4)) == "line 1, column 4: a NUL byte");
  BOOST_TEST(complaint(std::string_view("\"a\0b\"", 5), Limits::foreign()) == "line 1, column 3: a NUL byte");
}

BOOST_AUTO_TEST_CASE(never_takes_a_raw_control_character_inside_a_string) {
  for (char control = 1; control < 0x20; ++control) {
    for (std::size_t lead = 0; lead < 40; ++lead) {
      const std::string text = "\"" + std::string(lead, 'a') + control + std::string(40 - lead, 'b') + "\"";

      BOOST_REQUIRE_MESSAGE(complaint(text) != "taken", static_cast<int>(control) << " after " << lead);
      BOOST_REQUIRE(complaint(text, Limits::foreign()) != "taken");
    }
  }
  BOOST_TEST(complaint("\"a\x1A\"") == "line 1, column 3: a control character");
}

BOOST_AUTO_TEST_CASE(lets_the_last_of_duplicate_keys_win_unless_told_to_refuse) {
  const std::string text = "{\"a\":1,\"b\":{\"k\":1,\"j\":2,\n\"k\":3},\"a\":2}";

  const auto document = read(text);

  BOOST_TEST(document["a"].as_int64().value() == 2);
  BOOST_TEST(document["b"]["k"].as_int64().value() == 3);
  BOOST_TEST(complaint(text, with(Limits::Duplicates::refuse)).find("the key \"a\" stands twice") != std::string::npos);
  BOOST_TEST(complaint(R"([{"x":{"k":1,"k":1}}])", with(Limits::Duplicates::refuse)) ==
             "line 1, column 14: the key \"k\" stands twice");
  BOOST_TEST(complaint(R"([{"a":1},{"a":1}])", with(Limits::Duplicates::refuse)) == "taken");
}

BOOST_AUTO_TEST_CASE(reads_strings_of_every_length_and_alignment) {
  for (std::size_t length = 0; length < 70; ++length) {
    for (std::size_t lead = 0; lead < 17; ++lead) {
      const std::string body = std::string(length, 'x') + "\\n" + std::string(lead, 'y');
      const std::string text = std::string(lead, ' ') + "[\"" + body + "\",\"" + std::string(length, 'z') + "\"]";

      const auto document = read(text);

      BOOST_REQUIRE(document.root()[0].as_string().value() == std::string(length, 'x') + "\n" + std::string(lead, 'y'));
      BOOST_REQUIRE(document.root()[1].as_string().value() == std::string(length, 'z'));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
