#include "similarity/list_likeness.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "similarity/levenshtein.hpp"

using namespace assay::similarity;

namespace {

using Items = std::vector<std::string>;

/// The best of all orders of the longer list.
double by_trying_all(Items rows, Items columns) {
  if (rows.size() > columns.size()) std::swap(rows, columns);
  std::sort(columns.begin(), columns.end());
  double best = 0;
  do {
    double sum = 0;
    for (std::size_t at = 0; at < rows.size(); ++at) sum += levenshtein_ratio(rows[at], columns[at]).value();
    best = std::max(best, sum);
  } while (std::next_permutation(columns.begin(), columns.end()));
  return columns.empty() ? 1 : best / static_cast<double>(columns.size());
}

Items random_items(std::mt19937& random) {
  Items items(random() % 6);
  for (std::string& item : items) {
    for (std::size_t n = random() % 5; n > 0; --n) item += static_cast<char>('a' + random() % 3);
  }
  return items;
}

bool near(double a, double b) {
  return std::abs(a - b) <= 1e-12;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(list_likeness_of_items)

BOOST_AUTO_TEST_CASE(pairs_what_is_alike_whatever_the_order) {
  BOOST_TEST(list_likeness(Items{"red", "green"}, Items{"green", "red"}).value() == 1);
  BOOST_TEST(near(list_likeness(Items{"colour"}, Items{"color", "size"}).value(), 5.0 / 6 / 2));
  BOOST_TEST(list_likeness(Items{"a", "a"}, Items{"a"}).value() == 0.5);
  BOOST_TEST(list_likeness(Items{}, Items{}).value() == 1);
  BOOST_TEST(list_likeness(Items{}, Items{"a"}).value() == 0);
  BOOST_TEST(list_likeness(Items{"xy"}, Items{"ab"}).value() == 0);
}

BOOST_AUTO_TEST_CASE(finds_the_best_of_all_pairings) {
  std::mt19937 random(21);
  for (int round = 0; round < 400; ++round) {
    const Items a = random_items(random), b = random_items(random);
    BOOST_REQUIRE(near(list_likeness(a, b).value(), by_trying_all(a, b)));
    BOOST_REQUIRE(near(list_likeness(a, b).value(), list_likeness(b, a).value()));
  }
}

BOOST_AUTO_TEST_CASE(refuses_lists_that_are_too_long) {
  const Items many(1000, "a");
  const auto likeness = list_likeness(many, many);

  BOOST_REQUIRE(!likeness.has_value());
  BOOST_TEST(likeness.error() == "list likeness needs 1004000000 steps, more than 268435456");
}

BOOST_AUTO_TEST_SUITE_END()
