#include <boost/test/unit_test.hpp>

#include "tests/support/chat_stream.hpp"
#include "tests/support/engine_world.hpp"

using namespace assay;
using namespace assay::testing;
using namespace std::chrono_literals;

namespace {

using Kind = Failure::Kind;
using Piece = ScriptedTransport::Piece;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

engine::Settings streaming() {
  engine::Settings settings;
  settings.stream = true;
  return settings;
}

/// Runs one job of one streamed cell.
struct Streaming : EngineWorld {
  Process* worker = nullptr;

  JobId run(engine::Settings settings = streaming(), Order order = of({"gpt-test"})) {
    const JobId job = begin(settings, std::move(order));
    finish(job);
    pass(1s);
    return job;
  }
  JobId begin(engine::Settings settings = streaming(), Order order = of({"gpt-test"})) {
    const JobId job = enqueue(std::move(order));
    worker = &start(settings);
    return job;
  }
  /// Until the first call has told its sink something.
  void until_it_speaks() {
    until([this] { return !worker->line.calls().empty() && worker->line.calls().front().bytes > 0; });
  }
  Duration lasted(std::size_t call = 0) const {
    const auto& made = worker->line.calls().at(call);
    return made.ended.value() - made.sent;
  }
  Money bound(std::int32_t seq = 1) const {
    return store.calls().at(CallId{JobId(1), CellNumber(0), seq}).intent.bound.value();
  }
};

std::vector<Piece> paris() {
  return {{100ms, chat::role()}, {300ms, chat::says("Par")}, {50ms, chat::says("is")}, {10ms, chat::ending()}};
}

/// "Par", then for ever what `word` says, each after `every`.
ScriptedTransport::Answer begins_and_goes_on(Duration every, const std::string& word) {
  ScriptedTransport::Answer answer = streams({});
  answer.pieces = [every, word, first = true]() mutable -> std::optional<Piece> {
    if (std::exchange(first, false)) return Piece{100ms, chat::says("Par")};
    return Piece{every, word};
  };
  return answer;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(streamed_cell)

BOOST_FIXTURE_TEST_CASE(is_judged_and_priced_like_a_whole_answer_and_knows_its_first_token, Streaming) {
  vendor = [](const auto&) { return streams(paris()); };

  const JobId job = run();

  const CellResult& stored = result(job);
  BOOST_TEST((stored.verdict == Verdict::pass));
  BOOST_TEST(stored.completion.text == "Paris");
  BOOST_TEST(stored.completion.streamed);
  BOOST_TEST((stored.completion.first_token == 420ms));  // 20 ms to the head, the role's piece is no content
  BOOST_TEST((stored.completion.usage.source == UsageSource::provider));
  BOOST_TEST(stored.cost.value().nanos() == 10 * 1'000 + 5 * 2'000);
  BOOST_TEST(stored.completion.flags.empty());
  BOOST_TEST(contains(worker->line.calls().front().request.body, "\"stream\":true"));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(is_asked_for_where_the_job_says_so_and_not_where_it_forbids_it, Streaming) {
  vendor = [](const ScriptedTransport::Call& call) {
    return contains(call.request.body, "\"stream\":true") ? streams(paris()) : says("Paris");
  };
  Asking wish;
  for (const bool streamed : {true, false}) {
    wish.stream = streamed;
    Order order = of({"gpt-test"});
    order.sampling.asking = std::make_shared<Asking>(wish);
    engine::Settings settings;
    settings.stream = !streamed;

    const JobId job = run(settings, order);

    BOOST_TEST((result(job).verdict == Verdict::pass));
    BOOST_TEST(result(job).completion.streamed == streamed);
    BOOST_TEST(result(job).completion.first_token.has_value() == streamed);
    kill(*worker);
  }
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(takes_a_whole_answer_where_a_stream_was_asked_for, Streaming) {
  const JobId job = run();

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(!result(job).completion.streamed);
  BOOST_TEST(!result(job).completion.first_token.has_value());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(takes_an_error_status_as_ever, Streaming) {
  const JobId job = begin();
  worker->line.then(status(503)).then(throttles(1)).then(streams(paris()));
  finish(job);

  BOOST_TEST((end_of(job, 0, 1).failure == Kind::overloaded));
  BOOST_TEST((end_of(job, 0, 2).failure == Kind::rate_limited));
  BOOST_TEST(end_of(job, 0, 2).cost.value().nanos() == 0);
  BOOST_TEST((result(job).verdict == Verdict::pass));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(stalls_a_minute_after_its_last_content_and_pings_are_none, Streaming) {
  vendor = [](const auto&) { return begins_and_goes_on(5s, chat::ping()); };

  const JobId job = run();

  BOOST_TEST((lasted() == 60s + 120ms));
  BOOST_TEST((end_of(job, 0, 1).failure == Kind::timed_out));
  BOOST_TEST(contains(end_of(job, 0, 1).detail, "stalled"), end_of(job, 0, 1).detail);
  BOOST_TEST(worker->line.calls().size() == 3u);  // each may be billed: two repeats, and no more
  BOOST_TEST((result(job).failure == Kind::timed_out));
  BOOST_TEST(contains(result(job).details, R"("partial":"Par")"), result(job).details);
  BOOST_TEST(store.jobs().at(job).settled.nanos() == 3 * bound().nanos());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(stalls_on_empty_pieces_too, Streaming) {
  vendor = [](const auto&) { return begins_and_goes_on(1s, chat::says("")); };

  const JobId job = run();

  BOOST_TEST((lasted() == 60s + 120ms));
  BOOST_TEST((result(job).failure == Kind::timed_out));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(may_be_slow_as_long_as_content_comes, Streaming) {
  engine::Settings patient = streaming();
  patient.call_timeout = 10min;
  vendor = [](const auto&) {
    return streams({{59s, chat::role()}, {59s, chat::says("Par")}, {59s, chat::says("is")}, {59s, chat::ending()}});
  };

  const JobId job = run(patient);

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST((result(job).completion.first_token == 118s + 20ms));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(has_a_time_for_its_first_content, Streaming) {
  engine::Settings hasty = streaming();
  hasty.first_token_timeout = 10s;
  const JobId job = begin(hasty);
  worker->line.then(streams({{1s, chat::role()}, {60s, chat::says("Rome")}}))
      .then(silence())
      .then(streams({{9s, chat::says("Paris")}, {20s, chat::ending()}}));
  finish(job);

  BOOST_TEST((lasted(0) == 10s));
  BOOST_TEST((lasted(1) == 10s));
  BOOST_TEST((end_of(job, 0, 1).failure == Kind::timed_out));
  BOOST_TEST(contains(end_of(job, 0, 1).detail, "within 10 s"), end_of(job, 0, 1).detail);
  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(result(job).seq == 3);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(ends_at_the_deadline_and_books_what_had_arrived, Streaming) {
  vendor = [](const auto&) { return begins_and_goes_on(10s, chat::says(" and")); };

  const JobId job = run();

  const CallEnd& end = end_of(job, 0, 1);
  BOOST_TEST((lasted() == 120s));
  BOOST_TEST((end.failure == Kind::timed_out));
  BOOST_TEST((end.usage.source == UsageSource::estimated));
  BOOST_TEST(end.usage.output.value() == 1 + 2 + 11 * 2);   // "Par", and " and" eleven times: two tokens each at most
  BOOST_TEST(end.cost.value().nanos() == bound().nanos());  // an estimate is no bill
  BOOST_TEST(contains(result(job).details, "Par and and"), result(job).details);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(is_cut_when_its_job_is_cancelled, Streaming) {
  vendor = [](const auto&) { return begins_and_goes_on(1s, chat::says(" and")); };
  const JobId job = begin();
  until_it_speaks();

  const Instant cancelled = loop.now();
  store.cancel(job);
  until([&] { return worker->line.open() == 0; });

  BOOST_TEST((loop.now() - cancelled <= 2s));
  BOOST_TEST(worker->line.calls().front().cut);
  pass(5s);
  BOOST_TEST(worker->line.calls().size() == 1u);
  BOOST_TEST(results(job) == 0u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(is_cut_when_the_drains_time_is_up_and_booked_as_unknown_with_what_had_arrived, Streaming) {
  engine::Settings settings = streaming();
  settings.call_timeout = 10min;
  vendor = [](const auto&) { return begins_and_goes_on(1s, chat::says(" and")); };
  const JobId job = begin(settings);
  until_it_speaks();

  worker->worker.drain();
  until([&] { return !worker->running(); });

  const CallEnd& end = end_of(job, 0, 1);
  BOOST_TEST((end.failure == Kind::outcome_unknown));
  BOOST_TEST(end.cost.value().nanos() == bound().nanos());
  BOOST_TEST((end.usage.source == UsageSource::estimated));
  BOOST_TEST(end.usage.output.value() > 20);
  BOOST_TEST(results(job) == 0u);
  BOOST_TEST(only_share().crashes == 0);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(that_broke_is_repeated_and_its_text_kept_with_the_error, Streaming) {
  vendor = [](const auto&) { return streams_and_breaks({{100ms, chat::says("Par")}, {100ms, chat::says("i")}}); };

  const JobId job = run();

  BOOST_TEST(worker->line.calls().size() == 3u);
  BOOST_TEST((result(job).failure == Kind::cut_off));
  BOOST_TEST((result(job).verdict == Verdict::error));
  BOOST_TEST(contains(result(job).details, R"("partial":"Pari")"), result(job).details);
  BOOST_TEST((end_of(job, 0, 1).usage.source == UsageSource::estimated));
  BOOST_TEST(end_of(job, 0, 1).cost.value().nanos() == bound().nanos());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(that_closes_without_its_end_is_cut_off_however_cleanly, Streaming) {
  const JobId job = begin();
  worker->line.then(streams({{100ms, chat::says("Paris")}})).then(streams(paris()));
  finish(job);

  BOOST_TEST((end_of(job, 0, 1).failure == Kind::cut_off));
  BOOST_TEST((result(job).verdict == Verdict::pass));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(that_breaks_after_its_end_is_an_answer, Streaming) {
  vendor = [](const auto&) { return streams_and_breaks(paris()); };

  const JobId job = run();

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(result(job).cost.value().nanos() == 10 * 1'000 + 5 * 2'000);
  BOOST_TEST((result(job).completion.first_token == 420ms));
  BOOST_TEST(worker->line.calls().size() == 1u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(that_never_closes_after_its_end_is_an_answer_five_seconds_later, Streaming) {
  vendor = [](const auto&) {
    std::vector<Piece> pieces = paris();
    pieces.push_back({10h, ""});
    return streams(pieces);
  };

  const JobId job = run();

  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST((lasted() == 480ms + 5s));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(that_breaks_between_its_usage_and_its_end_costs_what_was_counted, Streaming) {
  vendor = [](const auto&) {
    return streams_and_breaks({{100ms, chat::says("Paris")}, {10ms, chat::finish()}, {10ms, chat::usage()}});
  };

  const JobId job = run();

  BOOST_TEST((end_of(job, 0, 1).failure == Kind::cut_off));
  BOOST_TEST((end_of(job, 0, 1).usage.source == UsageSource::provider));
  BOOST_TEST(end_of(job, 0, 1).cost.value().nanos() == 10 * 1'000 + 5 * 2'000);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(without_end_is_an_answer_cut_at_what_may_be_held, Streaming) {
  engine::Settings settings = streaming();
  settings.response_bytes = 1u << 20;
  const std::string piece = chat::says(std::string(4096, 'x'));
  vendor = [&](const auto&) { return begins_and_goes_on(0ms, piece); };

  const JobId job = run(settings);

  const CellResult& stored = result(job);
  BOOST_TEST((stored.verdict == Verdict::fail));  // it does not say Paris
  BOOST_TEST((stored.completion.finish_reason == FinishReason::length));
  BOOST_TEST(stored.completion.finish_reason_raw == "response_bytes");
  BOOST_TEST((stored.completion.usage.source == UsageSource::estimated));
  BOOST_TEST(stored.cost.has_value());
  BOOST_TEST(stored.text_truncated);
  BOOST_TEST(worker->line.calls().size() == 1u);
  BOOST_TEST(worker->line.calls().front().cut);
  BOOST_TEST(worker->line.calls().front().bytes < (1u << 20) + (1u << 20) / 4);  // the pieces' own frames
  all_is_well();
}

BOOST_AUTO_TEST_SUITE_END()
