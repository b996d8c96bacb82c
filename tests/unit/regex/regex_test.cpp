#include "regex/regex.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "json/document.hpp"
#include "regex/re2_text.hpp"
#include "regex/regex_gate.hpp"
#include "text/javascript_text.hpp"

using namespace assay;
using assay::regex::Regex;

namespace {

bool test(const std::string& pattern, std::string_view subject) {
  const auto regex = Regex::compile(pattern);
  BOOST_REQUIRE_MESSAGE(regex.has_value(), (pattern + ": " + (regex ? std::string() : regex.error())));
  const auto matched = regex->test(assay::regex::subject_for_re2(text::well_formed(subject)));
  BOOST_REQUIRE_MESSAGE(matched.has_value(), (matched ? std::string() : matched.error()));
  return *matched;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(regex)

// The record holds what a real JavaScript engine answered (scripts/dev/regex-corpus.mjs).
BOOST_AUTO_TEST_CASE(answers_as_javascript_did) {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/regex/node_corpus.jsonl");
  int rows = 0, matched = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    const auto row = json::parse(line, json::Limits::foreign());
    BOOST_REQUIRE(row.has_value());
    const std::string pattern((*row)["p"].string_or("?"));
    const bool expected = (*row)["e"].as_bool().value();

    const bool found = test(pattern, (*row)["s"].string_or("?"));

    matched += found;
    BOOST_TEST(found == expected, line);
  }
  BOOST_TEST(rows >= 6000);
  BOOST_TEST(matched >= 1500);
  BOOST_TEST(rows - matched >= 1500);
}

BOOST_AUTO_TEST_CASE(sees_two_units_in_a_character_above_ffff) {
  const std::string smile = "\xF0\x9F\x98\x80";

  BOOST_TEST(!test("^.$", smile));
  BOOST_TEST(test("^..$", smile));
  BOOST_TEST(test("^[^a]{2}$", smile));
  BOOST_TEST(test(smile, "x" + smile + "y"));
  BOOST_TEST(!test("\xF4\x80\x80\x80", smile));
}

BOOST_AUTO_TEST_CASE(takes_bad_bytes_as_one_character_each) {
  BOOST_TEST(test("^a.b$",
                  "a\xFF"
                  "b"));
  BOOST_TEST(test("^a...b$",
                  "a\xF0\x80\x80"
                  "b"));
  BOOST_TEST(test("^a.b$",
                  "a\xE2\x82"
                  "b"));
  BOOST_TEST(test("\\uFFFD", "\xC0"));
}

BOOST_AUTO_TEST_CASE(takes_nul_as_a_character) {
  BOOST_TEST(test("^a.b$", std::string_view("a\0b", 3)));
  BOOST_TEST(test("\\0b$", std::string_view("a\0b", 3)));
  BOOST_TEST(!test("^a$", std::string_view("a\0", 2)));
}

// A backtracking engine would need 2^100,000 steps; that this case ends is the proof.
BOOST_AUTO_TEST_CASE(ends_on_patterns_made_to_run_for_ever) {
  const std::string many(100 * 1024, 'a');

  BOOST_TEST(test("(a+)+$", many));
  BOOST_TEST(!test("(a+)+$", many + "b"));
  BOOST_TEST(!test("(a|a)*c$", many));
  BOOST_TEST(!test("(?:a*)*(?:a*)*b$", many));
  BOOST_TEST(!test("(.*)(.*)(.*)(.*)(.*)x$", many));
  BOOST_TEST(!test("^(?:(?:a?){15}){15}b", many));
}

BOOST_AUTO_TEST_CASE(refuses_by_name_and_place) {
  BOOST_TEST(Regex::compile("ab(?!c)").error() == "the regex is refused: lookahead at byte 2");
}

BOOST_AUTO_TEST_CASE(refuses_a_program_beyond_its_memory) {
  std::string pattern;
  for (int i = 0; i < 300; ++i) pattern += "[^x]{1000}";

  BOOST_TEST(Regex::compile(pattern).error() == "the regex is too large to run in 4194304 bytes");
}

BOOST_AUTO_TEST_CASE(names_the_limit_when_text_times_program_is_too_much) {
  Regex::Bounds bounds;
  bounds.steps = 20'000;
  const auto regex = Regex::compile("[^x]{2}b", bounds);

  BOOST_TEST(regex->test("aab").value());
  BOOST_TEST(Regex::compile("(a+)+$", bounds)->test(std::string(20'000, 'a')).value());
  const auto refused = regex->test(std::string(2000, 'a'));
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(refused.error().find("regex limit reached: 2000 bytes of text times") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
