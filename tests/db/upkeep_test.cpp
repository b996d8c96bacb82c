#include "tests/db/protocol.hpp"

using namespace assay::testing;

BOOST_FIXTURE_TEST_SUITE(upkeep, World)

BOOST_AUTO_TEST_CASE(renewal_is_hot_and_marks_the_worker_as_alive) {
  run("select assay_worker.hello_v1('w1', 'host', 7, '1.0', 100, '{default}')");
  run("update assay_private.worker set last_seen = now() - interval '1 hour'");
  BOOST_TEST(one("select state from assay.workers") == "lost");
  run("truncate assay_private.share");  // one page, with room for every version, as autovacuum keeps it
  enqueue(10, "p_cells_per_share => 1");
  claim();
  run("create temp table held as select array_agg(id) as ids, array_agg(token) as tokens from assay_private.share");
  const std::string counted =
      "select pg_stat_get_xact_tuples_updated(t) - pg_stat_get_xact_tuples_hot_updated(t), "
      "pg_stat_get_xact_tuples_hot_updated(t) from (select 'assay_private.share'::regclass) x(t)";
  pqxx::work work(*c);
  const pqxx::result before = work.exec(counted);
  BOOST_TEST(
      work.exec("select cardinality(assay_worker.renew_v1('w1', ids, tokens, '1 hour')) from held")[0][0].as<int>() ==
      10);
  const pqxx::result after = work.exec(counted);
  BOOST_TEST(after[0][0].as<int>() == before[0][0].as<int>());
  BOOST_TEST(after[0][1].as<int>() - before[0][1].as<int>() == 10);
  work.commit();
  BOOST_TEST(one("select state || ' ' || shares from assay.workers") == "running 10");
  BOOST_TEST(one("select min(lease_until) > now() + interval '59 minutes' from assay_private.share") == "t");
}

BOOST_AUTO_TEST_CASE(rescues_an_expired_lease_once_and_counts_the_crash) {
  enqueue();
  const Held first = claim_one();
  BOOST_TEST(one("select rescued from assay_worker.sweep_v1()") == "0");
  run("update assay_private.share set lease_until = now() - interval '1 s'");
  BOOST_TEST(one("select rescued from assay_worker.sweep_v1()") == "1");
  BOOST_TEST(one("select rescued from assay_worker.sweep_v1()") == "0");
  const Held second = claim_one();
  BOOST_TEST(second.crashes == 1);
  BOOST_TEST(second.token > first.token);
  verify();
}

BOOST_AUTO_TEST_CASE(rescue_is_bounded_and_skips_what_is_locked) {
  enqueue(6, "p_cells_per_share => 1");
  const std::vector<Held> held = claim();
  run("update assay_private.share set lease_until = now() - interval '1 s'");
  auto other = connect();
  pqxx::work open(*other);
  open.exec("select from assay_private.share where id = " + std::to_string(held[0].share) + " for share");
  BOOST_TEST(one("select rescued from assay_worker.sweep_v1(2)") == "2");
  BOOST_TEST(one("select rescued from assay_worker.sweep_v1()") == "3");
  open.abort();
  BOOST_TEST(one("select rescued from assay_worker.sweep_v1()") == "1");
}

BOOST_AUTO_TEST_CASE(a_finished_cell_clears_the_crash_count) {
  enqueue(3);
  claim_one();
  crash();
  const Held held = claim_one();
  BOOST_TEST(held.crashes == 1);
  begin({{held.share, held.token, 0}});
  settle({.results = {{held.share, held.token, 0}}});
  crash();
  BOOST_TEST(claim_one().crashes == 1);
}

BOOST_AUTO_TEST_CASE(only_the_third_death_in_a_row_while_alone_quarantines) {
  const auto poison = enqueue(2, "p_cells_per_share => 1"), healthy = enqueue();
  run("select assay.set_priority(" + std::to_string(healthy) + ", 0)");
  const std::string version = one("select assay_worker.control_v1()");
  const auto poisoned = [&] { return claim({.suspect = true}); };
  for (int death = 0; death < 2; ++death) {
    for (const Held& held : claim()) {
      if (held.job == healthy) finish(held);
      if (held.job == poison && held.first == 1) {
        finish(held);
      }
    }
    crash();
  }
  for (int death = 0; death < 4; ++death) {  // never alone: never enough
    BOOST_REQUIRE_EQUAL(poisoned().size(), 1u);
    crash();
  }
  for (int death = 0; death < 3; ++death) {
    BOOST_TEST(state(poison) == "running");
    const std::vector<Held> held = poisoned();
    BOOST_REQUIRE_EQUAL(held.size(), 1u);
    BOOST_TEST(one("select assay_worker.run_alone_v1(" + std::to_string(held[0].share) + ", " +
                   std::to_string(held[0].token) + ")") == "t");
    crash();
  }
  BOOST_TEST(state(poison) == "quarantined");
  BOOST_TEST(one("select done || ' ' || reason from assay.jobs where id = " + std::to_string(poison)) ==
             "1 its worker died 3 times in a row while it ran alone");
  BOOST_TEST(poisoned().empty());
  BOOST_TEST(one("select assay_worker.control_v1()") != version);
  BOOST_TEST(state(healthy) == "finished");
  verify();
}

