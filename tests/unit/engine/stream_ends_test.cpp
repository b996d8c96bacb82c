// How streamed answers end, in every framing: cut at each of their bytes, or never ending.
#include <boost/test/unit_test.hpp>

#include <map>

#include "pricing/cost.hpp"
#include "tests/unit/engine/framed_world.hpp"

using namespace assay;
using namespace assay::testing;
using namespace std::chrono_literals;

namespace {

using Kind = Failure::Kind;
using Piece = ScriptedTransport::Piece;

constexpr std::int64_t told_cost = 10 * 1'000 + 5 * 2'000;  // what the streams' own counts come to, in nano-dollars

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The same piece for ever.
ScriptedTransport::Pieces again_and_again(std::string piece, Duration gap = {}) {
  return [piece = std::move(piece), gap] { return std::optional<Piece>(Piece{gap, piece}); };
}

/// So often, and then the end.
ScriptedTransport::Pieces so_often(std::size_t times, std::string piece, std::string end) {
  return [times, piece = std::move(piece), end = std::move(end), done = std::size_t{0}]() mutable {
    ++done;
    return done > times + 1 ? std::nullopt : std::optional(Piece{Duration(), done > times ? end : piece});
  };
}

/// A short answer, and what is known of it after each number of its bytes.
struct ShortAnswer {
  explicit ShortAnswer(const FramedStream& framed)
      : first(framed.says("Par")), second(framed.says("is")), bytes(first + second + framed.ending()) {}

  std::string text_after(std::size_t count) const {
    return count < first.size() ? "" : count < first.size() + second.size() ? "Par" : "Paris";
  }
  std::string first, second, bytes;
};

/// One job with a cell for each number of bytes that may come, each asked once.
struct Cut : FramedWorld {
  std::map<std::string, std::size_t> came;  ///< by the call's name

  JobId run(const FramedStream& framed, const ShortAnswer& given, bool breaks_off) {
    engine::Settings once = streaming();
    once.retry.calls = 1;
    vendor = [&, next = std::size_t{0}](const ScriptedTransport::Call& call) mutable {
      const std::size_t count = next++;
      came[call.id] = count;
      return answers(framed, one_by_one({{10ms, given.bytes.substr(0, count)}}), breaks_off);
    };
    Order order = of({model_of(framed)}, static_cast<std::int32_t>(given.bytes.size()) + 1);
    const JobId job = enqueue(std::move(order));
    start(once);
    finish(job);
    return job;
  }

  void is_the_answer(JobId job, CellNumber cell) const {
    const CellResult& stored = result(job, cell.value);
    BOOST_TEST((stored.verdict == Verdict::pass));
    BOOST_TEST(stored.completion.text == "Paris");
    BOOST_TEST(stored.cost.value().nanos() == told_cost);
  }

