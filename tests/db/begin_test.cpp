#include "tests/db/protocol.hpp"

#include <latch>

using namespace assay::testing;

namespace {

/// The same statement at once on many connections, each held back until all are ready.
std::vector<std::string> at_once(World& world, const std::vector<std::string>& statements) {
  std::vector<std::unique_ptr<pqxx::connection>> connections;
  for (std::size_t i = 0; i < statements.size(); ++i) connections.push_back(world.connect());
  std::latch start(static_cast<std::ptrdiff_t>(statements.size()));
  std::vector<std::future<std::string>> answers;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    answers.push_back(std::async(std::launch::async, [&, i] {
      start.arrive_and_wait();
      return one(*connections[i], statements[i]);
    }));
  }
  std::vector<std::string> texts;
  for (auto& answer : answers) texts.push_back(answer.get());
  return texts;
}

/// reserve() as somebody might write it: the meter is read without a lock.
std::string reserve_without_lock() {
  std::string text = migration("functions/assay_private/reserve.sql");
  const std::string lock = "order by m.job_id for update;";
  BOOST_REQUIRE(text.find(lock) != std::string::npos);
  return text.replace(text.find(lock), lock.size(), "order by m.job_id;");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(begin_call, World)

BOOST_AUTO_TEST_CASE(writes_the_ledger_row_before_it_answers) {
  enqueue(2);
  const Held held = claim_one();
  BOOST_TEST(begin({{held.share, held.token, 0}, {held.share, held.token, 1, 1, std::nullopt}}) == "{granted,granted}");
  BOOST_TEST(one("select string_agg(cell || '.' || seq || ' ' || state || ' ' || coalesce(bound::text, 'unpriced'), ', "
                 "' order by cell) from assay.calls") == "0.1 open 0.000000100, 1.1 open unpriced");
  BOOST_TEST(one("select price ->> 'input' from assay.calls where cell = 0") == "1");
  BOOST_TEST(one("select count(*) from assay_private.price") == "1");
  verify();
}

BOOST_AUTO_TEST_CASE(refuses_who_does_not_hold_the_share) {
  enqueue(2);
  const Held held = claim_one();
  BOOST_TEST(begin({{held.share, held.token - 1, 0}, {held.share, held.token, 1}, {held.share + 1, held.token, 0}}) ==
             "{lost,granted,lost}");
  crash();
  BOOST_TEST(begin({{held.share, held.token, 0}}) == "{lost}");
  BOOST_TEST(one("select count(*) from assay.calls") == "1");
}

BOOST_AUTO_TEST_CASE(grants_the_same_intent_again_and_reserves_it_once) {
  const auto job = enqueue(2, "p_max_cost => 1");
  const Held held = claim_one();
  const std::vector<Call> calls{{held.share, held.token, 0}, {held.share, held.token, 1}};
  BOOST_TEST(begin(calls) == "{granted,granted}");
  BOOST_TEST(begin(calls) == "{granted,granted}");
  BOOST_TEST(one("select reserved_nanos from assay_private.job_meter where job_id = " + std::to_string(job)) == "200");
  verify();
}

BOOST_AUTO_TEST_CASE(refuses_an_intent_whose_place_in_the_ledger_is_taken_by_another_lease) {
  enqueue(1);
  const Held first = claim_one();
  begin({{first.share, first.token, 0}});
  crash();
  const Held second = claim_one();
  BOOST_TEST(begin({{second.share, second.token, 0, 1}}) == "{lost}");
  BOOST_TEST(begin({{second.share, second.token, 0, 2}}) == "{granted}");
}

BOOST_AUTO_TEST_CASE(grants_in_order_what_still_fits_under_the_cap) {
  enqueue(5, "p_max_cost => 0.00000025");
  const Held held = claim_one();
  BOOST_TEST(begin({{held.share, held.token, 0, 1, 100},
                    {held.share, held.token, 1, 1, 200},
                    {held.share, held.token, 2, 1, std::nullopt},
                    {held.share, held.token, 3, 1, 150},
                    {held.share, held.token, 4, 1, 1}}) == "{granted,over_budget,unknown_price,granted,over_budget}");
  verify();
}

BOOST_AUTO_TEST_CASE(gives_back_what_a_call_did_not_cost_and_keeps_what_is_not_known) {
  const auto job = enqueue(3, "p_max_cost => 0.000000300");
  const std::string meter =
      "select settled_nanos || ' ' || reserved_nanos from assay_private.job_meter where job_id = " +
      std::to_string(job);
  const Held held = claim_one();
  begin({{held.share, held.token, 0}, {held.share, held.token, 1}, {held.share, held.token, 2}});
  BOOST_TEST(one(meter) == "0 300");
  settle({.results = {{held.share, held.token, 0}},
          .ended = {{held.share, held.token, 1},
                    {.share = held.share, .token = held.token, .cell = 2, .failure = "outcome_unknown", .cost = {}}}});
  BOOST_TEST(one(meter) == "7 100");
  BOOST_TEST(begin({{held.share, held.token, 1, 2, 193}, {held.share, held.token, 2, 2, 1}}) ==
             "{granted,over_budget}");
  verify();
}

BOOST_AUTO_TEST_CASE(freezes_a_job_whose_bill_was_above_its_bound) {
  const auto job = enqueue(3, "p_max_cost => 1");
  const Held held = claim_one();
  begin({{held.share, held.token, 0}});
  settle({.results = {{.share = held.share, .token = held.token, .cell = 0, .cost = 101}}});
  BOOST_TEST(begin({{held.share, held.token, 1}}) == "{over_budget}");
  BOOST_TEST(one("select above_bound::text || ' ' || charged from assay.calls") == "true 0.000000101");
  BOOST_TEST(one("select settled_nanos from assay_private.job_meter where job_id = " + std::to_string(job)) == "101");
  verify();
}

BOOST_AUTO_TEST_CASE(never_passes_the_cap_however_many_ask_at_once) {
  for (int round = 0; round < 10; ++round) {
    const auto job = enqueue(16, "p_max_cost => 0.000000500, p_cells_per_share => 2");
    std::vector<std::string> statements;
    for (const Held& held : claim())
      statements.push_back(begin_sql({{held.share, held.token, held.first}, {held.share, held.token, held.first + 1}}));
    BOOST_REQUIRE_EQUAL(statements.size(), 8u);

    int granted = 0;
    for (const std::string& answer : at_once(*this, statements)) {
      for (std::size_t at = 0; (at = answer.find("granted", at)) != std::string::npos; ++at) ++granted;
    }

    BOOST_TEST(granted == 5);
    BOOST_TEST(one("select reserved_nanos from assay_private.job_meter where job_id = " + std::to_string(job)) ==
               "500");
    run("select assay.cancel_job(" + std::to_string(job) + ")");
  }
  verify();
}

/// The interleaving that decides: the second asks while the first has reserved but not committed.
BOOST_AUTO_TEST_CASE(waits_for_a_reservation_in_progress_and_fails_this_test_without_its_lock) {
  const auto second_of_two = [this] {
    enqueue(2, "p_max_cost => 0.000000100, p_cells_per_share => 1");
    const std::vector<Held> held = claim();
    BOOST_REQUIRE_EQUAL(held.size(), 2u);
    auto first = connect(), second = connect();
    pqxx::work open(*first);
    BOOST_REQUIRE_EQUAL(open.exec(begin_sql({{held[0].share, held[0].token, 0}}))[0][0].c_str(),
                        std::string("{granted}"));
    Waiting waiting(*this, *second, begin_sql({{held[1].share, held[1].token, 1}}));
    BOOST_TEST(waiting.waits());
    open.commit();
    return std::string(waiting.end()[0][0].c_str());
  };
  const std::string over_cap =
      "select violations from assay.verify() where check_name = 'settled and reserved money stays under the cap'";

  BOOST_TEST(second_of_two() == "{over_budget}");
  BOOST_TEST(one(over_cap) == "0");

  run(reserve_without_lock());
  const std::string broken = second_of_two();
  run(migration("functions/assay_private/reserve.sql"));
  BOOST_TEST(broken == "{granted}");
  BOOST_TEST(one(over_cap) == "1");
}

BOOST_AUTO_TEST_SUITE_END()