BOOST_AUTO_TEST_CASE(quarantine_waits_for_nobody_and_comes_with_a_later_sweep) {
  const auto poison = enqueue(2, "p_cells_per_share => 1");
  const std::vector<Held> held = claim();
  run("update assay_private.share set lease_until = now() - interval '1 s', alone = true, crashes = 4, alone_crashes = "
      "2 where id = " +
      std::to_string(held[0].share));
  auto other = connect();
  pqxx::work open(*other);
  open.exec("select from assay_private.share where id = " + std::to_string(held[1].share) + " for share");
  BOOST_TEST(one("select quarantined || ' ' || rescued from assay_worker.sweep_v1()") == "0 0");
  open.abort();
  BOOST_TEST(one("select quarantined || ' ' || rescued from assay_worker.sweep_v1()") == "1 0");
  BOOST_TEST(state(poison) == "quarantined");
  verify();
}

BOOST_AUTO_TEST_CASE(progress_while_alone_sends_a_suspect_back_to_the_others) {
  enqueue(2);
  run("update assay_private.share set crashes = 4, alone_crashes = 2");
  const Held held = claim_one({.suspect = true});
  run("select assay_worker.run_alone_v1(" + std::to_string(held.share) + ", " + std::to_string(held.token) + ")");
  begin({{held.share, held.token, 0}});
  settle({.results = {{held.share, held.token, 0}}});
  crash();
  BOOST_TEST(one("select crashes || ' ' || alone_crashes || ' ' || alone from assay_private.share") == "1 0 false");
  BOOST_TEST(claim().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_release_burns_no_attempt_and_wakes_at_its_time) {
  enqueue(), enqueue();
  const std::vector<Held> held = claim();
  const std::string shares = "'{" + std::to_string(held[0].share) + "," + std::to_string(held[1].share) + "}'";
  const std::string tokens = "'{" + std::to_string(held[0].token) + "," + std::to_string(held[1].token) + "}'";
  BOOST_TEST(one("select assay_worker.release_v1(" + shares + ", " + tokens +
                 ", '{0,3600000}', '{drain,rate_limited}')") == "{t,t}");
  BOOST_TEST(
      one("select string_agg(state || ' ' || reason || ' ' || crashes, ', ' order by id) from assay_private.share") ==
      "ready drain 0, throttled rate_limited 0");
  BOOST_TEST(claim().size() == 1u);
  BOOST_TEST(one("select promoted from assay_worker.sweep_v1()") == "0");
  BOOST_TEST(one("select promoted from assay_worker.sweep_v1(p_now => now() + interval '61 minutes')") == "1");
  verify();
}

BOOST_AUTO_TEST_CASE(makes_partitions_a_week_ahead) {
  run("drop table assay_private.result_" + one("select to_char((now() at time zone 'utc')::date + 7, 'YYYYMMDD')"));
  run("select assay_worker.sweep_v1()");
  BOOST_TEST(one("select bool_and(assay_private.has_partitions((now() at time zone 'utc')::date + n)) from "
                 "generate_series(0, 7) n") == "t");
  BOOST_TEST(one("select assay_private.ensure_partitions()") == "0");
  BOOST_TEST(one("select count(*) from pg_class where relname ~ '_default$'") == "0");
}

BOOST_AUTO_TEST_CASE(the_control_number_moves_when_the_change_commits_and_nobody_waits_to_move_it) {
  const auto first = enqueue(), second = enqueue();
  const std::string before = one("select assay_worker.control_v1()");
  auto other = connect();
  pqxx::work open(*other);
  open.exec("select assay.cancel_job(" + std::to_string(first) + ")");
  BOOST_TEST(one("select assay_worker.control_v1()") == before);
  BOOST_TEST(one("select assay.cancel_job(" + std::to_string(second) + ")") == "t");  // not held up by the open one
  const std::string after_one = one("select assay_worker.control_v1()");
  BOOST_TEST(after_one != before);
  open.commit();
  BOOST_TEST(one("select assay_worker.control_v1()") != after_one);
}

BOOST_AUTO_TEST_CASE(workers_say_hello_drain_and_leave) {
  run("select assay_worker.hello_v1('w1', 'host', 7, '1.0', 100, '{default,slow}')");
  BOOST_TEST(one("select state || ' ' || slots || ' ' || queues::text from assay.workers") ==
             "running 100 {default,slow}");
  BOOST_TEST(one("select workers from assay.queues where name = 'default'") == "1");
  run("select assay_worker.bye_v1('w1', 'draining')");
  BOOST_TEST(one("select state from assay.workers") == "draining");
  run("select assay_worker.bye_v1('w1')");
  BOOST_TEST(one("select state from assay.workers") == "stopped");
}

BOOST_AUTO_TEST_SUITE_END()
