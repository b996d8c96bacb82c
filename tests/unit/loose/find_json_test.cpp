#include "loose/find_json.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "json/equal.hpp"
#include "json/grammar.hpp"

namespace assay {
namespace {

json::Limits deep() {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 1024;
  return limits;
}

/// All that a finder finds; the last entry says so when it ran out of steps.
template <class Finder>
std::vector<std::string> all_of(Finder finder) {
  std::vector<std::string> found;
  for (;;) {
    auto next = finder.next();
    if (!next) found.push_back("OUT OF STEPS");
    if (!next || !*next) return found;
    found.push_back((*next)->json);
  }
}
std::vector<std::string> loosely(std::string_view text, std::uint64_t steps = loose::default_steps) {
  return all_of(loose::LooseObjects(text, steps));
}
std::vector<std::string> strictly(std::string_view text, std::uint64_t steps = loose::default_steps) {
  return all_of(loose::StrictJson(text, steps));
}

using Texts = std::vector<std::string>;

std::string joined(const Texts& texts) {
  std::string all;
  for (const std::string& text : texts) all += text + " ; ";
  return all;
}

BOOST_AUTO_TEST_SUITE(loose_objects)

/// tests/data/loose/promptfoo.jsonl is what promptfoo itself found (scripts/dev/loose-corpus.mjs).
BOOST_AUTO_TEST_CASE(are_those_that_promptfoo_finds) {
  std::ifstream lines(ASSAY_SOURCE_DIR "/tests/data/loose/promptfoo.jsonl");
  std::size_t texts = 0, objects = 0;
  for (std::string line; std::getline(lines, line); ++texts) {
    const auto record = json::parse(line, deep());
    BOOST_REQUIRE_MESSAGE(record.has_value(), line);
    const json::View expected = record->root()["found"];

    const Texts found = loosely(*record->root()["text"].as_string());

    BOOST_TEST(found.size() == expected.size(), record->root()["text"].raw() << " gives " << joined(found));
    for (std::size_t index = 0; index < std::min(found.size(), expected.size()); ++index, ++objects) {
      const auto mine = json::parse(found[index], deep());
      BOOST_REQUIRE_MESSAGE(mine.has_value(), found[index]);
      BOOST_TEST(json::deep_equal(mine->root(), expected[index], json::Numbers::equal),
                 record->root()["text"].raw() << " gives " << found[index]);
    }
  }
  BOOST_TEST(texts >= 2000U);
  BOOST_TEST(objects >= 1500U);
}

BOOST_AUTO_TEST_CASE(say_where_they_stand) {
  const std::string_view text = "é {a: {b: 1}} {x";
  loose::LooseObjects objects(text);

  const auto first = objects.next();
  const auto second = objects.next();

  BOOST_REQUIRE((first && *first && second && *second));
  BOOST_TEST(text.substr((*first)->offset, (*first)->length) == "{a: {b: 1}}");
  BOOST_TEST((*first)->json == R"({"a":{"b":1}})");
  BOOST_TEST(text.substr((*second)->offset, (*second)->length) == "{x");
  BOOST_TEST((*second)->json == R"({"x":null})");
  BOOST_TEST(!objects.next()->has_value());
}

BOOST_AUTO_TEST_CASE(write_halves_of_characters_as_escapes) {
  BOOST_TEST(loosely(R"({a: "\ud800", b: "\ud83d\ude00"})")[0] == R"({"a":"\ud800","b":"😀"})");
}

/// A piece holds 100,000 UTF-16 units, then the missing braces are added.
BOOST_AUTO_TEST_CASE(are_cut_at_100000_units) {
  const std::string head = "{a: \"";
  const std::string fits = head + std::string(100'000 - head.size() - 2, 'x') + "\"}";
  BOOST_TEST(loosely(fits + " x").size() == 1U);
  BOOST_TEST(loosely(head + std::string(100'000, 'x') + "\"} x").empty());
  std::string wide = head;
  for (std::size_t count = 0; count < (100'000 - head.size() - 2) / 2; ++count) wide += "😀";
  BOOST_TEST(loosely(wide + "\"} x").size() == 1U);
  BOOST_TEST(loosely(wide + "😀\"} x").size() == 1U);  // the brace is beyond, and added again
  BOOST_TEST(loosely(wide + "😀😀\"} x").empty());
  const std::string cut = "{a: [1], b: " + std::string(100'000, 'x');
  BOOST_TEST(loosely(cut).size() == 1U);
}

BOOST_AUTO_TEST_CASE(end_with_an_error_when_the_steps_do) {
  const std::string braces(100'000, '{');
  BOOST_TEST(loosely(braces, 1'000'000) == Texts{"OUT OF STEPS"});
  BOOST_TEST(loosely("{a: 1}", 3) == Texts{"OUT OF STEPS"});
  const std::string lists = "{a: " + std::string(99'000, '[');
  BOOST_TEST(loosely(lists).empty());
  std::string comments;
  for (int count = 0; count < 20'000; ++count) comments += "{ #";
  BOOST_TEST(loosely(comments, 1'000'000) == Texts{"OUT OF STEPS"});
}

/// Each alias doubles what is written: 2^40 ones. And one inside another, deeper than is taken.
BOOST_AUTO_TEST_CASE(of_aliases_end_with_an_error) {
  std::string doubling = "{a0: &a0 [1, 1]", chain = "{a0: &a0 [1]", merging = "{a0: &a0 {k: 1}";
  for (int level = 1; level < 40; ++level) {
    const std::string name = "a" + std::to_string(level), before = "*a" + std::to_string(level - 1) + ' ';
    doubling += ", " + name + ": &" + name + " [" + before + ", " + before + "]";
  }
  for (int level = 1; level < 1000; ++level) {
    const std::string name = "a" + std::to_string(level), before = "*a" + std::to_string(level - 1) + ' ';
    chain += ", " + name + ": &" + name + " [" + before + "]";
    merging += ", " + name + ": &" + name + " {<<: " + before + ", k" + std::to_string(level) + ": 1}";
  }
  BOOST_TEST(loosely(doubling + "}", 1'000'000) == Texts{"OUT OF STEPS"});
  BOOST_TEST(loosely(chain + "}") == Texts{"OUT OF STEPS"});
  BOOST_TEST(loosely(merging + "}")[0] == R"({"k":1})");  // more than 10,000 merged keys: not the whole
}

BOOST_AUTO_TEST_CASE(inside_themselves_are_null_there) {
  BOOST_TEST(loosely("{a: &x {b: *x}}") == Texts{R"({"a":{"b":null}})"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(strict_json)

BOOST_AUTO_TEST_CASE(is_what_json_parse_takes) {
  BOOST_TEST(strictly(R"(x {"a": [1, "}"]} [2, {}] {a} [3,] {"b": 1,} {} 5 "[1]")") ==
             (Texts{R"({"a": [1, "}"]})", "[2, {}]", "{}", "[1]"}));
  BOOST_TEST(strictly("```json\n[1]\n```") == Texts{"[1]"});
  BOOST_TEST(strictly("{'a': 1} {\"a\": 01} [1 2] [nul]").empty());
  BOOST_TEST(strictly("[[1], [2], x]") == (Texts{"[1]", "[2]"}));
  BOOST_TEST(strictly("{\"a\": {\"b\": 1}, x}") == Texts{"{\"b\": 1}"});
  BOOST_TEST(strictly("{ \"oops [1,2] and {\"k\": [3]}") == (Texts{"[1,2]", "{\"k\": [3]}"}));
  BOOST_TEST(strictly("[1e999, \"\\ud800\"]").size() == 1U);
  BOOST_TEST(strictly("{").empty());
  BOOST_TEST(strictly("").empty());
}

BOOST_AUTO_TEST_CASE(finds_nothing_but_json) {
  const std::string text = R"(a{"b":[{"c":"}]"},[],{}]} [[{]} {"\"":"\\"} [tru] [-1.5e+3,{"":null}])";
  for (const std::string& found : strictly(text)) BOOST_TEST(json::is_json(found), found);
  BOOST_TEST(strictly(text).size() == 3U);
}

BOOST_AUTO_TEST_CASE(takes_steps_that_grow_with_the_text) {
  const std::size_t size = 120'000;
  BOOST_TEST(strictly(std::string(size, '['), 3 * size).empty());
  BOOST_TEST(strictly(std::string(size, '[') + "x", 3 * size).empty());
  std::string pairs, quotes;
  for (std::size_t count = 0; count < size / 4; ++count) pairs += "[[],";
  BOOST_TEST(strictly(pairs, 3 * size).size() == size / 4);
  for (std::size_t count = 0; count < size / 3; ++count) quotes += "{\"x";
  BOOST_TEST(strictly(quotes, 10 * size).empty());
  BOOST_TEST(strictly("[1, 2]", 3) == Texts{"OUT OF STEPS"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay
