// Every score that could take long refuses before it begins, and says which limit; hostile texts end in time.
#include <boost/test/unit_test.hpp>
#include <string>

#include "similarity/bleu.hpp"
#include "similarity/chrf.hpp"
#include "similarity/extract.hpp"
#include "similarity/jaro_winkler.hpp"
#include "similarity/json_likeness.hpp"
#include "similarity/levenshtein.hpp"
#include "similarity/list_overlap.hpp"
#include "similarity/meteor.hpp"
#include "similarity/numbers.hpp"
#include "similarity/refusal.hpp"
#include "similarity/rouge.hpp"
#include "similarity/words.hpp"

using namespace assay;
using namespace assay::similarity;

namespace {

std::string repeated(const std::string& piece, std::size_t times) {
  std::string text;
  for (std::size_t n = 0; n < times; ++n) text += piece;
  return text;
}

template <class Value>
std::string error_of(const Result<Value, std::string>& result) {
  return result ? "no error" : result.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(are_named_by_what_they_stop) {
  const std::string a(6400, 'a'), b(6400, 'b');
  const std::vector<std::string> references{b};

  BOOST_TEST(error_of(levenshtein(a, b, 1000)) == "levenshtein needs 25344 steps, more than 1000");
  BOOST_TEST(error_of(levenshtein_within(a, b, 3, 1000)) == "levenshtein needs 13388 steps, more than 1000");
  BOOST_TEST(error_of(levenshtein_ratio(a, b, 1000)) == "levenshtein needs 25344 steps, more than 1000");
  BOOST_TEST(error_of(jaro(a, b, 1000)) == "jaro-winkler needs 40953600 steps, more than 1000");
  BOOST_TEST(error_of(jaro_winkler(a, b, 1000)) == "jaro-winkler needs 40953600 steps, more than 1000");
  BOOST_TEST(error_of(bleu(a, references, 7)) == "bleu needs 8 steps, more than 7");
  BOOST_TEST(error_of(gleu(a, references, 7)) == "gleu needs 8 steps, more than 7");
  BOOST_TEST(error_of(chrf(a, references, 1000)) == "chrf needs 76800 steps, more than 1000");
  BOOST_TEST(error_of(meteor(a, references, {}, 3)) == "meteor needs 4 steps, more than 3");
  BOOST_TEST(error_of(rouge_l(repeated("a ", 640), repeated("b ", 100), 999)) ==
             "rouge-l needs 1000 steps, more than 999");
}

BOOST_AUTO_TEST_CASE(of_rouge_n_are_those_of_the_library_it_follows) {
  BOOST_TEST(rouge_n(std::string(1'000'000, 'a'), "a").has_value());
  BOOST_TEST(error_of(rouge_n("a", std::string(1'000'001, 'a'))) ==
             "rouge-n: the tokens have 1000001 units, more than 1000000");
}

BOOST_AUTO_TEST_CASE(of_json_count_pairs_and_levels) {
  const auto many = json::parse("[" + repeated("\"a\",", 999) + "\"b\"]");
  const auto others = json::parse("[" + repeated("\"c\",", 999) + "\"d\"]");
  json::Limits deep;
  deep.max_depth = 200;
  const auto levels = json::parse(repeated("[", 150) + repeated("]", 150), deep);

  BOOST_TEST(error_of(json_likeness(many->root(), others->root(), {}, 100'000)) ==
             "json likeness needs more than 100000 steps");
  BOOST_TEST(error_of(json_likeness(levels->root(), levels->root())) ==
             "json likeness: a value has more than 128 levels");
  BOOST_TEST(error_of(json_likeness(json::View(), many->root())) == "there is no JSON value to compare");
}

// Were pairs found equal by comparing them twice at each level, a difference 40 levels down would take 2^40 steps.
BOOST_AUTO_TEST_CASE(are_not_met_by_a_difference_deep_inside) {
  const auto a = json::parse(repeated("[0,", 40) + "1" + repeated("]", 40));
  const auto b = json::parse(repeated("[0,", 40) + "2" + repeated("]", 40));

  const auto likeness = json_likeness(a->root(), b->root(), {}, 100'000);

  BOOST_REQUIRE(likeness.has_value());
  BOOST_TEST(*likeness < 1);
  BOOST_TEST(*likeness > 0.999);
}

BOOST_AUTO_TEST_CASE(ask_for_a_reference_and_an_answer) {
  const std::vector<std::string> none, one{"a"};
  BOOST_TEST(error_of(bleu("a", none)) == "there is no reference to compare with");
  BOOST_TEST(error_of(gleu("a", none)) == "there is no reference to compare with");
  BOOST_TEST(error_of(chrf("a", none)) == "there is no reference to compare with");
  BOOST_TEST(error_of(meteor("a", none)) == "there is no reference to compare with");
  BOOST_TEST(error_of(meteor("", one)) == "the answer is empty");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(hostile_texts)

// Each of these was chosen because a search that starts again at every place would take hours on it.
BOOST_AUTO_TEST_CASE(are_read_in_time_that_does_not_multiply) {
  constexpr std::size_t many = 1 << 16;

  BOOST_TEST(!next_number("1" + repeated(",111", many) + ".1.1").has_value());
  BOOST_TEST(!last_number(repeated("1.", many) + "1").has_value());
  BOOST_TEST(!boxed(repeated("\\boxed{", many)).has_value());
  BOOST_TEST(!after_marker(std::string(many, 'a'), std::string(many / 2, 'a') + "b").has_value());
  BOOST_TEST((code_block(repeated("```\n````\n", many), Which::last).has_value()));
  BOOST_TEST((refusal(repeated("i cannot helper ", many)) == Refusal::worded));  // it begins as one
  BOOST_TEST((refusal("x " + repeated("i cannot helper ", many)) == Refusal::none));
  BOOST_TEST(!comma_list(repeated("\"\"", many) + "\"").has_value());
  BOOST_TEST(list_items("1" + repeated("\n- x", many)).size() == many + 1);
  BOOST_TEST(rouge_n(repeated("\" '' `` ' ", many / 8), "a").value() == 0);
  BOOST_TEST(rouge_n(repeated("'", many), repeated("'", many)).value() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
