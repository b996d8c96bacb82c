#include "providers/fragments.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::providers;

BOOST_AUTO_TEST_SUITE(fragments_of_tool_calls)

BOOST_AUTO_TEST_CASE(count_what_they_hold_and_nothing_when_taken) {
  Fragments fragments;

  fragments.add(0, "call_1", "weather", "{\"city\"");
  const std::size_t before = fragments.held();
  fragments.add(0, "", "", ":1}");

  BOOST_TEST(fragments.held() == before + 3);
  BOOST_TEST(fragments.take() ==
             R"([{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":1}"}}])");
  BOOST_TEST(fragments.held() == 0u);
  BOOST_TEST(fragments.take().empty());
}

BOOST_AUTO_TEST_CASE(end_at_a_number_of_calls_that_nobody_makes) {
  Fragments fragments;
  for (int i = 0; i < 1024; ++i) BOOST_REQUIRE(fragments.add(i, "", "f", ""));

  BOOST_TEST(!fragments.add(1024, "", "f", ""));
  BOOST_TEST(fragments.add(7, "", "", "{}"));
}

BOOST_AUTO_TEST_CASE(whole_arguments_take_the_place_of_what_has_come) {
  Fragments fragments;
  fragments.add(3, "a", "f", "{\"x\"");

  fragments.replace_arguments(3, "{}");
  fragments.replace_arguments(4, "nobody's");

  BOOST_TEST(fragments.take() == R"([{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}])");
}

BOOST_AUTO_TEST_SUITE_END()
