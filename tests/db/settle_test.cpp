#include "tests/db/protocol.hpp"

using namespace assay::testing;

BOOST_FIXTURE_TEST_SUITE(settle_batch, World)

BOOST_AUTO_TEST_CASE(stores_and_closes_in_one_statement_and_may_be_sent_again) {
  const auto job = enqueue();
  const Held held = claim_one();
  begin({{held.share, held.token, 0}});
  const Batch last{.results = {{held.share, held.token, 0}}, .closes = {{held.share, held.token}}};
  BOOST_TEST(settle(last) == "{t} {} {t}");
  BOOST_TEST(settle(last) == "{t} {} {t}");
  BOOST_TEST(state(job) == "finished");
  BOOST_TEST(one("select count(*) from assay.results") == "1");
  BOOST_TEST(one("select passed || ' ' || score || ' ' || cost || ' ' || prompt_tokens || ' ' || answer_tokens from "
                 "assay.jobs") == "1 1 0.000000007 3 4");
  verify();
}

BOOST_AUTO_TEST_CASE(a_worker_of_before_extras_settles_as_it_did) {
  const auto job = enqueue(2);
  const Held held = claim_one();
  begin({{held.share, held.token, 0}, {held.share, held.token, 1}, {held.share, held.token, 1, 2}});
  Batch old{.results = {{held.share, held.token, 0}, {held.share, held.token, 1, 2}},
            .ended = {{held.share, held.token, 1}},
            .closes = {{held.share, held.token}},
            .by_v1 = true};
  BOOST_TEST(settle(old) == "{t,t} {t} {t}");
  old.by_v1 = false;
  BOOST_TEST(settle(old) == "{t,t} {t} {t}");
  BOOST_TEST(state(job) == "finished");
  BOOST_TEST(one("select count(*) from assay_private.result where extras is not null") == "0");
  verify();
}

BOOST_AUTO_TEST_CASE(extras_become_columns_and_answers_without_any_have_none) {
  enqueue(2);
  const Held held = claim_one();
  begin({{held.share, held.token, 0}, {held.share, held.token, 0, 2}, {held.share, held.token, 1}});
  Answer rich{.share = held.share, .token = held.token, .cell = 0, .seq = 2, .cost = 7};
  rich.extras =
      R"({"streamed": true, "cached": true, "first_token_us": 1500, "served_by": "Together", "flags": ["fallback", "prompt_truncated"],)"
      R"( "dropped_parameters": ["seed", "top_k"], "seed_honoured": false, "reported_cost_nanos": 9,)"
      R"( "tool_calls": "[{\"id\": \"c1\"}]", "reasoning": "hm", "raw": "{\"n\": 9223372036854775807}"})";
  BOOST_TEST(settle({.results = {rich, {held.share, held.token, 1}},
                     .ended = {{.share = held.share,
                                .token = held.token,
                                .cell = 0,
                                .cost = 2,
                                .extras = R"({"reported_cost_nanos": 4})"}},
                     .closes = {{held.share, held.token}}}) == "{t,t} {t} {t}");

  const std::string shown =
      "select concat_ws('|', called_model, served_model, other_model, served_by, flags, streamed, "
      "first_token_ms::float, "
      "tokens_per_second, dropped_parameters, seed_honoured, truncated, cost, reported_cost, reported_cost_difference, "
      "tool_calls, thoughts, raw_answer, cache_hit) from assay.results where cell = ";
  BOOST_TEST(one(shown + "0") ==
             "m|m-served|t|Together|{fallback,prompt_truncated}|t|1.5|8000.000|{seed,top_k}|f|t|"
             "0.000000009|0.000000013|0.000000004|[{\"id\": \"c1\"}]|hm|{\"n\": 9223372036854775807}|t");
  BOOST_TEST(one(shown + "1") == "m|m-served|f|{}|f|{}|f|0.000000007|f");
  BOOST_TEST(
      one("select string_agg(concat_ws('|', cell, seq, served_by, streamed, cost, reported_cost, "
          "reported_cost_difference, cache_hit), "
          "' ' order by cell, seq) from assay.calls") ==
      "0|1|f|0.000000002|0.000000004|0.000000002|f 0|2|Together|t|0.000000007|0.000000009|0.000000002|t 1|1|f|0.000000007|f");
  BOOST_TEST(one("select concat_ws('|', calls, answers, cost, reported_calls, reported_cost, reported_cost_difference, "
                 "unknown_calls) "
                 "from assay.usage") == "3|2|0.000000016|2|0.000000013|0.000000004|0");
  verify();
}

