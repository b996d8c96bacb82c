#include "tests/db/protocol.hpp"

using namespace assay::testing;

BOOST_FIXTURE_TEST_SUITE(views, World)

BOOST_AUTO_TEST_CASE(a_result_says_what_was_asked_and_what_answered) {
  enqueue(2, "p_repeats => 2", "{a,b}");
  finish(claim_one());
  BOOST_TEST(one("select string_agg(test || ' ' || repeat, ', ' order by cell) from assay.results") ==
             "t0 0, t1 0, t0 0, t1 0, t0 1, t1 1, t0 1, t1 1");
  BOOST_TEST(one("select concat_ws(' ', verdict, score, response, served_model, provider, finish_reason, "
                 "finish_reason_raw, request_id, prompt_tokens, "
                 "answer_tokens, cost, waited_ms::numeric(9,1), provider_ms::numeric(9,1), calls) from assay.results "
                 "limit 1") == "pass 1 Paris m-served fake stop end_turn req-1 3 4 0.000000007 1.0 2.0 1");
}

BOOST_AUTO_TEST_CASE(an_assertion_is_a_row) {
  enqueue();
  const Held held = claim_one();
  begin({{held.share, held.token, 0}});
  settle(
      {.results =
           {{.share = held.share,
             .token = held.token,
             .cell = 0,
             .verdict = "fail",
             .details =
                 R"([{"index": 0, "type": "contains", "passed": true, "expected": "x", "found": "xy"}, {"index": 1, "type": "regex", "passed": null, "error": "limit"}, {"omitted": 3}])",
             .score = 0.5}},
       .closes = {{held.share, held.token}}});
  BOOST_TEST(one("select string_agg(concat_ws(' ', index, type, passed, found, error), ', ' order by index) from "
                 "assay.assertions") == "0 contains t xy, 1 regex limit");
}

BOOST_AUTO_TEST_CASE(a_call_that_is_in_flight_is_open_and_unknown_once_its_lease_is_gone) {
  enqueue();
  const Held held = claim_one();
  begin({{held.share, held.token, 0}});
  BOOST_TEST(one("select state || ' ' || charged || ' ' || call_id from assay.calls") == "open 0.000000100 1.0.1");
  crash();
  BOOST_TEST(one("select state || ' ' || charged from assay.calls") == "unknown 0.000000100");
  BOOST_TEST(
      one("select calls || ' ' || cost || ' ' || unknown_cost || ' ' || unpriced_calls from assay.cost_by_day") ==
      "1 0.000000000 0.000000100 0");
  BOOST_TEST(one("select state || ' ' || unknown_cost from assay.jobs") == "running 0.000000100");
}

BOOST_AUTO_TEST_CASE(cost_by_day_adds_up_every_kind_of_call) {
  enqueue(2);
  const Held held = claim_one();
  begin({{held.share, held.token, 0}, {held.share, held.token, 0, 2}, {held.share, held.token, 1, 1, std::nullopt}});
  settle({.results = {{.share = held.share, .token = held.token, .cell = 0, .seq = 2}},
          .ended = {{.share = held.share, .token = held.token, .cell = 0, .cost = 3}}});
  BOOST_TEST(one("select concat_ws(' ', tenant, provider, model, calls, prompt_tokens, answer_tokens, cost, "
                 "unknown_cost, unpriced_calls) from assay.cost_by_day") ==
             "default fake m 3 3 4 0.000000010 0.000000000 1");
  BOOST_TEST(one("select sum(charged) = (select sum(cost + unknown_cost) from assay.cost_by_day) from assay.calls") ==
             "t");
}

BOOST_AUTO_TEST_CASE(badges_follow_the_rule_with_inclusive_bounds) {
  struct Row {
    const char* package;
    int runs;
    double score;
    const char* models;
    const char* badge;
  };
  const std::vector<Row> table{{"p", 10, 0.9, "{a,b,c}", "platinum"},
                               {"p-few-models", 10, 0.9, "{a,b}", "gold"},
                               {"p-few-runs", 9, 0.9, "{a,b,c}", "gold"},
                               {"p-low", 10, 0.89, "{a,b,c}", "gold"},
                               {"g", 5, 0.8, "{a,b}", "gold"},
                               {"g-one-model", 5, 0.8, "{a}", "silver"},
                               {"s", 3, 0.7, "{a}", "silver"},
                               {"s-low", 3, 0.69, "{a}", "bronze"},
                               {"b", 1, 0.0, "{a}", "bronze"}};
  for (const Row& row : table) {
    for (int i = 0; i < row.runs; ++i)
      enqueue(1, std::string("p_metadata => '{\"package\": \"") + row.package + "\"}'", row.models);
    for (const Held& held : claim()) {
      Batch batch{.closes = {{held.share, held.token}}};
      std::vector<Call> calls;
      for (int cell = 0; cell < held.count; ++cell) {
        calls.push_back({held.share, held.token, cell});
        batch.results.push_back({.share = held.share, .token = held.token, .cell = cell, .score = row.score});
      }
      begin(calls), settle(batch);
    }
    BOOST_TEST_CONTEXT(row.package) {
      BOOST_TEST(one(std::string("select badge || ' ' || runs from assay.package_summary where package = '") +
                     row.package + "'") == row.badge + (" " + std::to_string(row.runs)));
    }
  }
  enqueue();
  BOOST_TEST(one("select count(*) from assay.package_summary where package = 'pkg'") == "0");  // not finished: no run
  run("update assay_private.job_end set finished_at = now() - interval '31 days' where job_id in (select id from "
      "assay_private.job where metadata ->> 'package' = 'b')");
  BOOST_TEST(one("select count(*) from assay.package_summary where package = 'b'") == "0");
}

