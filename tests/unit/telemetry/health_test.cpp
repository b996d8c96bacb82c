#include "telemetry/health.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::telemetry;
using namespace std::chrono_literals;

namespace {

constexpr Instant start{1000s};

}  // namespace

BOOST_AUTO_TEST_SUITE(health)

BOOST_AUTO_TEST_CASE(is_alive_while_the_loop_moves_whatever_the_database_does) {
  Health health({15s, 15s}, start);
  health.database_failed("connection refused");

  health.beat(start + 100s);

  BOOST_TEST(health.live(start + 115s).good);
  const Health::Answer stuck = health.live(start + 116s);
  BOOST_TEST(!stuck.good);
  BOOST_TEST(stuck.reasons.at(0) == "the event loop has not moved for 16 s");
}

BOOST_AUTO_TEST_CASE(is_not_ready_before_database_and_schema_are_known_and_says_why) {
  Health health({15s, 15s}, start);

  const Health::Answer answer = health.ready(start);

  BOOST_TEST(!answer.good);
  BOOST_TEST(answer.reasons == (std::vector<std::string>{"database: not reached yet", "schema: not checked yet"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(is_ready_when_the_database_answered_lately_and_the_schema_fits) {
  Health health({15s, 15s}, start);

  health.database_answered(start);
  health.schema_fits();

  BOOST_TEST(health.ready(start + 15s).good);
  BOOST_TEST(health.ready(start + 15s).reasons.empty());
}

BOOST_AUTO_TEST_CASE(forgives_one_failed_statement_but_not_a_silence) {
  Health health({15s, 15s}, start);
  health.database_answered(start);
  health.schema_fits();

  health.database_failed("terminating connection");

  BOOST_TEST(health.ready(start + 10s).good);
  BOOST_TEST(health.ready(start + 20s).reasons.at(0) == "database: terminating connection, last answer 20 s ago");
}

BOOST_AUTO_TEST_CASE(is_not_ready_with_another_schema_until_it_fits) {
  Health health({15s, 15s}, start);
  health.database_answered(start);

  health.schema_differs("database has 7, this program needs 9");
  const Health::Answer before = health.ready(start);
  health.schema_fits();

  BOOST_TEST(before.reasons.at(0) == "schema: database has 7, this program needs 9");
  BOOST_TEST(health.ready(start).good);
}

BOOST_AUTO_TEST_CASE(is_alive_but_not_ready_while_draining) {
  Health health({15s, 15s}, start);
  health.database_answered(start);
  health.schema_fits();

  health.draining();

  BOOST_TEST(health.live(start).good);
  BOOST_TEST(health.ready(start).reasons.at(0) == "draining");
}

BOOST_AUTO_TEST_CASE(tells_a_start_that_is_not_complete) {
  Health health({15s, 15s}, start);

  const bool before = health.startup().good;
  health.started();

  BOOST_TEST(!before);
  BOOST_TEST(health.startup().good);
}

BOOST_AUTO_TEST_SUITE_END()