BOOST_AUTO_TEST_CASE(an_orphan_keeps_what_was_said_of_its_price) {
  enqueue();
  const Held stale = claim_one();
  begin({{stale.share, stale.token, 0}});
  crash();
  claim_one();
  Answer late{.share = stale.share, .token = stale.token};
  late.extras = R"({"streamed": true, "reported_cost_nanos": 8})";
  BOOST_TEST(settle({.results = {late}}) == "{f} {} {}");
  BOOST_TEST(one("select state || ' ' || reported_cost || ' ' || streamed from assay.calls") ==
             "orphan 0.000000008 false");
}

BOOST_AUTO_TEST_CASE(a_second_result_for_a_cell_is_refused_by_the_table_itself) {
  enqueue();
  const Held held = claim_one();
  begin({{held.share, held.token, 0}});
  settle({.results = {{held.share, held.token, 0}}});
  const std::string again =
      "insert into assay_private.result (job_id, token, score, job_day, cell, seq, verdict, usage_source, "
      "text_escaped, "
      "text_truncated, tenant, requested_model) select job_id, token + 1, 0, job_day, cell, 2, 'fail', 'none', false, "
      "false, "
      "tenant, requested_model from assay_private.result";
  BOOST_TEST(refused(again).sqlstate == "23505");
}

BOOST_AUTO_TEST_CASE(books_a_lost_answer_as_an_orphan_and_writes_nothing_else) {
  const auto job = enqueue();
  const Held stale = claim_one();
  begin({{stale.share, stale.token, 0}});
  crash();
  const Held fresh = claim_one();
  const Batch late{.results = {{stale.share, stale.token, 0}}, .closes = {{stale.share, stale.token}}};
  BOOST_TEST(settle(late) == "{f} {} {f}");
  BOOST_TEST(settle(late) == "{f} {} {f}");
  BOOST_TEST(one("select count(*) from assay.results") == "0");
  BOOST_TEST(one("select state || ' ' || cost from assay.calls") == "orphan 0.000000007");
  BOOST_TEST(one("select cost from assay.jobs where id = " + std::to_string(job)) == "0.000000007");
  finish(fresh);
  BOOST_TEST(one("select cost from assay.jobs where id = " + std::to_string(job)) == "0.000000014");
  verify();
}

BOOST_AUTO_TEST_CASE(a_late_answer_adds_its_cost_to_a_job_that_has_ended) {
  const auto job = enqueue(1, "p_max_cost => 1");
  const Held held = claim_one();
  begin({{held.share, held.token, 0}});
  BOOST_TEST(one("select assay.cancel_job(" + std::to_string(job) + ", 'not needed')") == "t");
  const std::string money = "select cost || ' ' || unknown_cost || ' ' || state from assay.jobs";
  BOOST_TEST(one(money) == "0.000000000 0.000000100 cancelled");
  BOOST_TEST(settle({.results = {{held.share, held.token, 0}}, .closes = {{held.share, held.token}}}) == "{f} {} {f}");
  BOOST_TEST(one(money) == "0.000000007 0.000000000 cancelled");
  verify();
}

BOOST_AUTO_TEST_CASE(books_ended_calls_always_and_says_which_were_late) {
  enqueue(2);
  const Held held = claim_one();
  begin({{held.share, held.token, 0}, {held.share, held.token, 1}});
  BOOST_TEST(settle({.results = {}, .ended = {{held.share, held.token, 0}}}) == "{} {t} {}");
  BOOST_TEST(settle({.results = {}, .ended = {{held.share, held.token, 0}}}) == "{} {t} {}");
  crash();
  BOOST_TEST(settle({.results = {}, .ended = {{held.share, held.token, 1}}}) == "{} {f} {}");
  BOOST_TEST(settle({.results = {}, .ended = {{held.share, held.token, 0}}}) == "{} {t} {}");
  BOOST_TEST(one("select string_agg(state || ' ' || late, ', ' order by cell) from assay.calls") ==
             "failed false, failed true");
  verify();
}