BOOST_AUTO_TEST_CASE(latency_and_queues_say_where_time_goes) {
  enqueue(2), enqueue(1, "p_queue => 'slow', p_run_at => now() + interval '1 hour'");
  finish(claim_one());
  enqueue(3);
  BOOST_TEST(one("select concat_ws(' ', provider, model, answers, provider_p50_ms, overhead_p99_ms, judging_p95_ms) "
                 "from assay.latency") == "fake m 2 2 4 3");
  BOOST_TEST(one("select string_agg(concat_ws(' ', name, paused, ready, running, scheduled, cells, workers), ', ' "
                 "order by name) from assay.queues") == "default f 1 0 0 3 0, slow f 0 0 1 1 0");
}

BOOST_AUTO_TEST_CASE(everything_people_see_is_commented) {
  BOOST_TEST(one("select coalesce(string_agg(c.relname, ', '), '') from pg_class c where c.relnamespace = "
                 "'assay'::regnamespace and c.relkind = 'v' "
                 "and obj_description(c.oid) is null") == "");
  BOOST_TEST(one("select coalesce(string_agg(p.proname, ', '), '') from pg_proc p where p.pronamespace = "
                 "'assay'::regnamespace and obj_description(p.oid) is null") == "");
}

BOOST_AUTO_TEST_CASE(no_function_follows_a_callers_search_path) {
  BOOST_TEST(one("select coalesce(string_agg(p.proname, ', '), '') from pg_proc p where "
                 "p.pronamespace::regnamespace::text in ('assay', 'assay_worker', 'assay_private') "
                 "and p.proname <> 'dollars' and not exists (select from unnest(p.proconfig) s where s like "
                 "'search_path=%')") == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(roles, World)

BOOST_AUTO_TEST_CASE(each_role_can_do_its_own_part_and_nothing_else) {
  run(migration("roles.sql"));
  run(migration("roles.sql"));  // idempotent
  const std::string id = std::to_string(suite());
  enqueue(2);
  const std::string no = "refused";
  const auto as = [&](const std::string& role, const std::string& statement) {
    try {
      pqxx::work work(*c);
      work.exec("set local role assay_" + role);
      work.exec(statement);
      work.commit();
      return std::string("done");
    } catch (const pqxx::insufficient_privilege&) {
      return no;
    }
  };
  BOOST_TEST(as("enqueuer", "select assay.enqueue_job(" + id + ", '{m}')") == "done");
  BOOST_TEST(as("enqueuer",
                "select assay.put_suite('{\"name\": \"o\", \"prompt\": 1, \"cases\": [{\"title\": \"t\", \"input\": "
                "\"i\"}]}')") == "done");
  BOOST_TEST(as("enqueuer", "select assay.backlog()") == "done");
  BOOST_TEST(as("enqueuer", "select * from assay.jobs") == no);
  BOOST_TEST(as("enqueuer", "select * from assay_private.job") == no);
  BOOST_TEST(as("enqueuer", "select assay_worker.control_v1()") == no);
  BOOST_TEST(as("enqueuer", "select assay.verify()") == no);
  for (const char* view :
       {"jobs", "results", "assertions", "calls", "cost_by_day", "package_summary", "latency", "workers", "queues"}) {
    BOOST_TEST(as("reader", std::string("select * from assay.") + view) == "done", view);
  }
  BOOST_TEST(as("reader", "select assay.enqueue_job(" + id + ", '{m}')") == no);
  BOOST_TEST(as("reader", "select * from assay_private.result") == no);
  BOOST_TEST(as("worker", sql(Claim{})) == "done");
  BOOST_TEST(as("worker", begin_sql({{1 << 20, 1, 0}})) == "done");
  BOOST_TEST(as("worker", sql(Batch{.results = {{1 << 20, 1, 0}}})) == "done");
  BOOST_TEST(as("worker", "select assay_worker.sweep_v1()") == "done");
  BOOST_TEST(as("worker", "select assay_worker.renew_v1('w', '{1}', '{1}', '1 s')") == "done");
  BOOST_TEST(as("worker", "select assay.cancel_job(1)") == no);
  BOOST_TEST(as("worker", "select * from assay_private.share") == no);
  BOOST_TEST(as("owner", "select assay.pause_queue('default')") == "done");
  BOOST_TEST(as("owner", "select * from assay.verify()") == "done");
}

BOOST_AUTO_TEST_SUITE_END()
