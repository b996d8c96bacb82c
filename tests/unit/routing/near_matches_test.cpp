#include "routing/near_matches.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::routing;

BOOST_AUTO_TEST_SUITE(near_match)

BOOST_AUTO_TEST_CASE(distance_counts_edits_and_swaps_of_neighbours) {
  BOOST_TEST(edit_distance("gpt-4o", "gpt-4o") == 0u);
  BOOST_TEST(edit_distance("gtp-4o", "gpt-4o") == 1u);
  BOOST_TEST(edit_distance("GPT-4o", "gpt-4O") == 0u);
  BOOST_TEST(edit_distance("kitten", "sitting") == 3u);
  BOOST_TEST(edit_distance("", "abc") == 3u);
  BOOST_TEST(edit_distance(std::string(1'000'000, 'x'), "gpt-4o") == 1'000'000u);
}

BOOST_AUTO_TEST_CASE(the_nearest_come_first_and_only_near_ones) {
  const std::vector<std::string> known{"gpt-4o-mini", "gpt-4o", "gpt-4", "claude-sonnet-5", "gpt-4o"};
  BOOST_TEST(near_matches("gtp-4o", known) == (std::vector<std::string>{"gpt-4o", "gpt-4"}),
             boost::test_tools::per_element());
  BOOST_TEST(near_matches("zzz", known).empty());
  BOOST_TEST(near_matches("gpt-4x", known, 1).size() == 1u);
}

BOOST_AUTO_TEST_CASE(reads_as_a_question) {
  BOOST_TEST(did_you_mean({}) == "");
  BOOST_TEST(did_you_mean({"a"}) == "; did you mean a?");
  BOOST_TEST(did_you_mean({"a", "b", "c"}) == "; did you mean a, b or c?");
}

BOOST_AUTO_TEST_SUITE_END()