BOOST_AUTO_TEST_CASE(a_result_never_replaces_another) {
  enqueue();
  const Held held = claim_one();
  begin({{held.share, held.token, 0}, {held.share, held.token, 0, 2}});
  BOOST_TEST(settle({.results = {{held.share, held.token, 0}}}) == "{t} {} {}");
  BOOST_TEST(
      settle({.results = {{.share = held.share, .token = held.token, .cell = 0, .seq = 2, .verdict = "fail"}}}) ==
      "{f} {} {}");
  BOOST_TEST(one("select verdict from assay.results") == "pass");
  verify();
}

BOOST_AUTO_TEST_CASE(refuses_to_close_a_share_with_open_cells_and_leaves_it_as_it_was) {
  const auto job = enqueue(2);
  const Held held = claim_one();
  begin({{held.share, held.token, 0}});
  const Batch early{.results = {{held.share, held.token, 0}}, .closes = {{held.share, held.token}}};
  const Refused no = refused(sql(early));
  BOOST_TEST(no.sqlstate == "ZA101");
  BOOST_TEST(no.message.find("1 of its 2 cells") != std::string::npos);
  BOOST_TEST(one("select count(*) from assay.results") == "0");
  BOOST_TEST(state(job) == "running");
  finish(held);
  BOOST_TEST(state(job) == "finished");
  verify();
}

BOOST_AUTO_TEST_CASE(does_not_take_a_cell_that_lies_outside_the_share) {
  enqueue(4, "p_cells_per_share => 2");
  const Held held = claim_one();
  begin({{held.share, held.token, 0}});
  BOOST_TEST(settle({.results = {{.share = held.share, .token = held.token, .cell = 3, .seq = 0}}}) == "{f} {} {}");
}

BOOST_AUTO_TEST_CASE(the_last_share_ends_the_job_whatever_the_order) {
  const auto job = enqueue(6, "p_cells_per_share => 2");
  std::vector<Held> held = claim();
  BOOST_REQUIRE_EQUAL(held.size(), 3u);
  for (const std::size_t i : {2u, 0u, 1u}) {
    BOOST_TEST(state(job) == "running");
    finish(held[i]);
  }
  BOOST_TEST(state(job) == "finished");
  BOOST_TEST(one("select done || ' ' || passed || ' ' || cost from assay.jobs") == "6 6 0.000000042");
  verify();
}

BOOST_AUTO_TEST_CASE(two_shares_that_close_at_once_end_the_job_once) {
  const auto job = enqueue(2, "p_cells_per_share => 1");
  const std::vector<Held> held = claim();
  begin({{held[0].share, held[0].token, 0}, {held[1].share, held[1].token, 1}});
  auto first = connect(), second = connect();
  pqxx::work open(*first);
  open.exec(sql(Batch{.results = {{held[0].share, held[0].token, 0}}, .closes = {{held[0].share, held[0].token}}}));
  Waiting waiting(
      *this, *second,
      sql(Batch{.results = {{held[1].share, held[1].token, 1}}, .closes = {{held[1].share, held[1].token}}}));
  BOOST_TEST(waiting.waits());  // for the job's meter
  open.commit();
  BOOST_TEST(waiting.end()[0]["closed"].c_str() == std::string("{t}"));
  BOOST_TEST(state(job) == "finished");
  BOOST_TEST(one("select passed from assay.jobs") == "2");
  verify();
}

