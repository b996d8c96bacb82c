#include "tests/db/protocol.hpp"

#include <fstream>

using namespace assay::testing;

namespace {

std::string put(const std::string& json) {
  return "select assay.put_suite($j$" + json + "$j$)";
}
std::string with_case(const std::string& members) {
  return put(
      "{\"name\": \"n\", \"prompt\": \"p\", \"cases\": [{\"title\": \"a\", \"input\": \"b\"}, {\"title\": \"t\", "
      "\"input\": \"i\"" +
      members + "}]}");
}
std::string asserting(const std::string& assertion) {
  return with_case(", \"assertions\": [{\"type\": \"contains\", \"value\": \"x\"}, " + assertion + "]");
}

struct Listener : World {
  std::unique_ptr<pqxx::connection> listener = connect();
  struct Count : pqxx::notification_receiver {
    using notification_receiver::notification_receiver;
    int heard = 0;
    bool end = false;
    void operator()(const std::string& payload, int) override { payload == "end" ? void(end = true) : void(++heard); }
  } count{*listener, "assay_wake"};
  /// Wake-ups since the last call.
  int heard() {
    run("notify assay_wake, 'end'");  // arrives after all that was committed before it
    count.heard = 0;
    for (count.end = false; !count.end;) listener->await_notification(1, 0);
    return count.heard;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(put_suite, World)

BOOST_AUTO_TEST_CASE(gives_the_same_id_for_the_same_content_and_another_per_tenant) {
  const std::string suite =
      "{\"name\": \"n\", \"prompt\": {\"sections\": []}, \"cases\": [{\"title\": \"t\", \"input\": \"\"}]}";
  const std::string spaced =
      "{ \"prompt\": {\"sections\": []},  \"cases\": [{\"input\": \"\", \"title\": \"t\"}], \"name\": \"n\"}";
  const std::string id = one(put(suite));
  BOOST_TEST(one(put(spaced)) == id);
  BOOST_TEST(one("select assay.put_suite($j$" + suite + "$j$::jsonb)") == id);
  BOOST_TEST(one("select assay.put_suite($j$" + suite + "$j$, 'other')") != id);
  BOOST_TEST(one("select encode(hash, 'hex') = encode(sha256(convert_to(content::text, 'UTF8')), 'hex') from "
                 "assay_private.suite where id = " +
                 id) == "t");
  BOOST_TEST(one("select assay_worker.suite_v1(" + id + ")::jsonb ->> 'name'") == "n");
  BOOST_TEST(one("select assay_worker.suite_v1(4711) is null") == "t");
}

BOOST_AUTO_TEST_CASE(takes_every_kind_of_assertion_that_is_built) {
  BOOST_TEST(!one(with_case(", \"expected_output\": \"x\", \"tags\": [\"a\"], \"assertions\": [{\"value\": \"x\"}, "
                            "{\"type\": \"contains\", \"value\": \"\"}, "
                            "{\"type\": \"not-contains\", \"value\": \"x\"}, {\"type\": \"equals\", \"value\": \"x\"}, "
                            "{\"type\": \"regex\", \"value\": \"^a+$\"}, "
                            "{\"type\": \"length-greater-than\", \"value\": 3}, {\"type\": \"length-less-than\", "
                            "\"value\": 3.5}, {\"type\": \"is-json\"}]"))
                  .empty());
}

BOOST_AUTO_TEST_CASE(refuses_by_name_what_could_not_be_judged) {
  struct Row {
    std::string statement, sqlstate, place, hint;
  };
  const std::vector<Row> table{
      {asserting("{\"type\": \"contians\", \"value\": \"x\"}"), "ZA004", "cases[1].assertions[1].type",
       "Did you mean \"contains\"?"},
      {asserting("{\"type\": \"Contains\", \"value\": \"x\"}"), "ZA004", "cases[1].assertions[1].type",
       "Did you mean \"contains\"?"},
      {asserting("{\"type\": \"zzzzzzzzz\"}"), "ZA004", "cases[1].assertions[1].type", "Built are: contains"},
      {asserting("{\"type\": \"not-not-contains\", \"value\": \"x\"}"), "ZA004", "cases[1].assertions[1].type",
       "not-contains"},
      {asserting("{\"type\": \"llm-rubric\", \"value\": \"x\"}"), "ZA005", "cases[1].assertions[1].type", "Built are"},
      {asserting("{\"type\": \"icontains\", \"value\": \"x\"}"), "ZA005", "cases[1].assertions[1].type", "Built are"},
      {asserting("{\"type\": \"not-regex\", \"value\": \"x\"}"), "ZA005", "cases[1].assertions[1].type", "Built are"},
      {asserting("{\"type\": \"regex\", \"value\": \"(?<=a*)b\"}"), "ZA006", "cases[1].assertions[1].value", "JavaScript"},
      {asserting("{\"type\": \"regex\", \"value\": 5}"), "ZA003", "cases[1].assertions[1].value", "quotes"},
      {asserting("{\"type\": \"equals\"}"), "ZA003", "cases[1].assertions[1].value", "quotes"},
      {asserting("{\"type\": \"length-less-than\", \"value\": \"9\"}"), "ZA003", "cases[1].assertions[1].value",
       "without quotes"},
      {asserting("{\"type\": null, \"value\": \"x\"}"), "ZA003", "cases[1].assertions[1].type", "Leave it out"},
      {asserting("{\"typ\": \"x\"}"), "ZA003", "cases[1].assertions[1].typ", "Did you mean \"type\"?"},
      {asserting("7"), "ZA003", "cases[1].assertions[1]", "Write"},
      {asserting("{\"type\": \"is-json\", \"value\": \"" + std::string(70000, 'x') + "\"}"), "ZA008",
       "cases[1].assertions[1].value", "Shorten"},
      {with_case(", \"asertions\": []"), "ZA003", "cases[1].asertions", "Did you mean \"assertions\"?"},
      {with_case(", \"tags\": [1]"), "ZA003", "cases[1].tags", ""},
      {with_case(", \"expected_output\": 4"), "ZA003", "cases[1].expected_output", ""},
      {put("{\"name\": \"n\", \"prompt\": \"p\", \"cases\": [{\"title\": \"t\"}]}"), "ZA003", "cases[0].input", ""},
      {put("{\"name\": \"n\", \"prompt\": \"p\", \"cases\": [{\"title\": \"t\", \"input\": \"" +
           std::string(262145, 'x') + "\"}]}"),
       "ZA008", "cases[0].input", ""},
      {put("{\"name\": \"n\", \"prompt\": \"p\", \"cases\": []}"), "ZA003", "cases", ""},
      {put("{\"name\": \"n\", \"cases\": [{\"title\": \"t\", \"input\": \"i\"}]}"), "ZA003", "prompt",
       "package content"},
      {put("{\"name\": \"n\", \"prompt\": \"" + std::string(1048577, 'x') +
           "\", \"cases\": [{\"title\": \"t\", \"input\": \"i\"}]}"),
       "ZA008", "prompt", "Shorten"},
      {put("{\"prompt\": \"p\", \"cases\": [{\"title\": \"t\", \"input\": \"i\"}]}"), "ZA003", "name", ""},
      {put("{\"name\": \"n\", \"prompt\": \"p\", \"dialect\": \"perl\", \"cases\": [{\"title\": \"t\", \"input\": "
           "\"i\"}]}"),
       "ZA003", "dialect", "prpm"},
      {put("{\"name\": \"n\", \"prompt\": \"p\", \"on_unknown\": \"ask\", \"cases\": [{\"title\": \"t\", \"input\": "
           "\"i\"}]}"),
       "ZA003", "on_unknown", "hold"},
      {put("{\"name\": \"n\", \"prompt\": \"p\", \"defaults\": {\"temprature\": 1}, \"cases\": [{\"title\": \"t\", "
           "\"input\": \"i\"}]}"),
       "ZA003", "defaults.temprature", "temperature"},
      {put("{\"name\": \"n\", \"prompt\": \"p\", \"defaults\": {\"top_p\": 2}, \"cases\": [{\"title\": \"t\", "
           "\"input\": \"i\"}]}"),
       "ZA003", "defaults.top_p", "0 to 1"},
      {put("{\"name\": \"n\", \"prompt\": \"p\", \"defaults\": {\"stop\": 7}, \"cases\": [{\"title\": \"t\", "
           "\"input\": \"i\"}]}"),
       "ZA003", "defaults.stop", "list"},
      {put("[]"), "ZA003", "p_content", "Write"},
      {put("{"), "ZA003", "p_content", ""},
      {"select assay.put_suite(null::jsonb)", "ZA001", "p_content", ""},
      {"select assay.put_suite('{}'::jsonb, 'a b')", "ZA001", "p_tenant", ""},
  };
  for (const Row& row : table) {
    const Refused no = refused(row.statement);
    BOOST_TEST_CONTEXT(row.place << " | " << no.message << " | " << no.hint) {
      BOOST_TEST(no.sqlstate == row.sqlstate);
      BOOST_TEST(no.message.find(row.place + ":") != std::string::npos);
      BOOST_TEST(no.hint.find(row.hint) != std::string::npos);
    }
  }
  BOOST_TEST(one("select count(*) from assay_private.suite") == "0");
}

BOOST_AUTO_TEST_CASE(refuses_nul_wherever_it_stands_and_says_where) {
  const auto at = [this](const std::string& json) {
    const Refused no = refused(put(json));
    BOOST_TEST(no.sqlstate == "ZA007");
    return no.message;
  };
  BOOST_TEST(at("{\"name\": \"n\", \"prompt\": \"a\\u0000b\", \"cases\": []}").find("prompt: holds a NUL") !=
             std::string::npos);
  BOOST_TEST(at("{\"name\": \"n\", \"prompt\": \"p\", \"cases\": [{\"title\": \"t\", \"input\": \"\\\\\\u0000\"}]}")
                 .find("cases[0].input:") != std::string::npos);
  BOOST_TEST(at("{\"name\": \"n\", \"prompt\": {\"a\\u0000\": 1}, \"cases\": []}").find("prompt.a? (a key):") !=
             std::string::npos);
  // Six characters that only look like one: a backslash, then u0000.
  BOOST_TEST(
      !one(put("{\"name\": \"n\", \"prompt\": \"\\\\u0000\", \"cases\": [{\"title\": \"t\", \"input\": \"i\"}]}"))
           .empty());
}

BOOST_AUTO_TEST_CASE(stores_hostile_text_as_it_is) {
  const std::string prompt = R"('; drop table x; -- ${{7*7}} <script> 😀 \\ \" \ud83d\ude00)";
  const std::string id =
      one(put("{\"name\": \"n\", \"prompt\": \"" + prompt + "\", \"cases\": [{\"title\": \"t\", \"input\": \"i\"}]}"));
  BOOST_TEST(one("select assay_worker.suite_v1(" + id + ")::jsonb ->> 'prompt'") ==
             R"('; drop table x; -- ${{7*7}} <script> 😀 \ " 😀)");
}

/// The shared table of the two gates, this one and lib/regex: pattern, the worker's answer, this one's where it differs.
BOOST_AUTO_TEST_CASE(the_regex_gate_answers_as_the_shared_table_says) {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/data/regex/gate.tsv");
  const auto replaced = [](std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
    return text;
  };
  int count = 0;
  std::string values;
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find('\t'), last = line.rfind('\t');
    if (line.rfind("# ", 0) == 0 || first == std::string::npos) continue;
    const std::string pattern = replaced(replaced(replaced(line.substr(0, first), "␉", "\t"), "␊", "\n"), "␍", "\r");
    values +=
        (count++ ? ", " : "") + std::string("(") + c->quote(pattern) + ", " + c->quote(line.substr(last + 1)) + ")";
  }
  BOOST_TEST(count > 1000);
  for (const auto& row :
       rows("select pattern, expected, coalesce(assay_private.check_regex(pattern), 'ok') as found from (values " +
            values + ") t(pattern, expected) where expected <> coalesce(assay_private.check_regex(pattern), 'ok')")) {
    BOOST_ERROR(row[0].c_str() << ": expected " << row[1].c_str() << ", found " << row[2].c_str());
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(enqueue_job, World)

BOOST_AUTO_TEST_CASE(makes_the_shares_of_a_job) {
  const auto job = enqueue(
      3, "p_repeats => 5, p_cells_per_share => 8, p_priority => 1, p_queue => 'slow', p_max_cost => 0.25", "{a,b}");
  BOOST_TEST(one("select cells || ' ' || queue || ' ' || priority || ' ' || max_cost || ' ' || state from assay.jobs "
                 "where id = " +
                 std::to_string(job)) == "30 slow 1 0.250000000 queued");
  BOOST_TEST(one("select string_agg(first_cell || '+' || cell_count, ' ' order by id) from assay_private.share") ==
             "0+8 8+8 16+8 24+6");
  verify();
}

BOOST_AUTO_TEST_CASE(is_part_of_the_callers_transaction) {
  const std::string id = std::to_string(suite());
  pqxx::work work(*c);
  work.exec("select assay.enqueue_job(" + id + ", '{m}')");
  work.abort();
  BOOST_TEST(one("select count(*) from assay.jobs") == "0");
}

BOOST_AUTO_TEST_CASE(refuses_by_the_name_of_the_argument) {
  const std::string id = std::to_string(suite());
  struct Row {
    std::string arguments, sqlstate, place;
  };
  const std::vector<Row> table{
      {"4711, '{m}'", "ZA002", "p_suite"},
      {id + ", '{m}', 'other'", "ZA002", "p_suite"},
      {id + ", '{}'", "ZA001", "p_models"},
      {id + ", null", "ZA001", "p_models"},
      {id + ", '{a,\"b c\"}'", "ZA001", "p_models[1]"},
      {id + ", '{a,null}'", "ZA001", "p_models[1]"},
      {id + ", '{a,a}'", "ZA001", "p_models"},
      {id + ", '{m}', p_tenant => ''", "ZA001", "p_tenant"},
      {id + ", '{m}', p_queue => 'a b'", "ZA001", "p_queue"},
      {id + ", '{m}', p_repeats => 0", "ZA001", "p_repeats"},
      {id + ", '{m}', p_priority => 4", "ZA001", "p_priority"},
      {id + ", '{m}', p_priority => -1", "ZA001", "p_priority"},
      {id + ", '{m}', p_max_cost => -1", "ZA001", "p_max_cost"},
      {id + ", '{m}', p_max_cost => 0.0000000001", "ZA001", "p_max_cost"},
      {id + ", '{m}', p_max_cost => 'NaN'", "ZA001", "p_max_cost"},
      {id + ", '{m}', p_sampling => '{\"temprature\": 1}'", "ZA003", "p_sampling.temprature"},
      {id + ", '{m}', p_sampling => '{\"max_tokens\": 0}'", "ZA003", "p_sampling.max_tokens"},
      {id + ", '{m}', p_metadata => '[]'", "ZA001", "p_metadata"},
      {id + ", '{m}', p_traceparent => 'x'", "ZA001", "p_traceparent"},
      {id + ", '{m}', p_cells_per_share => 0", "ZA001", "p_cells_per_share"},
  };
  for (const Row& row : table) {
    const Refused no = refused("select assay.enqueue_job(" + row.arguments + ")");
    BOOST_TEST_CONTEXT(row.arguments << " | " << no.message) {
      BOOST_TEST(no.sqlstate == row.sqlstate);
      BOOST_TEST(no.message.find(row.place + ":") != std::string::npos);
    }
  }
  BOOST_TEST(
      refused("select assay.enqueue_job(" + std::to_string(suite(200)) + ", '{a,b}', p_repeats => 10000)").sqlstate ==
      "ZA008");
  const Refused no = refused("select assay.enqueue_jobs('[{\"suite\": " + id +
                             ", \"models\": [\"m\"]}, {\"suite\": " + id + ", \"models\": []}]')");
  BOOST_TEST(no.message.find("p_jobs[1].models:") != std::string::npos);
  BOOST_TEST(refused("select assay.enqueue_jobs('[{\"suit\": 1}]')").hint == "Did you mean \"suite\"?");
  BOOST_TEST(one("select count(*) from assay.jobs") == "0");
}

BOOST_AUTO_TEST_CASE(takes_sixty_thousand_jobs_in_one_statement) {
  const std::string id = std::to_string(suite());
  BOOST_TEST(
      one("select cardinality(assay.enqueue_jobs((select jsonb_agg(jsonb_build_object('suite', " + id +
          ", 'models', array['m'], 'metadata', jsonb_build_object('n', n))) from generate_series(1, 60000) n)))") ==
      "60000");
  BOOST_TEST(one("select assay.backlog()") == "60000");
  BOOST_TEST(one("select metadata ->> 'n' from assay.jobs where id = 777") == "777");
  run("truncate assay_private.job, assay_private.share");
}

BOOST_AUTO_TEST_CASE(holds_what_a_package_registry_says) {
  enqueue(1,
          "p_priority => 2, p_metadata => '{\"package\": \"@ann/reviewer\", \"version\": \"1.2.0\", \"user\": \"u-9\", "
          "\"upload\": true, \"verify\": false}', "
          "p_traceparent => '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'",
          "{openai/gpt-4o,anthropic/claude-x}");
  enqueue(1, "p_priority => 3");
  BOOST_TEST(one("select metadata ->> 'package' || ' ' || (metadata -> 'upload')::text || ' ' || models::text || ' ' "
                 "|| queue_position || ' ' || left(traceparent, 5) "
                 "from assay.jobs where priority = 2") ==
             "@ann/reviewer true {openai/gpt-4o,anthropic/claude-x} 2 00-0a");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(steering, World)

BOOST_AUTO_TEST_CASE(a_cancelled_job_keeps_its_results_and_starts_nothing_more) {
  const auto job = enqueue(4, "p_cells_per_share => 2");
  const std::vector<Held> held = claim({.shares = 1});
  begin({{held[0].share, held[0].token, 0}, {held[0].share, held[0].token, 1}});
  settle({.results = {{held[0].share, held[0].token, 0}}});
  BOOST_TEST(one("select assay.cancel_job(" + std::to_string(job) + ", 'wrong version')") == "t");
  BOOST_TEST(one("select assay.cancel_job(" + std::to_string(job) + ")") == "f");
  BOOST_TEST(one("select state || ' ' || done || ' ' || reason || ' ' || unknown_cost from assay.jobs") ==
             "cancelled 1 wrong version 0.000000100");
  BOOST_TEST(begin({{held[0].share, held[0].token, 1, 2}}) == "{lost}");
  BOOST_TEST(one("select assay_worker.renew_v1('w1', '{" + std::to_string(held[0].share) + "}', '{" +
                 std::to_string(held[0].token) + "}', '1 s')") == "{}");
  BOOST_TEST(claim().empty());
  BOOST_TEST(one("select string_agg(state, ' ' order by cell) from assay.calls") == "answered unknown");
  BOOST_TEST(refused("select assay.cancel_job(4711)").sqlstate == "ZA002");
  verify();
}

BOOST_AUTO_TEST_CASE(a_finished_job_cannot_be_cancelled) {
  const auto job = enqueue();
  finish(claim_one());
  BOOST_TEST(one("select assay.cancel_job(" + std::to_string(job) + ")") == "f");
  BOOST_TEST(state(job) == "finished");
}

BOOST_AUTO_TEST_CASE(a_retry_is_a_new_job_with_the_cells_asked_for) {
  const auto job = enqueue(3, "p_metadata => '{\"package\": \"x\"}', p_max_cost => 2", "{a,b}");
  BOOST_TEST(refused("select assay.retry_job(" + std::to_string(job) + ")").sqlstate == "ZA009");
  const Held held = claim_one();
  std::vector<Call> calls;
  Batch batch{.closes = {{held.share, held.token}}};
  for (int cell = 0; cell < 6; ++cell) {
    calls.push_back({held.share, held.token, cell});
    batch.results.push_back({.share = held.share,
                             .token = held.token,
                             .cell = cell,
                             .verdict = cell == 1   ? "fail"
                                        : cell == 4 ? "error"
                                                    : "pass",
                             .failure = cell == 4 ? "malformed" : ""});
  }
  begin(calls), settle(batch);
  const std::string retry = "select assay.retry_job(" + std::to_string(job);
  const std::string cells =
      "select coalesce(only_cells::text, 'all') || ' ' || cells from assay_private.job where id = ";
  BOOST_TEST(one(cells + one(retry + ")")) == "{1,4} 2");
  BOOST_TEST(one(cells + one(retry + ", 'errors')")) == "{4} 1");
  BOOST_TEST(one(cells + one(retry + ", 'all')")) == "all 6");
  const std::string third = one(retry + ", 'cells', '{5,2}')");
  BOOST_TEST(one(cells + third) == "{2,5} 2");
  BOOST_TEST(one("select retry_of || ' ' || (metadata ->> 'package') || ' ' || max_cost from assay.jobs where id = " +
                 third) == std::to_string(job) + " x 2.000000000");
  BOOST_TEST(refused(retry + ", 'some')").sqlstate == "ZA001");
  BOOST_TEST(refused(retry + ", 'cells')").sqlstate == "ZA001");
  BOOST_TEST(refused(retry + ", 'cells', '{6}')").sqlstate == "ZA001");
  BOOST_TEST(refused("select assay.retry_job(4711)").sqlstate == "ZA002");

  // A retry of the retry names places in the first job's grid.
  while (!one("select count(*) from assay_private.share where job_id <> " + third).starts_with("0")) {
    run("select assay.cancel_job(job_id) from assay_private.share where job_id <> " + third + " limit 1");
  }
  finish(claim_one());
  BOOST_TEST(one("select string_agg(test || model || repeat, ' ' order by cell) from assay.results where job_id = " +
                 third) == "t2a0 t2b0");
  BOOST_TEST(refused("select assay.retry_job(" + third + ")").sqlstate == "ZA009");
  BOOST_TEST(one(cells + one("select assay.retry_job(" + third + ", 'cells', '{1}')")) == "{5} 1");
  BOOST_TEST(one(cells + one("select assay.retry_job(" + third + ", 'all')")) == "{2,5} 2");
  verify();
}

BOOST_AUTO_TEST_CASE(priority_can_change_while_a_job_waits) {
  const auto first = enqueue(), second = enqueue(2, "p_cells_per_share => 1");
  BOOST_TEST(one("select assay.set_priority(" + std::to_string(second) + ", 2)") == "2");
  BOOST_TEST(one("select priority || ' ' || queue_position from assay.jobs where id = " + std::to_string(first)) ==
             "0 3");
  BOOST_TEST(claim_one().job == second);
  BOOST_TEST(refused("select assay.set_priority(" + std::to_string(first) + ", 9)").sqlstate == "ZA001");
  verify();
}

BOOST_AUTO_TEST_CASE(the_backlog_counts_what_runs_or_could_run) {
  enqueue(3), enqueue(2, "p_queue => 'slow'"), enqueue(5, "p_run_at => now() + interval '1 hour'");
  claim_one();
  BOOST_TEST(one("select assay.backlog()") == "5");
  BOOST_TEST(one("select assay.backlog('slow')") == "2");
  run("select assay.pause_queue('slow')");
  BOOST_TEST(one("select assay.backlog()") == "3");
  BOOST_TEST(refused("select assay.resume_queue('nobody')").sqlstate == "ZA002");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(waking, Listener)

BOOST_AUTO_TEST_CASE(each_change_wakes_at_most_once_per_transaction) {
  const std::string id = std::to_string(suite());
  const std::string enqueue_one = "select assay.enqueue_job(" + id + ", '{m}');";
  BOOST_TEST(heard() == 0);
  run(enqueue_one + enqueue_one + enqueue_one);
  BOOST_TEST(heard() == 1);
  run("select assay.enqueue_job(" + id + ", '{m}', p_run_at => now() + interval '1 hour')");
  BOOST_TEST(heard() == 0);  // nothing is due

  const std::vector<Held> held = claim();
  run("select assay_worker.release_v1('{" + std::to_string(held[0].share) + "}', '{" + std::to_string(held[0].token) +
      "}', '{0}', '{drain}')");
  BOOST_TEST(heard() == 1);
  run("update assay_private.share set lease_until = now() - interval '1 s' where state = 'running'");
  run("select assay_worker.sweep_v1()");
  BOOST_TEST(heard() == 1);
  finish(claim_one());
  BOOST_TEST(heard() == 0);
  run("select assay.retry_job(min(id), 'all') from assay.jobs where state = 'finished'");
  BOOST_TEST(heard() == 1);
  run("select assay.pause_queue('default')");
  run("select assay.resume_queue('default')");
  BOOST_TEST(heard() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
