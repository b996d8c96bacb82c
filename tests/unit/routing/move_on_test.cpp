#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "routing/retry_policy.hpp"

using namespace assay;
using namespace assay::routing;
using namespace std::chrono_literals;

namespace {

std::string said(const Decision& decision) {
  const auto waits = [&](const char* what) {
    std::ostringstream text;
    text << what << ' ' << static_cast<double>(decision.wait.count()) / 1000;
    return text.str();
  };
  switch (decision.what) {
    case Decision::What::retry:
      return waits("retry");
    case Decision::What::put_back:
      return waits("put_back");
    case Decision::What::move_on:
      return waits("move_on");
    case Decision::What::give_up:
      return "give_up";
  }
  return "";
}

struct Row {
  Failure failure;
  CallsSoFar calls;
  Milliseconds left{};
  std::string decision;
};

Row read(const std::string& line) {
  std::istringstream words(line);
  std::string kind, may_have_run, retry_after;
  std::int64_t left = 0;
  Row row;
  words >> kind >> may_have_run >> retry_after >> row.calls.counted >> row.calls.maybe_billed >>
      row.calls.throttled_in_a_row >> row.calls.failed_here >> left;
  BOOST_REQUIRE_MESSAGE(words && parse_failure_kind(kind), line);
  row.failure.kind = *parse_failure_kind(kind);
  row.failure.may_have_run = may_have_run == "yes";
  if (retry_after != "-") row.failure.retry_after = std::chrono::seconds(std::atoll(retry_after.c_str()));
  row.left = std::chrono::seconds(left);
  std::getline(words >> std::ws, row.decision);
  return row;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(move_on)

BOOST_AUTO_TEST_CASE(the_table_of_failures_with_another_deployment_ready) {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/routing/move_on.tsv");
  std::size_t rows = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    Row row = read(line);
    row.calls.elsewhere = true;
    BOOST_TEST(said(decide(row.failure, row.calls, OnUnknown::repeat, row.left, 0.5)) == row.decision, line);
    row.calls.elsewhere = false;
    BOOST_TEST((decide(row.failure, row.calls, OnUnknown::repeat, row.left, 0.5).what != Decision::What::move_on),
               line);
    ++rows;
  }
  BOOST_TEST(rows >= 38u);
}

BOOST_AUTO_TEST_CASE(a_suite_that_holds_unknown_outcomes_asks_nobody_again) {
  Failure lost;
  lost.kind = Failure::Kind::timed_out;
  lost.may_have_run = true;
  CallsSoFar calls;
  calls.elsewhere = true;
  calls.failed_here = 2;

  BOOST_TEST(said(decide(lost, calls, OnUnknown::hold, 10min, 0.5)) == "give_up");
}

BOOST_AUTO_TEST_CASE(the_wait_that_was_saved_is_taken_when_the_other_turns_the_call_away) {
  Failure failure;
  CallsSoFar calls;
  calls.saved_wait = 60s;
  const auto decided = [&](Failure::Kind kind) {
    failure.kind = kind;
    return said(decide(failure, calls, OnUnknown::repeat, 10min, 0.5));
  };

  BOOST_TEST(decided(Failure::Kind::model_not_found) == "put_back 60");
  BOOST_TEST(decided(Failure::Kind::auth) == "put_back 60");
  BOOST_TEST(decided(Failure::Kind::unavailable) == "retry 0.25");
  BOOST_TEST(decided(Failure::Kind::bad_request) == "give_up");
  calls.counted = 6;
  BOOST_TEST(decided(Failure::Kind::model_not_found) == "give_up");
}

BOOST_AUTO_TEST_SUITE_END()