BOOST_AUTO_TEST_CASE(a_pure_close_ends_a_share_whose_cells_are_all_stored) {
  const auto job = enqueue(2);
  const Held first = claim_one();
  begin({{first.share, first.token, 0}, {first.share, first.token, 1}});
  settle({.results = {{first.share, first.token, 0}, {first.share, first.token, 1}}});
  crash();
  const Held second = claim_one();
  BOOST_TEST(second.done == "{0,1}");
  BOOST_TEST(settle({.closes = {{first.share, first.token}}}) == "{} {} {f}");
  BOOST_TEST(settle({.closes = {{second.share, second.token}}}) == "{} {} {t}");
  BOOST_TEST(settle({.closes = {{second.share, second.token}}}) == "{} {} {t}");
  BOOST_TEST(state(job) == "finished");
  verify();
}

BOOST_AUTO_TEST_CASE(a_close_that_comes_after_a_younger_holder_finished_is_lost) {
  enqueue();
  const Held stale = claim_one();
  crash();
  finish(claim_one());
  BOOST_TEST(settle({.closes = {{stale.share, stale.token}}}) == "{} {} {f}");
}

BOOST_AUTO_TEST_CASE(mixes_good_and_lost_leases_in_one_batch) {
  enqueue(), enqueue();
  const std::vector<Held> stale = claim();
  begin({{stale[0].share, stale[0].token, 0}, {stale[1].share, stale[1].token, 0}});
  run("update assay_private.share set lease_until = now() - interval '1 s' where id = " +
      std::to_string(stale[0].share));
  run("select assay_worker.sweep_v1()");
  BOOST_TEST(settle({.results = {{stale[1].share, stale[1].token, 0}, {stale[0].share, stale[0].token, 0}},
                     .closes = {{stale[1].share, stale[1].token}, {stale[0].share, stale[0].token}}}) ==
             "{t,f} {} {t,f}");
  verify();
}

BOOST_AUTO_TEST_CASE(counts_every_verdict_and_the_money_of_failed_and_unknown_calls) {
  const auto job = enqueue(4);
  const Held held = claim_one();
  begin({{held.share, held.token, 0},
         {held.share, held.token, 1},
         {held.share, held.token, 2},
         {held.share, held.token, 2, 2},
         {held.share, held.token, 3}});
  settle({.results = {{held.share, held.token, 0},
                      {.share = held.share, .token = held.token, .cell = 1, .verdict = "fail", .score = 0.5},
                      {.share = held.share,
                       .token = held.token,
                       .cell = 2,
                       .seq = 2,
                       .cost = {},
                       .verdict = "unchecked",
                       .score = 1},
                      {.share = held.share,
                       .token = held.token,
                       .cell = 3,
                       .seq = 0,
                       .cost = {},
                       .verdict = "error",
                       .failure = "timed_out",
                       .score = 0}},
          .ended = {{.share = held.share, .token = held.token, .cell = 2, .cost = 5},
                    {.share = held.share, .token = held.token, .cell = 3, .failure = "outcome_unknown", .cost = {}}},
          .closes = {{held.share, held.token}}});
  BOOST_TEST(one("select concat(passed, failed, errors, unchecked) || ' ' || round(score::numeric, 4) || ' ' || cost "
                 "|| ' ' || unknown_cost from assay.jobs where id = " +
                 std::to_string(job)) == "1111 0.8333 0.000000019 0.000000200");
  BOOST_TEST(one("select string_agg(cost || '+' || unknown_cost, ' ' order by cell) from assay.results") ==
             "0.000000007+0.000000000 0.000000007+0.000000000 0.000000005+0.000000100 0.000000000+0.000000100");
  verify();
}

BOOST_AUTO_TEST_CASE(one_row_that_cannot_be_stored_refuses_its_batch_with_class_22) {
  enqueue();
  const Held held = claim_one();
  begin({{held.share, held.token, 0}});
  BOOST_TEST(refused(sql(Batch{.results = {{.share = held.share, .token = held.token, .cell = 0, .details = "{"}}}))
                 .sqlstate == "22P02");
  BOOST_TEST(refused(sql(Batch{.results = {{.share = held.share, .token = held.token, .cell = 0, .verdict = "maybe"}}}))
                 .sqlstate == "22P02");
}

BOOST_AUTO_TEST_SUITE_END()
