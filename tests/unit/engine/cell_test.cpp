#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "pricing/token_estimate.hpp"
#include "tests/support/engine_world.hpp"

using namespace assay;
using namespace assay::testing;
using namespace std::chrono_literals;

namespace {

using Kind = Failure::Kind;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Runs one job on one worker to its end.
struct OneWorld : EngineWorld {
  Process* worker = nullptr;

  JobId run(Order order, const std::vector<std::string>& assertions = {R"([{"type":"contains","value":"paris"}])"}, const std::string& more = "") {
    const JobId job = enqueue(std::move(order), assertions, more);
    worker = &start();
    finish(job);
    pass(1s);
    return job;
  }
  std::vector<std::string> sent() const {
    std::vector<std::string> ids;
    for (const auto& call : worker->line.calls()) ids.push_back(call.id);
    return ids;
  }
  /// "1:answered 2:failed …": each call's ledger row has one end.
  void each_call_has_one_row(JobId job) const {
    BOOST_TEST(store.calls().size() == worker->line.calls().size());
    for (const auto& [id, call] : store.calls()) {
      const bool answered = results(job) > 0 && store.results().contains({job, id.cell}) && result(job, id.cell.value).seq == id.seq;
      BOOST_TEST(answered != store.ended().contains(id), to_string(id) << " ends once");
    }
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(cell)

BOOST_FIXTURE_TEST_CASE(a_right_answer_is_stored_as_a_pass_with_score_cost_and_tokens, OneWorld) {
  const JobId job = run(of({"gpt-test"}));

  const CellResult& stored = result(job);
  BOOST_TEST((stored.verdict == Verdict::pass));
  BOOST_TEST(stored.score == 1.0);
  BOOST_TEST(!stored.failure.has_value());
  BOOST_TEST(stored.cost.value().nanos() == 10 * 1'000 + 5 * 2'000);
  BOOST_TEST(stored.completion.usage.input.value() == 10);
  BOOST_TEST(stored.completion.usage.output.value() == 5);
  BOOST_TEST((stored.completion.usage.source == UsageSource::provider));
  BOOST_TEST(stored.completion.text == "Paris");
  BOOST_TEST(stored.completion.served_model == "gpt-test-2026");
  BOOST_TEST(stored.requested_model == "gpt-test");
  BOOST_TEST(stored.provider == "openai");
  BOOST_TEST((state(job) == JobState::finished));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_wrong_answer_is_a_fail_with_the_share_of_assertions_that_passed, OneWorld) {
  vendor = [](const auto&) { return says("It is Rome"); };

  const JobId job = run(of({"gpt-test"}), {R"([{"type":"contains","value":"paris"},{"type":"contains","value":"rome"}])"});

  BOOST_TEST((result(job).verdict == Verdict::fail));
  BOOST_TEST(result(job).score == 0.5);
  BOOST_TEST(contains(result(job).details, "\"passed\":false"));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(nothing_asserted_is_unchecked_with_score_one, OneWorld) {
  const JobId job = run(of({"gpt-test"}), {"[]"});

  BOOST_TEST((result(job).verdict == Verdict::unchecked));
  BOOST_TEST(result(job).score == 1.0);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(the_other_dialect_is_spoken_too, OneWorld) {
  vendor = [](const auto&) {
    return status(200, R"({"id":"m","type":"message","role":"assistant","model":"claude-test","content":[{"type":"text","text":"Paris"}],)"
                       R"("stop_reason":"end_turn","usage":{"input_tokens":7,"output_tokens":3}})");
  };

  const JobId job = run(of({"claude-test"}));

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(result(job).cost.value().nanos() == 7 * 1'000 + 3 * 2'000);
  BOOST_TEST(worker->line.calls().front().request.url == "https://anthropic.test/v1/messages");
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(an_infrastructure_error_is_never_a_fail, OneWorld) {
  const std::vector<std::pair<ScriptedTransport::Answer, Kind>> troubles{
      {status(401), Kind::auth},           {status(403), Kind::permission},
      {status(404, R"({"error":{"code":"model_not_found"}})"), Kind::model_not_found}, {status(400), Kind::bad_request},
      {status(500), Kind::unavailable},    {status(529), Kind::overloaded},
      {breaks(http::Failure::Kind::unreachable, false), Kind::unreachable},
      {breaks(http::Failure::Kind::cut_off, true), Kind::cut_off},
      {breaks(http::Failure::Kind::timed_out, true), Kind::timed_out},
      {breaks(http::Failure::Kind::too_large, true), Kind::malformed},
      {status(200, "not JSON"), Kind::malformed}};
  Process& one = start();

  for (const auto& [trouble, kind] : troubles) {
    vendor = [&answer = trouble](const auto&) { return answer; };
    const JobId job = enqueue(of({"gpt-test"}));
    finish(job);
    BOOST_TEST((result(job).verdict == Verdict::error));
    BOOST_TEST(result(job).score == 0);
    BOOST_TEST(to_string(result(job).failure.value()) == to_string(kind));
    BOOST_TEST((state(job) == JobState::finished));
  }
  pass(1s);
  BOOST_TEST(one.seen.stored.size() == troubles.size());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(an_unknown_model_says_what_is_near_and_calls_nobody, OneWorld) {
  const JobId job = run(of({"gtp-test"}));

  BOOST_TEST((result(job).failure == Kind::model_not_found));
  BOOST_TEST(contains(result(job).details, "gpt-test?"), result(job).details);
  BOOST_TEST(worker->line.calls().empty());
  BOOST_TEST(store.calls().empty());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_missing_key_names_its_variable_and_calls_nobody, OneWorld) {
  const JobId job = run(of({"gemini/gemini-pro"}));

  BOOST_TEST((result(job).failure == Kind::auth));
  BOOST_TEST(contains(result(job).details, "GEMINI_API_KEY"));
  BOOST_TEST(worker->line.calls().empty());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(one_cell_in_error_leaves_the_others_alone, OneWorld) {
  const JobId job = run(of({"gpt-test", "gemini/gemini-pro", "gtp-test"}));

  BOOST_TEST((result(job, 0).verdict == Verdict::pass));
  BOOST_TEST((result(job, 1).failure == Kind::auth));
  BOOST_TEST((result(job, 2).failure == Kind::model_not_found));
  BOOST_TEST((state(job) == JobState::finished));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(an_overloaded_vendor_is_asked_again_in_place_with_growing_seq_and_a_row_for_each_call, OneWorld) {
  start();
  const JobId job = enqueue(of({"gpt-test"}));
  worker = fleet.front().get();
  worker->line.then(status(529)).then(status(503));

  finish(job);

  BOOST_TEST(sent() == (std::vector<std::string>{"1.0.1", "1.0.2", "1.0.3"}), boost::test_tools::per_element());
  BOOST_TEST(result(job).seq == 3);
  BOOST_TEST((end_of(job, 0, 1).failure == Kind::overloaded));
  BOOST_TEST(end_of(job, 0, 1).status == 529);
  BOOST_TEST((end_of(job, 0, 2).failure == Kind::overloaded));
  BOOST_TEST(worker->seen.releases.empty());
  each_call_has_one_row(job);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(six_calls_end_a_cell, OneWorld) {
  vendor = [](const auto&) { return breaks(http::Failure::Kind::unreachable, false); };

  const JobId job = run(of({"gpt-test"}));

  BOOST_TEST(worker->line.calls().size() == 6u);
  BOOST_TEST((result(job).failure == Kind::unreachable));
  BOOST_TEST(result(job).seq == 0);
  BOOST_TEST(store.jobs().at(job).settled.nanos() == 0);  // none of them can have run
  each_call_has_one_row(job);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(the_six_calls_are_counted_over_all_workers, OneWorld) {
  vendor = [](const auto&) { return breaks(http::Failure::Kind::unreachable, false); };
  const JobId job = enqueue(of({"gpt-test"}));
  Process& first = start();
  until([&] { return first.road.settlements.size() == 4u; });

  first.worker.drain();
  until([&] { return !first.running(); });
  const std::size_t before = first.line.calls().size();
  worker = &start();
  finish(job);

  BOOST_TEST(before >= 4u);
  BOOST_TEST(before + worker->line.calls().size() == 6u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_long_retry_after_puts_the_share_back_and_uses_no_attempt, OneWorld) {
  engine::Settings settings;
  settings.slots = 1;
  const JobId slow = enqueue(of({"gpt-test"}));
  worker = &start(settings);
  worker->line.then(throttles(300));
  until([&] { return !worker->seen.releases.empty(); });

  BOOST_TEST(worker->worker.calls_in_flight() == 0u);
  BOOST_TEST((only_share().state == queue::MemoryStore::ShareState::throttled));
  BOOST_TEST(worker->seen.releases.front().reason == "rate_limited");
  BOOST_TEST((worker->seen.releases.front().wake_after >= 300s && worker->seen.releases.front().wake_after <= 330s));
  const JobId other = enqueue(of({"gpt-test"}));
  finish(other);  // the slot is free for it
  const Instant at = loop.now();
  finish(slow);

  BOOST_TEST((loop.now() - at > 290s && loop.now() - at < 340s));
  BOOST_TEST((result(slow).verdict == Verdict::pass));
  BOOST_TEST(result(slow).seq == 2);
  BOOST_TEST(worker->seen.claims.back().prior.front().counted == 0);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_throttled_cell_leaves_its_siblings_running_to_their_end, OneWorld) {
  const JobId job = enqueue(of({"gpt-test"}, 3));
  worker = &start();
  worker->line.then(throttles(600)).then(after(2s, says("Paris"))).then(after(4s, says("Paris")));

  until([&] { return !worker->seen.releases.empty(); });

  BOOST_TEST(results(job) == 2u);
  BOOST_TEST((worker->seen.releases.front().wake_after >= 600s));
  finish(job);
  BOOST_TEST(worker->line.calls().size() == 4u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_cell_that_is_retried_for_too_long_goes_back_to_the_queue, OneWorld) {
  engine::Settings settings;
  settings.cell_patience = 25s;
  settings.retry.throttled_in_place = 1000;
  vendor = [](const auto&) { return throttles(9); };
  enqueue(of({"gpt-test"}));
  worker = &start(settings);

  until([&] { return !worker->seen.releases.empty(); });

  BOOST_TEST(worker->line.calls().size() == 3u);
  BOOST_TEST((loop.now().time_since_epoch() < 35s));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_call_of_unknown_outcome_is_repeated_with_the_next_seq_and_both_stay_charged, OneWorld) {
  const JobId job = enqueue(of({"gpt-test"}));
  vendor = [](const auto&) { return silence(); };
  Process& dead = start();
  until([&] { return dead.line.open() == 1; });
  kill(dead);
  vendor = [](const auto&) { return says("Paris"); };

  worker = &start();
  finish(job);

  BOOST_TEST(sent() == (std::vector<std::string>{"1.0.2"}), boost::test_tools::per_element());
  BOOST_TEST(result(job).seq == 2);
  BOOST_TEST((store.jobs().at(job).reserved > Money()));  // the first, at its bound
  BOOST_TEST(store.jobs().at(job).settled.nanos() == 20'000);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(hold_ends_a_cell_of_unknown_outcome_without_a_call, OneWorld) {
  const JobId job = enqueue(of({"gpt-test"}), {"[]"}, R"("on_unknown":"hold",)");
  vendor = [](const auto&) { return silence(); };
  Process& dead = start();
  until([&] { return dead.line.open() == 1; });
  kill(dead);

  worker = &start();
  finish(job);

  BOOST_TEST((result(job).failure == Kind::outcome_unknown));
  BOOST_TEST(worker->line.calls().empty());
  BOOST_TEST((store.jobs().at(job).reserved > Money()));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(hold_also_holds_a_call_that_a_drain_cut, OneWorld) {
  const JobId job = enqueue(of({"gpt-test"}), {"[]"}, R"("on_unknown":"hold",)");
  vendor = [](const auto&) { return silence(); };
  Process& first = start();
  until([&] { return first.line.open() == 1; });
  first.worker.drain();
  until([&] { return !first.running(); });

  worker = &start();
  finish(job);

  BOOST_TEST((end_of(job, 0, 1).failure == Kind::outcome_unknown));
  BOOST_TEST((result(job).failure == Kind::outcome_unknown));
  BOOST_TEST(worker->line.calls().empty());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(hold_never_repeats_a_call_that_may_have_been_billed, OneWorld) {
  vendor = [](const auto&) { return breaks(http::Failure::Kind::cut_off, true); };

  const JobId job = run(of({"gpt-test"}), {"[]"}, R"("on_unknown":"hold",)");

  BOOST_TEST(worker->line.calls().size() == 1u);
  BOOST_TEST((result(job).failure == Kind::cut_off));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_call_that_could_pass_max_cost_is_refused_without_a_socket, OneWorld) {
  Order order = of({"gpt-test"});
  order.max_cost = Money::nanos(100);

  const JobId job = run(order);

  BOOST_TEST((result(job).failure == Kind::over_budget));
  BOOST_TEST(worker->line.calls().empty());
  BOOST_TEST(store.calls().empty());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(max_cost_lets_through_what_fits_and_refuses_the_rest, OneWorld) {
  Order order = of({"gpt-test"}, 40);
  order.max_cost = Money::nanos(30'000'000);  // bounds are about 8.4 million each

  const JobId job = run(order);

  std::size_t passed = 0, refused = 0;
  for (std::int32_t cell = 0; cell < 40; ++cell) {
    passed += result(job, cell).verdict == Verdict::pass;
    refused += result(job, cell).failure == Kind::over_budget;
  }
  BOOST_TEST(passed > 0u);
  BOOST_TEST(refused > 0u);
  BOOST_TEST(passed + refused == 40u);
  BOOST_TEST((store.jobs().at(job).settled <= *order.max_cost));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(an_unknown_price_is_refused_under_a_cap_and_empty_without_one, OneWorld) {
  Order capped = of({"gpt-unpriced"});
  capped.max_cost = Money::nanos(1'000'000'000);
  const JobId refused = run(capped);
  BOOST_TEST((result(refused).failure == Kind::over_budget));
  BOOST_TEST(contains(result(refused).details, "gpt-unpriced"));
  BOOST_TEST(worker->line.calls().empty());

  const JobId job = enqueue(of({"gpt-unpriced"}));
  finish(job);

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(!result(job).cost.has_value());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(an_answer_that_cannot_be_read_is_malformed_and_booked_at_its_bound, OneWorld) {
  const std::string nested = R"({"choices":)" + std::string(200'000, '[');
  vendor = [&](const auto&) { return status(200, nested); };

  const JobId job = run(of({"gpt-test"}));

  BOOST_TEST((result(job).failure == Kind::malformed));
  for (const auto& [id, call] : store.calls()) {
    BOOST_TEST((end_of(job, 0, id.seq).cost == call.intent.bound));
    BOOST_TEST((call.intent.bound.value() > Money()));
  }
  each_call_has_one_row(job);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(hostile_bytes_are_judged_as_they_came_and_stored_escaped, OneWorld) {
  vendor = [](const auto&) { return completion("\"Pa\\u0000ris \xff\""); };

  const JobId job = run(of({"gpt-test"}), {R"([{"type":"not-contains","value":"paris"},{"type":"length-less-than","value":9}])"});

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(result(job).text_escaped);
  BOOST_TEST(result(job).completion.text == "Pa\\x00ris \\xff");
  BOOST_TEST(result(job).cost.value().nanos() == 20'000);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_long_answer_is_judged_whole_off_the_loop_and_stored_cut, OneWorld) {
  const std::string text = std::string(2u << 20, 'x') + "paris";
  vendor = [&](const auto&) { return says(text); };

  const JobId job = run(of({"gpt-test"}));

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(result(job).text_truncated);
  BOOST_TEST(result(job).completion.text.size() == std::size_t{1} << 20);
  BOOST_TEST(offload.pieces == 1u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_light_answer_is_judged_on_the_loop, OneWorld) {
  run(of({"gpt-test"}));

  BOOST_TEST(offload.pieces == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_judge_that_throws_ends_the_cell_as_our_fault_with_its_cost_booked, OneWorld) {
  offload.broken = true;
  const std::string text(300u << 10, 'x');
  vendor = [&](const auto&) { return says(text); };

  const JobId job = run(of({"gpt-test"}));

  BOOST_TEST((result(job).verdict == Verdict::error));
  BOOST_TEST((result(job).failure == Kind::internal));
  BOOST_TEST(result(job).seq == 1);
  BOOST_TEST(result(job).cost.value().nanos() == 20'000);
  BOOST_TEST(worker->seen.faults.size() == 1u);
  BOOST_TEST(worker->line.calls().size() == 1u);
  BOOST_TEST(store.verify().empty());
}

BOOST_FIXTURE_TEST_CASE(a_judge_that_throws_on_an_answer_without_usage_books_an_estimate, OneWorld) {
  offload.broken = true;
  const std::string text(300u << 10, 'x');
  vendor = [&](const auto&) { return completion('"' + text + '"', "stop", ""); };

  const JobId job = run(of({"gpt-test"}));

  BOOST_TEST((result(job).failure == Kind::internal));
  BOOST_TEST((result(job).completion.usage.source == UsageSource::estimated));
  BOOST_TEST((result(job).cost.value() > Money()));
}

BOOST_FIXTURE_TEST_CASE(missing_usage_is_estimated_priced_and_marked, OneWorld) {
  vendor = [](const auto&) { return completion("\"Paris\"", "stop", ""); };

  const JobId job = run(of({"gpt-test"}));

  const Usage& usage = result(job).completion.usage;
  BOOST_TEST((usage.source == UsageSource::estimated));
  BOOST_TEST(usage.input.value() == pricing::most_prompt_tokens({"You know capitals.", "Capital of France?"}));
  BOOST_TEST(usage.output.value() == pricing::most_tokens("Paris"));
  BOOST_TEST(result(job).cost.value().nanos() == *usage.input * 1'000 + *usage.output * 2'000);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(empty_refused_and_cut_short_answers_are_answers_and_are_judged, OneWorld) {
  Process& one = start();
  one.line.then(completion("\"\"")).then(completion("\"Par\"", "length")).then(status(200, R"({"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":null,"refusal":"I will not say Paris"}}],"usage":{"prompt_tokens":3,"completion_tokens":4}})"));

  const JobId empty = enqueue(of({"gpt-test"}));
  finish(empty);
  const JobId cut = enqueue(of({"gpt-test"}));
  finish(cut);
  const JobId refused = enqueue(of({"gpt-test"}));
  finish(refused);

  BOOST_TEST((result(empty).verdict == Verdict::fail));
  BOOST_TEST((result(cut).verdict == Verdict::fail));
  BOOST_TEST((result(cut).completion.finish_reason == FinishReason::length));
  BOOST_TEST((result(refused).verdict != Verdict::error));
  BOOST_TEST(result(refused).completion.refusal == "I will not say Paris");
  BOOST_TEST(one.line.calls().size() == 3u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(the_last_cell_closes_its_share_in_the_transaction_of_its_result, OneWorld) {
  const JobId job = enqueue(of({"gpt-test"}, 3));
  worker = &start();
  worker->line.then(after(1s, says("Paris"))).then(after(2s, says("Paris"))).then(after(3s, says("Paris")));

  finish(job);
  pass(1s);

  BOOST_REQUIRE_EQUAL(worker->road.settlements.size(), 3u);
  BOOST_TEST(!worker->road.settlements[0].closes_share);
  BOOST_TEST(!worker->road.settlements[1].closes_share);
  BOOST_TEST(worker->road.settlements[2].closes_share);
  BOOST_TEST(worker->road.settlements[2].result.has_value());
  BOOST_TEST(worker->seen.ended_shares == 1u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(answers_that_arrive_in_one_instant_still_close_their_share_once, OneWorld) {
  const JobId job = run(of({"gpt-test"}, 20));

  BOOST_TEST(results(job) == 20u);
  BOOST_TEST(worker->seen.ended_shares == 1u);
  BOOST_TEST((state(job) == JobState::finished));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_settle_whose_answer_is_lost_is_sent_again_and_counts_once, OneWorld) {
  const JobId job = enqueue(of({"gpt-test"}));
  worker = &start();
  until([&] { return worker->line.open() == 1; });
  worker->road.lose_answers(2);

  finish(job);
  pass(20s);

  BOOST_TEST(worker->road.settlements.size() == 3u);
  BOOST_TEST(worker->seen.ended_shares == 1u);
  BOOST_TEST(worker->seen.late_writes.empty());
  BOOST_TEST(store.jobs().at(job).settled.nanos() == 20'000);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_suite_that_cannot_be_read_ends_every_cell_as_our_fault_without_a_call, OneWorld) {
  Order order = of({"gpt-test"}, 3);
  order.suite = store.put_suite(R"({"name":"x","prompt":"p","cases":[{"title":"t","input":"i","assertions":[{"type":"levitates"}]}]})");

  const JobId job = store.enqueue(order);
  worker = &start();
  finish(job);
  pass(1s);

  for (std::int32_t cell = 0; cell < 3; ++cell) {
    BOOST_TEST((result(job, cell).failure == Kind::internal));
    BOOST_TEST(contains(result(job, cell).details, "levitates"));
  }
  BOOST_TEST(worker->line.calls().empty());
  BOOST_TEST(worker->seen.stored.size() == 3u);
  BOOST_TEST(worker->seen.ended_shares == 1u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(a_grid_that_does_not_fit_its_suite_is_our_fault_and_no_crash, OneWorld) {
  Order order = of({"gpt-test"});
  order.suite = suite({"[]"});
  order.cases = 5;

  const JobId job = store.enqueue(order);
  worker = &start();
  finish(job);

  BOOST_TEST((result(job, 4).failure == Kind::internal));
  BOOST_TEST(worker->line.calls().empty());
  BOOST_TEST(store.verify().empty());
}

BOOST_AUTO_TEST_SUITE_END()