  void is_cut_off(JobId job, CellNumber cell, const std::string& text, std::int64_t& sum) const {
    const CellResult& stored = result(job, cell.value);
    const CallEnd& end = end_of(job, cell.value, 1);
    const Money bound = store.calls().at(end.id).intent.bound.value();
    BOOST_TEST((stored.verdict == Verdict::error));
    BOOST_TEST((stored.failure == Kind::cut_off));
    BOOST_TEST((end.failure == Kind::cut_off));
    BOOST_TEST(contains(stored.details, "\"partial\"") == !text.empty());
    if (!text.empty()) BOOST_TEST(contains(stored.details, "\"partial\":\"" + text + '"'), stored.details);
    BOOST_TEST(end.usage.output.value_or(0) >= (text.empty() ? 0 : 1));
    const bool counted = end.usage.source == UsageSource::provider;
    BOOST_TEST(end.cost.value().nanos() == (counted ? told_cost : bound.nanos()));
    BOOST_TEST(told_cost <= bound.nanos());
    const auto price = prices.find(stored.provider, "test", Day{});
    const auto arrived = pricing::cost(end.usage, price.value());
    if (end.usage.source != UsageSource::none) BOOST_TEST(end.cost->nanos() >= arrived.value().nanos());
    sum += end.cost->nanos();
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(stream_that_ended)

BOOST_AUTO_TEST_CASE(does_not_count_the_wait_for_a_connection_to_the_first_token) {
  FramedWorld world;
  const FramedStream framed = framed_streams().front();
  world.vendor = [&](const auto&) {
    auto answer =
        FramedWorld::answers(framed, one_by_one({{300ms, framed.says("Paris")}, {10ms, framed.ending()}}), false);
    answer.reply->queued = 15ms;
    return answer;
  };
  const JobId job = world.enqueue(EngineWorld::of({FramedWorld::model_of(framed)}));
  world.start(FramedWorld::streaming());
  world.finish(job);

  BOOST_TEST((world.result(job).completion.first_token == 20ms + 300ms - 15ms));
  world.all_is_well();
}

BOOST_AUTO_TEST_CASE(may_be_silent_as_long_as_it_likes_where_no_stall_time_is_set) {
  FramedWorld world;
  const FramedStream framed = framed_streams().front();
  world.vendor = [&](const auto&) {
    return FramedWorld::answers(
        framed, one_by_one({{10ms, framed.says("Par")}, {110s, framed.says("is")}, {1s, framed.ending()}}), false);
  };
  engine::Settings patient = FramedWorld::streaming();
  patient.stall_timeout = {};
  patient.first_token_timeout = 5s;
  const JobId job = world.enqueue(EngineWorld::of({FramedWorld::model_of(framed)}));
  world.start(patient);
  world.finish(job);

  BOOST_TEST((world.result(job).verdict == Verdict::pass));
  BOOST_TEST(world.result(job).seq == 1);
  world.all_is_well();
}

BOOST_AUTO_TEST_CASE(was_cut_by_the_drain_though_it_stalls_before_the_transport_has_ended_it) {
  FramedWorld world;
  const FramedStream framed = framed_streams().front();
  world.vendor = [&](const auto&) {
    auto answer = FramedWorld::answers(framed, one_by_one({{100ms, framed.says("Par")}, {10h, ""}}), false);
    answer.lingers = 1s;
    return answer;
  };
  engine::Settings settings = FramedWorld::streaming();
  settings.grace = 30s;
  settings.grace_margin = 2s;
  const JobId job = world.enqueue(EngineWorld::of({FramedWorld::model_of(framed)}));
  EngineWorld::Process& worker = world.start(settings);
  world.until([&] { return !worker.line.calls().empty() && worker.line.calls().front().bytes > 0; });
  const Instant stalls = world.loop.now() + 60s, cut = stalls - 500ms;

  world.pass(cut - 28s - world.loop.now());
  worker.worker.drain();
  world.until([&] { return !worker.running(); });

  BOOST_TEST((worker.line.calls().front().ended == cut + 1s));
  BOOST_TEST((world.end_of(job, 0, 1).failure == Kind::outcome_unknown));
  BOOST_TEST(worker.line.calls().size() == 1u);
  BOOST_TEST(world.results(job) == 0u);
  world.all_is_well();
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(stream_cut_at_every_byte)

BOOST_AUTO_TEST_CASE(is_cut_off_with_what_had_arrived_until_its_end_was_marked) {
  for (const FramedStream& framed : framed_streams()) {
    for (const bool breaks_off : {true, false}) {
      BOOST_TEST_CONTEXT(framed.name << (breaks_off ? ", breaking off" : ", closing cleanly")) {
        const ShortAnswer given(framed);
        const std::size_t lacks = breaks_off ? 0 : framed.ending_lacks;
        Cut world;

        const JobId job = world.run(framed, given, breaks_off);

        std::int64_t sum = 0;
        BOOST_TEST(world.came.size() == given.bytes.size() + 1);
        for (const auto& [place, stored] : world.store.results()) {
          const std::size_t count = world.came.at(to_string(CallId{job, place.second, 1}));
          BOOST_TEST_CONTEXT(count << " bytes") {
            if (count + lacks >= given.bytes.size()) {
              world.is_the_answer(job, place.second);
              sum += told_cost;
            } else {
              world.is_cut_off(job, place.second, given.text_after(count + lacks), sum);
            }
          }
        }
        BOOST_TEST(world.store.jobs().at(job).settled.nanos() == sum);
        world.all_is_well();
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(stream_of_64_mib)

BOOST_AUTO_TEST_CASE(is_read_up_to_what_may_be_held_and_marked_as_cut) {
  constexpr std::size_t cap = std::size_t{16} << 20;
  for (const FramedStream& framed : framed_streams()) {
    BOOST_TEST_CONTEXT(framed.name) {
      FramedWorld world;
      const std::string piece = framed.says(std::string(64 << 10, 'x'));
      world.vendor = [&](const auto&) {
        return FramedWorld::answers(framed, so_often(1024, piece, framed.ending()), false);
      };
      const JobId job = world.enqueue(EngineWorld::of({FramedWorld::model_of(framed)}));
      EngineWorld::Process& worker = world.start(FramedWorld::streaming());
      world.finish(job);

      const CellResult& stored = world.result(job);
      BOOST_TEST((stored.verdict == Verdict::fail));  // it does not say Paris
      BOOST_TEST((stored.completion.finish_reason == FinishReason::length));
      BOOST_TEST(stored.completion.finish_reason_raw == "response_bytes");
      BOOST_TEST(stored.text_truncated);
      BOOST_TEST(stored.completion.text.size() == std::size_t{1} << 20);
      BOOST_TEST((stored.completion.usage.source == UsageSource::estimated));
      BOOST_TEST(stored.cost.has_value());
      BOOST_TEST(worker.line.calls().size() == 1u);
      BOOST_TEST(worker.line.calls().front().cut);
      BOOST_TEST(worker.line.calls().front().bytes <= cap + cap / 16);
      world.all_is_well();
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(stream_that_cannot_become_an_answer)

BOOST_AUTO_TEST_CASE(is_cut_at_once_and_asked_for_again_as_one_that_may_have_run) {
  for (const FramedStream& framed : framed_streams()) {
    BOOST_TEST_CONTEXT(framed.name) {
      FramedWorld world;
      const std::string piece = framed.says("Par") + "data: no json\n\n" + std::string(4096, 'x');
      world.vendor = [&](const auto&) { return FramedWorld::answers(framed, again_and_again(piece, 1ms), false); };
      const JobId job = world.enqueue(EngineWorld::of({FramedWorld::model_of(framed)}));
      EngineWorld::Process& worker = world.start(FramedWorld::streaming());
      world.finish(job);

      const auto& call = worker.line.calls().front();
      BOOST_TEST(call.cut);
      BOOST_TEST(call.bytes <= 100'000u);
      BOOST_TEST((call.ended.value() - call.sent < 1s));
      BOOST_TEST((world.end_of(job, 0, 1).failure == Kind::malformed));
      BOOST_TEST(world.end_of(job, 0, 1).cost.value().nanos() ==
                 world.store.calls().at(CallId{job, CellNumber(0), 1}).intent.bound.value().nanos());
      BOOST_TEST(contains(world.result(job).details, R"("partial":"Par")"), world.result(job).details);
      world.all_is_well();
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

/// A vendor whose first answer is an error that says so in its status and never comes to the end of its body.
struct Refused : FramedWorld {
  Process* worker = nullptr;

  JobId begin(int code, ScriptedTransport::Pieces pieces, engine::Settings settings = streaming()) {
    const JobId job = enqueue(of({"openai/test"}));
    worker = &start(settings);
    ScriptedTransport::Answer error = status(code, "", {{"Retry-After", "1"}});
    error.pieces = std::move(pieces);
    worker->line.then(std::move(error));
    const FramedStream framed = framed_streams().front();
    worker->line.then(answers(framed, one_by_one({{10ms, framed.says("Paris") + framed.ending()}}), false));
    return job;
  }
  JobId run(int code, ScriptedTransport::Pieces pieces, engine::Settings settings = streaming()) {
    const JobId job = begin(code, std::move(pieces), settings);
    finish(job);
    return job;
  }
  Duration lasted() const {
    const auto& made = worker->line.calls().front();
    return made.ended.value() - made.sent;
  }
  void first_call_was(JobId job, Kind kind) const {
    BOOST_TEST(to_string(end_of(job, 0, 1).failure.value()) == to_string(kind));
    BOOST_TEST(end_of(job, 0, 1).cost.value().nanos() == 0);
    BOOST_TEST((result(job).verdict == Verdict::pass));
    BOOST_TEST(result(job).seq == 2);
    all_is_well();
  }
};

ScriptedTransport::Pieces a_beginning_and_silence() {
  return one_by_one({{10ms, R"({"error":{"mess)"}, {10h, ""}});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(error_answer_cut_by_the_clock)

BOOST_FIXTURE_TEST_CASE(is_what_its_status_says_when_its_body_stalls, Refused) {
  const JobId job = run(429, a_beginning_and_silence());

  BOOST_TEST((lasted() < 61s));
  first_call_was(job, Kind::rate_limited);
}

BOOST_FIXTURE_TEST_CASE(is_what_its_status_says_when_no_body_comes_in_time, Refused) {
  engine::Settings hasty = streaming();
  hasty.first_token_timeout = 10s;

  const JobId job = run(429, one_by_one({{10h, ""}}), hasty);

  BOOST_TEST((lasted() == 10s));
  first_call_was(job, Kind::rate_limited);
}

BOOST_FIXTURE_TEST_CASE(is_what_its_status_says_at_the_deadline_streamed_or_not, Refused) {
  const JobId job = run(529, again_and_again("x", 1s));

  BOOST_TEST((lasted() == 120s));
  first_call_was(job, Kind::overloaded);
}

BOOST_FIXTURE_TEST_CASE(of_a_whole_call_is_what_its_status_says, Refused) {
  const JobId job = enqueue(of({"openai/test"}));
  worker = &start();
  ScriptedTransport::Answer error = status(429, "", {{"Retry-After", "1"}});
  error.pieces = again_and_again("x", 1s);
  worker->line.then(std::move(error)).then(says("Paris"));
  finish(job);

  BOOST_TEST((lasted() == 120s));
  first_call_was(job, Kind::rate_limited);
}

BOOST_FIXTURE_TEST_CASE(without_end_is_cut_after_64_kib, Refused) {
  const JobId job = run(503, again_and_again(std::string(4096, 'x'), 1ms));

  BOOST_TEST((lasted() < 1s));
  BOOST_TEST(worker->line.calls().front().bytes <= 70'000u);
  BOOST_TEST((end_of(job, 0, 1).failure == Kind::unavailable || end_of(job, 0, 1).failure == Kind::overloaded));
  first_call_was(job, end_of(job, 0, 1).failure.value());
}

BOOST_FIXTURE_TEST_CASE(is_a_cancelled_call_that_cost_nothing_when_the_job_is_cancelled, Refused) {
  const JobId job = begin(429, again_and_again("x", 1s));
  until([this] { return !worker->line.calls().empty() && worker->line.calls().front().bytes > 3; });

  store.cancel(job);
  until([this] { return worker->line.open() == 0; });
  pass(5s);

  BOOST_TEST(worker->line.calls().size() == 1u);
  BOOST_TEST((end_of(job, 0, 1).failure == Kind::cancelled));
  BOOST_TEST(end_of(job, 0, 1).cost.value().nanos() == 0);
  all_is_well();
}

BOOST_AUTO_TEST_SUITE_END()
