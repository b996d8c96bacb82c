#include "tests/db/protocol.hpp"

using namespace assay::testing;

BOOST_FIXTURE_TEST_SUITE(claim, World)

BOOST_AUTO_TEST_CASE(takes_the_most_urgent_and_then_the_oldest) {
  const auto old = enqueue(), young = enqueue(), urgent = enqueue(1, "p_priority => 2"),
             operators = enqueue(1, "p_priority => 3");

  const std::vector<Held> held = claim();

  BOOST_REQUIRE_EQUAL(held.size(), 4u);
  BOOST_TEST(held[0].job == operators);
  BOOST_TEST(held[1].job == urgent);
  BOOST_TEST(held[2].job == old);
  BOOST_TEST(held[3].job == young);
  verify();
}

BOOST_AUTO_TEST_CASE(ends_with_a_row_that_says_when_the_next_share_falls_due) {
  BOOST_TEST(one("select count(*) || ' ' || coalesce(max(next_due_ms)::text, 'never') from assay_worker.claim_v1('w', "
                 "'{default}', 9, 9, '1 s')") == "1 never");
  enqueue(1, "p_run_at => now() + interval '1 hour'");
  enqueue(1, "p_run_at => now() + interval '2 hours'");
  const auto due = std::stoll(
      one("select next_due_ms from assay_worker.claim_v1('w', '{default}', 9, 9, '1 s') where share_id is null"));
  BOOST_TEST(due > 3500'000);
  BOOST_TEST(due <= 3600'000);
}

BOOST_AUTO_TEST_CASE(stops_when_the_cells_suffice_and_locks_nothing_more) {
  enqueue(10, "p_cells_per_share => 2");
  auto other = connect();
  pqxx::work open(*other);
  Claim three_cells;
  three_cells.cells = 3;

  BOOST_TEST(open.exec(sql(three_cells)).size() == 3u);  // two shares and the last row

  BOOST_TEST(claim().size() == 3u);  // while the other transaction still holds its locks
  open.abort();
}

BOOST_AUTO_TEST_CASE(skips_what_others_hold_without_waiting) {
  enqueue(), enqueue();
  auto other = connect();
  pqxx::work open(*other);
  Claim just_one;
  just_one.shares = 1;
  open.exec(sql(just_one));
  BOOST_TEST(claim().size() == 1u);
  open.commit();
  BOOST_TEST(claim().empty());
}

BOOST_AUTO_TEST_CASE(leaves_paused_and_foreign_queues_alone) {
  enqueue(1, "p_queue => 'slow'");
  enqueue();
  run("select assay.pause_queue('default')");
  BOOST_TEST(claim().empty());
  BOOST_TEST(claim({.queues = "{default,slow}"}).size() == 1u);
  run("select assay.resume_queue('default')");
  BOOST_TEST(claim().size() == 1u);
}

BOOST_AUTO_TEST_CASE(serves_every_queue_of_a_priority) {
  for (int i = 0; i < 40; ++i) enqueue(1, "p_queue => 'a'"), enqueue(1, "p_queue => 'b'");
  Claim some{.shares = 4, .queues = "{a,b}"};
  std::string served;
  while (served.find("ab") == std::string::npos && served.find("ba") == std::string::npos && served.size() < 20) {
    const std::vector<Held> held = claim(some);
    BOOST_REQUIRE(!held.empty());
    served += one("select queue from assay_private.share where id = " + std::to_string(held[0].share));
  }
  BOOST_TEST(served.size() < 20u);
}

BOOST_AUTO_TEST_CASE(starts_at_the_low_water_mark_and_looks_below_it_only_when_nothing_is_above) {
  const auto below = enqueue(), above = enqueue();
  run("update assay_private.share set run_at = now() - interval '1 hour' where job_id = " + std::to_string(below));
  const std::string mark = one("select (extract(epoch from now() - interval '1 minute') * 1e6)::bigint");
  Claim marked;
  marked.low = "array[" + mark + ", null, null, null]";

  const Held first = claim_one(marked);
  BOOST_TEST(first.job == above);
  BOOST_TEST(first.mark == 1);
  BOOST_TEST(claim_one(marked).job == below);
}

BOOST_AUTO_TEST_CASE(hands_out_marks_that_find_the_next_share_and_not_the_last) {
  const auto first = enqueue(), second = enqueue();
  const Held held = claim_one();
  BOOST_TEST(held.job == first);
  BOOST_TEST(one("select (extract(epoch from run_at) * 1e6)::bigint = " + std::to_string(held.run_at_us) +
                 " and run_at = 'epoch'::timestamptz + " + std::to_string(held.run_at_us) +
                 " * interval '1 microsecond' from assay_private.share where id = " + std::to_string(held.share)) ==
             "t");
  Claim marked;
  marked.low = "array[" + std::to_string(held.run_at_us) + ", null, null, null]";
  BOOST_TEST(claim_one(marked).job == second);
}

BOOST_AUTO_TEST_CASE(promotes_what_has_fallen_due_when_nothing_else_is_there) {
  const auto job = enqueue(1, "p_run_at => now() + interval '1 hour'");
  BOOST_TEST(claim().empty());
  run("update assay_private.share set run_at = now() - interval '1 s'");
  BOOST_TEST(claim_one().job == job);
}

BOOST_AUTO_TEST_CASE(says_what_was_done_before) {
  enqueue(4);
  const Held first = claim_one();
  BOOST_TEST(first.done.empty());
  begin({{first.share, first.token, 0},
         {first.share, first.token, 1},
         {first.share, first.token, 2},
         {first.share, first.token, 3}});
  settle({.results = {{first.share, first.token, 2}}, .ended = {{first.share, first.token, 1}}});
  begin({{first.share, first.token, 1, 2}});
  settle(
      {.results = {},
       .ended = {{first.share, first.token, 1, 2},
                 {.share = first.share, .token = first.token, .cell = 3, .failure = "outcome_unknown", .cost = {}}}});
  crash();

  const Held second = claim_one();

  BOOST_TEST(second.token > first.token);
  BOOST_TEST(second.done == "{2}");
  BOOST_TEST(second.prior_cells == "{0,1,3}");
  BOOST_TEST(second.prior_calls == "{1,2,1}");
  BOOST_TEST(second.prior_unknown == "{t,f,t}");
  verify();
}

BOOST_AUTO_TEST_CASE(gives_out_a_suspect_only_to_who_asks_and_one_at_a_time) {
  enqueue(), enqueue(), enqueue();
  run("update assay_private.share set crashes = 2 where id in (select id from assay_private.share order by id limit "
      "2)");
  BOOST_TEST(claim({.shares = 0}).empty());
  BOOST_TEST(claim().size() == 1u);
  const std::vector<Held> held = claim({.suspect = true});
  BOOST_REQUIRE_EQUAL(held.size(), 1u);
  BOOST_TEST(held[0].suspect);
}

BOOST_AUTO_TEST_CASE(stops_with_a_clear_error_when_a_day_has_no_partition) {
  const auto job = enqueue();
  run("update assay_private.share set job_day = '2001-02-03'; update assay_private.job set day = '2001-02-03'");
  const Refused no = refused(sql(Claim{}));
  BOOST_TEST(no.sqlstate == "ZA102");
  BOOST_TEST(no.message.find("2001-02-03") != std::string::npos);
  BOOST_TEST(one("select state from assay_private.share where job_id = " + std::to_string(job)) == "ready");
  run("select assay_private.ensure_partitions(0, '2001-02-03')");
  BOOST_TEST(claim().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
