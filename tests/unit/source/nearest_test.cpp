#include "source/nearest.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::source;

BOOST_AUTO_TEST_SUITE(nearest_name)

BOOST_AUTO_TEST_CASE(counts_edits_and_takes_swapped_neighbours_as_one) {
  BOOST_TEST(edit_distance("slots", "slots") == 0U);
  BOOST_TEST(edit_distance("slots", "Slots") == 0U);
  BOOST_TEST(edit_distance("slots", "slot") == 1U);
  BOOST_TEST(edit_distance("slots", "sltos") == 1U);
  BOOST_TEST(edit_distance("", "abc") == 3U);
}

BOOST_AUTO_TEST_CASE(is_found_when_it_is_near) {
  const std::vector<std::string> names = {"worker.slots", "worker.lease", "log.level"};

  BOOST_TEST(nearest("worker.sltos", names) == "worker.slots");
  BOOST_TEST(nearest("worker.leese", names) == "worker.lease");
  BOOST_TEST(nearest("something.else.entirely", names).empty());
  BOOST_TEST(nearest("x", {}).empty());
}

BOOST_AUTO_TEST_CASE(is_found_in_bounded_time_for_long_names) {
  BOOST_TEST(nearest(std::string(1 << 20, 'a'), {std::string(1 << 20, 'b')}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
