#include "runtime/parallel.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <latch>
#include <vector>

using namespace assay;

BOOST_AUTO_TEST_SUITE(parallel)

BOOST_AUTO_TEST_CASE(calls_each_number_once_and_all_at_the_same_time) {
  std::vector<std::atomic<int>> calls(4);
  std::latch together(4);  // passes only when four run at once

  in_parallel(4, [&](std::size_t number) {
    ++calls[number];
    together.arrive_and_wait();
  });

  for (const auto& count : calls) BOOST_TEST(count == 1);
}

BOOST_AUTO_TEST_CASE(has_nothing_to_do_for_nobody) {
  in_parallel(0, [](std::size_t) { BOOST_FAIL("called"); });
}

BOOST_AUTO_TEST_SUITE_END()
