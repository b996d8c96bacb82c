#include "regex/regex.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "json/document.hpp"
#include "regex/regex_gate.hpp"
#include "regex/subject.hpp"
#include "text/javascript_text.hpp"

using namespace assay;
using assay::regex::read_regex;
using assay::regex::Refusal;
using assay::regex::Regex;
using assay::regex::Subject;

namespace {

bool test(const std::string& pattern, std::string_view subject, const std::string& flags = "") {
  const auto regex = Regex::compile(pattern, flags);
  BOOST_REQUIRE_MESSAGE(regex.has_value(), (pattern + ": " + (regex ? std::string() : regex.error())));
  const std::string text = text::well_formed(subject);
  Subject seen(text);
  const auto matched = regex->test(seen);
  BOOST_REQUIRE_MESSAGE(matched.has_value(), (matched ? std::string() : matched.error()));
  return *matched;
}

std::vector<json::Document> lines(const std::string& name) {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/regex/" + name);
  std::vector<json::Document> rows;
  for (std::string line; std::getline(file, line);) {
    auto row = json::parse(line, json::Limits::foreign());
    BOOST_REQUIRE(row.has_value());
    rows.push_back(std::move(*row));
  }
  return rows;
}

/// Where JavaScript takes a pattern and the gate does not, it must be for one of these.
bool is_left_out(Refusal refusal) {
  switch (refusal) {
    case Refusal::unicode_property:
    case Refusal::variable_lookbehind:
    case Refusal::capture_in_lookbehind:
    case Refusal::backreference_in_lookbehind:
    case Refusal::capture_reset:
    case Refusal::case_backreference:
      return true;
    default:
      return false;
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(regex)

// The record holds what a real JavaScript engine answered (scripts/dev/regex-corpus.mjs).
BOOST_AUTO_TEST_CASE(answers_as_javascript_did) {
  int rows = 0, matched = 0;
  for (const json::Document& row : lines("node_corpus.jsonl")) {
    const std::string pattern(row["p"].string_or("?"));

    const bool found = test(pattern, row["s"].string_or("?"));

    ++rows;
    matched += found;
    BOOST_TEST(found == row["e"].as_bool().value(), pattern << " on " << row["s"].string_or("?"));
  }
  BOOST_TEST(rows >= 6000);
  BOOST_TEST(matched >= 1500);
  BOOST_TEST(rows - matched >= 1500);
}

// The same for looks, back references, names, flags and old syntax (scripts/dev/regex-wide-corpus.mjs).
BOOST_AUTO_TEST_CASE(answers_as_javascript_did_with_flags_and_a_way_back) {
  int judged = 0, matched = 0, left_out = 0;
  for (const json::Document& row : lines("node_wide_corpus.jsonl")) {
    const std::string pattern(row["p"].string_or("?")), flags(row["f"].string_or("?"));
    const auto tree = read_regex(pattern, flags);
    if (!tree) {
      ++left_out;
      BOOST_TEST(is_left_out(tree.error().refusal), pattern << " " << flags << ": " << to_string(tree.error().refusal));
      continue;
    }

    const bool found = test(pattern, row["s"].string_or("?"), flags);

    ++judged;
    matched += found;
    BOOST_TEST(found == row["e"].as_bool().value(), pattern << " " << flags << " on " << row["s"].string_or("?"));
  }
  BOOST_TEST(judged >= 6000);
  BOOST_TEST(matched >= 2000);
  BOOST_TEST(left_out * 4 <= judged);
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
  BOOST_TEST(Regex::compile("ab(?<=c*)").error() == "the regex is refused: variable_lookbehind at byte 7");
  BOOST_TEST(Regex::compile("a", "iv").error() == "the regex is refused: bad_flags at byte 0");
}

BOOST_AUTO_TEST_CASE(refuses_a_program_beyond_its_memory) {
  std::string pattern;
  for (int i = 0; i < 300; ++i) pattern += "[^x]{1000}";
  const std::string looking = "(?=(?:(?:abcdefghijklmnopqrstuvwxyz){100}){100})";

  BOOST_TEST(Regex::compile(looking).error() == "the regex is too large to run in 4194304 bytes");
  BOOST_TEST(Regex::compile(pattern).error() == "the regex is too large to run in 4194304 bytes");
}

BOOST_AUTO_TEST_CASE(names_the_limit_when_text_times_program_is_too_much) {
  Regex::Bounds bounds;
  bounds.steps = 20'000;
  const std::string text(20'000, 'a');
  Subject few("aab"), some(std::string_view(text).substr(0, 2000)), many(text);
  const auto regex = Regex::compile("[^x]{2}b", bounds);

  BOOST_TEST(regex->test(few).value());
  BOOST_TEST(Regex::compile("(a+)+$", bounds)->test(many).value());
  const auto refused = regex->test(some);
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(refused.error().find("regex limit reached: 2000 bytes of text times") == 0u);
}

BOOST_AUTO_TEST_CASE(names_the_limit_when_the_way_back_is_too_long) {
  Regex::Bounds bounds;
  bounds.steps = 100'000;
  const std::string text(40, 'a');
  Subject subject(text);

  const auto refused = Regex::compile("(?=a)(a+)+$(?!a)b", bounds)->test(subject);

  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(refused.error() == "regex limit reached: more than 100000 steps");
}

BOOST_AUTO_TEST_CASE(names_the_limit_when_too_much_is_to_be_remembered) {
  Regex::Bounds bounds;
  bounds.way_back_bytes = 64 << 10;
  const std::string text(10'000, 'a');
  Subject subject(text);

  const auto refused = Regex::compile("^(?:(?!b)a|c)*$", bounds)->test(subject);

  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(refused.error() == "regex limit reached: more than 65536 bytes to remember the way back");
}

BOOST_AUTO_TEST_CASE(takes_a_set_of_nothing_as_one_character_in_a_lookbehind) {
  BOOST_TEST(test("(?<=(?:[]|a)b)c", "abc"));
  BOOST_TEST(!test("(?<=(?:[]|a)b)c", "bc"));
  BOOST_TEST(test("(?<![])c", "c"));
}

// Steps are counted over the whole text, not for each place where a match may begin.
BOOST_AUTO_TEST_CASE(counts_the_steps_of_all_places_together) {
  Regex::Bounds bounds;
  bounds.steps = 1'000'000;
  const std::string text(20'000, 'a');
  Subject subject(text);

  const auto refused = Regex::compile("(?=a)a*b", bounds)->test(subject);

  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(refused.error() == "regex limit reached: more than 1000000 steps");
}

BOOST_AUTO_TEST_CASE(sees_a_text_in_the_form_that_each_engine_needs) {
  const std::string text = "a\xF0\x9F\x98\x80\xED\xA0\xBD";
  Subject subject(text);

  BOOST_TEST((subject.units() == U"a\xD83D\xDE00\xD83D"));
  BOOST_TEST((subject.characters() == U"a\U0001F600\xD83D"));
  BOOST_TEST(subject.shown() == "a\xF4\x80\x80\xBD\xF4\x80\x98\x80\xF4\x80\xA0\xBD");
}

// Its widths are few, but it is too much when they are written out.
BOOST_AUTO_TEST_CASE(calls_a_lookbehind_of_too_many_ways_too_large) {
  std::string pattern = "(?<=";
  for (int i = 0; i < 20; ++i) pattern += "(?:a?|b)";

  BOOST_TEST(Regex::compile(pattern + ")c").error() == "the regex is too large to run in 4194304 bytes");
}

BOOST_AUTO_TEST_SUITE_END()
