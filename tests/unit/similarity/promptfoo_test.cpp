// What promptfoo answered (scripts/dev/similarity-corpus.mjs), beside what we answer.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <span>

#include "similarity/bleu.hpp"
#include "similarity/levenshtein.hpp"
#include "similarity/meteor.hpp"
#include "similarity/perplexity.hpp"
#include "similarity/porter_stem.hpp"
#include "similarity/refusal.hpp"
#include "similarity/rouge.hpp"
#include "similarity/words.hpp"
#include "tests/unit/similarity/cases.hpp"

using namespace assay;
using namespace assay::similarity;

namespace {

using Score = Result<double, std::string>;

/// The same score to 1e-12, or an error where promptfoo raised one.
void check(const json::Document& row, const Score& score) {
  BOOST_TEST_CONTEXT(row.root().raw()) {
    BOOST_TEST(score.has_value() == !row["error"].exists());
    if (score && row["score"]) BOOST_TEST(std::abs(*score - number(row, "score")) <= 1e-12);
  }
}

template <class Function>
void check_with_references(const std::string& name, std::size_t least, Function function) {
  const auto rows = cases(name);
  BOOST_TEST(rows.size() >= least);
  for (const auto& row : rows) check(row, function(text(row, "candidate"), texts(row, "references")));
}

std::string_view name_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::none:
      return "none";
    case Refusal::blank:
      return "blank";
    case Refusal::worded:
      return "worded";
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(promptfoo)

BOOST_AUTO_TEST_CASE(agrees_on_rouge_n) {
  const auto rows = cases("rouge_n");
  BOOST_TEST(rows.size() >= 700u);
  for (const auto& row : rows) check(row, rouge_n(text(row, "candidate"), text(row, "reference")));
}

BOOST_AUTO_TEST_CASE(agrees_on_bleu) {
  check_with_references("bleu", 350, [](const auto& candidate, const auto& wanted) { return bleu(candidate, wanted); });
}

BOOST_AUTO_TEST_CASE(agrees_on_gleu) {
  check_with_references("gleu", 350, [](const auto& candidate, const auto& wanted) { return gleu(candidate, wanted); });
}

BOOST_AUTO_TEST_CASE(agrees_on_meteor_without_synonyms) {
  check_with_references("meteor", 350,
                        [](const auto& candidate, const auto& wanted) { return meteor(candidate, wanted); });
}

BOOST_AUTO_TEST_CASE(agrees_on_levenshtein) {
  const auto rows = cases("levenshtein");
  BOOST_TEST(rows.size() >= 300u);
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.root().raw()) {
      const auto distance = levenshtein(text(row, "candidate"), text(row, "reference"));
      BOOST_TEST(static_cast<double>(distance.value()) == number(row, "distance"));
    }
  }
}

BOOST_AUTO_TEST_CASE(agrees_on_word_count) {
  const auto rows = cases("word_count");
  BOOST_TEST(rows.size() >= 200u);
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.root().raw())
    BOOST_TEST(static_cast<double>(word_count(text(row, "text"))) == number(row, "words"));
  }
}

BOOST_AUTO_TEST_CASE(agrees_on_refusals) {
  const auto rows = cases("refusal");
  BOOST_TEST(rows.size() >= 900u);
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.root().raw())
    BOOST_TEST(name_of(refusal(text(row, "text"))) == text(row, "refusal"));
  }
}

BOOST_AUTO_TEST_CASE(agrees_on_comma_lists) {
  const auto rows = cases("comma_list");
  BOOST_TEST(rows.size() >= 300u);
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.root().raw()) {
      const auto fields = comma_list(text(row, "text"));
      BOOST_TEST(fields.has_value() == !row["error"].exists());
      if (!fields || row["error"]) continue;
      std::string joined;
      for (const auto& field : *fields) joined.append(&field == &fields->front() ? "" : ", ").append(field);
      BOOST_TEST(joined == text(row, "joined"));
      BOOST_TEST(fields->empty() == row["empty"].as_bool().value());
    }
  }
}

BOOST_AUTO_TEST_CASE(agrees_on_perplexity) {
  const auto rows = cases("perplexity");
  BOOST_TEST(rows.size() >= 120u);
  for (const auto& row : rows) {
    std::vector<double> logs;
    for (const json::View element : row["log_probabilities"].elements()) logs.push_back(element.as_double().value());
    check(row, perplexity_score(logs));
    const double recorded = number(row, "perplexity");  // with two digits behind the point
    BOOST_TEST(std::abs(perplexity(logs).value() - recorded) <= 0.005 + 1e-12 * recorded);
  }
  BOOST_TEST(!perplexity({}));
  BOOST_TEST(!perplexity_score({}));
}

BOOST_AUTO_TEST_CASE(agrees_on_stems) {
  const auto rows = cases("porter");
  BOOST_TEST(rows.size() >= 600u);
  for (const auto& row : rows) BOOST_TEST(porter_stem(text(row, "word")) == text(row, "stem"));
}

BOOST_AUTO_TEST_SUITE_END()
