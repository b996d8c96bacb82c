// Our own scores and parts of answers: hand-made cases with values worked out or published (tests/data/similarity).
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "similarity/chrf.hpp"
#include "similarity/extract.hpp"
#include "similarity/jaro_winkler.hpp"
#include "similarity/json_likeness.hpp"
#include "similarity/list_overlap.hpp"
#include "similarity/numbers.hpp"
#include "similarity/token_f1.hpp"
#include "tests/unit/similarity/cases.hpp"

using namespace assay;
using namespace assay::similarity;

namespace {

bool near(double a, double b) {
  return std::abs(a - b) <= 1e-12;
}

bool same(const std::optional<Number>& found, json::View expected) {
  if (!found || expected.is_null()) return found.has_value() != expected.is_null();
  return found->value == expected.as_double().value();
}

std::optional<std::string> part_of(const std::string& part, const std::string& whole) {
  const auto text_of = [](std::optional<std::string_view> found) {
    return found ? std::optional<std::string>(*found) : std::nullopt;
  };
  if (part == "last_line") return text_of(last_line(whole));
  if (part == "marked_answer") return text_of(marked_answer(whole));
  if (part == "boxed") return text_of(boxed(whole));
  if (part == "first_block") return text_of(code_block(whole, Which::first));
  if (part == "last_block") return text_of(code_block(whole, Which::last));
  if (part == "first_python") return text_of(code_block(whole, Which::first, "python"));
  if (part == "after_total") return text_of(after_marker(whole, "Total"));
  BOOST_REQUIRE(part == "choice");
  const auto letter = choice_letter(whole, 4);
  return letter ? std::optional(std::string(1, *letter)) : std::nullopt;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(own_scores)

BOOST_AUTO_TEST_CASE(count_character_ngrams_as_sacrebleu_does) {
  for (const auto& row : cases("chrf")) {
    BOOST_TEST_CONTEXT(row.root().raw())
    BOOST_TEST(near(chrf(text(row, "candidate"), texts(row, "references")).value(), number(row, "score")));
  }
}

BOOST_AUTO_TEST_CASE(compare_names_as_winkler_did) {
  for (const auto& row : cases("jaro_winkler")) {
    BOOST_TEST_CONTEXT(row.root().raw()) {
      BOOST_TEST(near(jaro(text(row, "a"), text(row, "b")).value(), number(row, "jaro")));
      BOOST_TEST(near(jaro_winkler(text(row, "a"), text(row, "b")).value(), number(row, "winkler")));
    }
  }
}

BOOST_AUTO_TEST_CASE(compare_words_as_squad_does) {
  for (const auto& row : cases("token_f1")) {
    BOOST_TEST_CONTEXT(row.root().raw()) {
      BOOST_TEST(near(token_f1(text(row, "candidate"), text(row, "reference")), number(row, "f1")));
      BOOST_TEST(squad_equal(text(row, "candidate"), text(row, "reference")) == row["equal"].as_bool().value());
    }
  }
}

BOOST_AUTO_TEST_CASE(read_lists_however_they_are_written) {
  for (const auto& row : cases("list_items")) {
    BOOST_TEST_CONTEXT(row.root().raw())
    BOOST_TEST(list_items(text(row, "text")) == texts(row, "items"), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(compare_lists_as_sets) {
  for (const auto& row : cases("list_overlap")) {
    BOOST_TEST_CONTEXT(row.root().raw()) {
      const Overlap overlap = list_overlap(texts(row, "found"), texts(row, "wanted"));
      BOOST_TEST(near(overlap.precision, number(row, "precision")));
      BOOST_TEST(near(overlap.recall, number(row, "recall")));
      BOOST_TEST(near(overlap.f1, number(row, "f1")));
      BOOST_TEST(near(overlap.jaccard, number(row, "jaccard")));
    }
  }
}

BOOST_AUTO_TEST_CASE(compare_json_by_structure) {
  for (const auto& row : cases("json_likeness")) {
    BOOST_TEST_CONTEXT(row.root().raw()) {
      const Tolerance tolerance{number(row, "absolute"), number(row, "relative")};
      BOOST_TEST(near(json_likeness(row["a"], row["b"], tolerance).value(), number(row, "score")));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(parts_of_answers)

BOOST_AUTO_TEST_CASE(are_found_where_models_put_them) {
  for (const auto& row : cases("extract")) {
    BOOST_TEST_CONTEXT(row.root().raw()) {
      const auto found = part_of(text(row, "part"), text(row, "text"));
      BOOST_TEST(found.has_value() == !row["expected"].is_null());
      if (found && !row["expected"].is_null()) BOOST_TEST(*found == text(row, "expected"));
    }
  }
}

BOOST_AUTO_TEST_CASE(hold_numbers_however_they_are_written) {
  for (const auto& row : cases("numbers")) {
    BOOST_TEST_CONTEXT(row.root().raw()) {
      const auto first = next_number(text(row, "text"));
      BOOST_TEST(same(first, row["first"]));
      BOOST_TEST(same(last_number(text(row, "text")), row["last"]));
      BOOST_TEST(same(sole_number(text(row, "text")), row["sole"]));
      if (first) BOOST_TEST(first->percent == row["percent"].as_bool().value());
    }
  }
}

BOOST_AUTO_TEST_CASE(hold_numbers_at_a_place) {
  const auto number = next_number("price: -$1,234.50, paid");

  BOOST_REQUIRE(number.has_value());
  BOOST_TEST(number->offset == 7u);
  BOOST_TEST(number->length == 10u);
}

BOOST_AUTO_TEST_CASE(are_the_same_number_within_a_tolerance) {
  const auto same_text = [](const char* found, const char* expected, Tolerance tolerance) {
    return same_number(sole_number(found).value(), sole_number(expected).value(), tolerance);
  };
  BOOST_TEST(same_text("1,000", "1000", {}));
  BOOST_TEST(!same_text("1000.1", "1000", {}));
  BOOST_TEST(same_text("1000.1", "1000", {0.2, 0}));
  BOOST_TEST(same_text("1010", "1000", {0, 0.01}));
  BOOST_TEST(!same_text("1011", "1000", {0, 0.01}));
  BOOST_TEST(same_text("-99", "-100", {0, 0.01}));
  BOOST_TEST(same_text("45%", "45", {}));
  BOOST_TEST(same_text("45%", "0.45", {}));
  BOOST_TEST(same_text("0.45", "45 %", {}));
  BOOST_TEST(same_text("45%", "45%", {}));
  BOOST_TEST(!same_text("0.45%", "45%", {}));
  BOOST_TEST(!same_text("0.45", "45", {}));
}

BOOST_AUTO_TEST_SUITE_END()
