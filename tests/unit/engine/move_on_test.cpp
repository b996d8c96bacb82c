// Native calls that fail move on to the proxy: when, how often, and what is written of it.
#include <boost/test/unit_test.hpp>

#include "tests/support/chat_stream.hpp"
#include "tests/support/engine_world.hpp"

using namespace assay;
using namespace assay::testing;
using namespace std::chrono_literals;

namespace {

using Kind = Failure::Kind;

routing::ProviderSettings provider(const std::string& name) {
  routing::ProviderSettings made;
  made.name = name;
  made.base_url = "https://" + name + ".test";
  made.key = Secret("key-of-" + name);
  return made;
}

/// A vendor at home and a proxy behind it. `at_home` and `there` answer.
struct Fallback : EngineWorld {
  Vendor at_home = [](const auto&) { return status(503); };
  Vendor there = [](const auto&) { return says("Paris"); };
  Process* worker = nullptr;

  explicit Fallback(bool native_fallback = true, const std::string& proxys_prices = "") {
    routing::RouterSettings settings;
    settings.mode = routing::Mode::hybrid;
    settings.native_fallback = native_fallback;
    settings.providers = {provider("openai"), provider("litellm")};
    settings.providers.back().is_proxy = true;
    settings.providers.back().vendor = proxys_prices;
    router = routing::Router(std::move(settings));
    vendor = [this](const ScriptedTransport::Call& call) { return (is_home(call) ? at_home : there)(call); };
  }
  Fallback(const Fallback&) = delete;

  static bool is_home(const ScriptedTransport::Call& call) {
    return call.request.url.starts_with("https://openai.test");
  }

  JobId run(Order order = of({"gpt-test"}), engine::Settings settings = {}) {
    const JobId job = enqueue(std::move(order));
    worker = &start(settings);
    finish(job);
    return job;
  }

  /// Whom the ledger says was asked, call by call: "openai overloaded, litellm".
  std::string ledger() const {
    std::string text;
    for (const auto& [id, call] : store.calls()) {
      const auto end = store.ended().find(id);
      text += (text.empty() ? "" : ", ") + call.intent.provider;
      if (end != store.ended().end() && end->second.end.failure)
        text += " " + std::string(to_string(*end->second.end.failure));
    }
    return text;
  }
};

Task<> at_once() {
  co_return;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(native_call_that_failed)

BOOST_FIXTURE_TEST_CASE(moves_on_to_the_proxy_after_two_tries_and_each_is_in_the_ledger, Fallback) {
  const JobId job = run();

  BOOST_TEST(ledger() == "openai overloaded, openai overloaded, litellm");
  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST(result(job).provider == "litellm");
  BOOST_TEST(result(job).seq == 3);
  BOOST_TEST(result(job).cost.value().nanos() == 10 * 1'000 + 5 * 2'000);  // by the list of the model's own vendor
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(carries_no_key_of_the_vendor_to_the_proxy, Fallback) {
  run();

  for (const auto& call : worker->line.calls()) {
    BOOST_REQUIRE_EQUAL(call.request.secrets.size(), 1u);
    BOOST_TEST(call.request.secrets.front().value.reveal() == (is_home(call) ? "key-of-openai" : "key-of-litellm"));
  }
}

BOOST_FIXTURE_TEST_CASE(moves_on_at_once_where_no_repeat_can_help, Fallback) {
  at_home = [](const auto&) { return status(401); };

  const JobId job = run();

  BOOST_TEST(ledger() == "openai auth, litellm");
  BOOST_TEST((result(job).verdict == Verdict::pass));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(stays_where_it_is_when_the_question_itself_was_refused, Fallback) {
  at_home = [](const auto&) { return status(400); };

  const JobId job = run();

  BOOST_TEST(ledger() == "openai bad_request");
  BOOST_TEST((result(job).failure == Kind::bad_request));
  BOOST_TEST(result(job).provider == "openai");
  all_is_well();
}

BOOST_AUTO_TEST_CASE(stays_where_it_is_unless_that_is_wanted) {
  Fallback world(false);

  const JobId job = world.run();

  BOOST_TEST((world.result(job).failure == Kind::overloaded));
  BOOST_TEST(world.ledger().find("litellm") == std::string::npos);
  world.all_is_well();
}

BOOST_FIXTURE_TEST_CASE(never_comes_home_again_and_shares_one_count_of_calls, Fallback) {
  there = [](const auto&) { return status(503); };

  const JobId job = run();

  BOOST_TEST(ledger() ==
             "openai overloaded, openai overloaded, litellm overloaded, litellm overloaded, "
             "litellm overloaded, litellm overloaded");
  BOOST_TEST((result(job).failure == Kind::overloaded));
  BOOST_TEST(result(job).provider == "litellm");
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(moves_on_instead_of_a_long_wait_in_the_queue, Fallback) {
  at_home = [](const auto&) { return throttles(600); };

  const JobId job = run();

  BOOST_TEST(ledger() == "openai rate_limited, litellm");
  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST((loop.now() - worker->line.calls().front().sent < 60s));
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(takes_the_saved_wait_after_all_when_the_proxy_turns_it_away, Fallback) {
  at_home = [tries = 0](const auto&) mutable { return ++tries == 1 ? throttles(600) : says("Paris"); };
  there = [](const auto&) { return status(404, R"({"error":{"message":"no such model","code":"model_not_found"}})"); };

  const JobId job = run();

  BOOST_TEST(ledger() == "openai rate_limited, litellm model_not_found, openai");
  BOOST_TEST((result(job).verdict == Verdict::pass));
  BOOST_TEST((worker->line.calls().back().sent - worker->line.calls().front().sent >= 600s));
  all_is_well();
}

BOOST_AUTO_TEST_CASE(of_a_capped_job_goes_only_where_a_price_is_known) {
  for (const std::string list : {"", "nobody"}) {
    Fallback world(true, list);
    EngineWorld::Order order = EngineWorld::of({"gpt-test"});
    order.max_cost = Money::nanos(10'000'000'000);

    const JobId job = world.run(order);

    const bool priced = list.empty();
    BOOST_TEST((world.ledger().find("litellm") != std::string::npos) == priced);
    BOOST_TEST((world.result(job).verdict == (priced ? Verdict::pass : Verdict::error)));
    if (!priced) BOOST_TEST((world.result(job).failure == Kind::overloaded));  // as where nobody else stands ready
    BOOST_TEST(world.worker->line.calls().size() == (priced ? 3u : 6u));
    world.all_is_well();
  }
}

BOOST_FIXTURE_TEST_CASE(whose_stream_broke_is_streamed_again_by_the_proxy_and_both_are_charged, Fallback) {
  engine::Settings settings;
  settings.stream = true;
  at_home = [](const auto&) { return streams_and_breaks({{10ms, chat::says("Lon")}}); };
  there = [](const auto&) { return streams({{10ms, chat::says("Paris") + chat::ending()}}); };

  const JobId job = run(of({"gpt-test"}), settings);

  BOOST_TEST(ledger() == "openai cut_off, openai cut_off, litellm");
  BOOST_TEST(result(job).completion.text == "Paris");
  BOOST_TEST(result(job).completion.streamed);
  const auto bound = [&](std::int32_t seq) {
    return store.calls().at(CallId{job, CellNumber(0), seq}).intent.bound.value().nanos();
  };
  BOOST_TEST(store.jobs().at(job).settled.nanos() == bound(1) + bound(2) + result(job).cost.value().nanos());
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(does_not_move_on_while_the_worker_drains, Fallback) {
  at_home = [](const auto&) { return after(5s, status(503)); };
  const JobId job = enqueue(of({"gpt-test"}));
  worker = &start();
  until([this] { return worker->line.calls().size() == 2; });

  worker->worker.drain();
  until([this] { return !worker->running(); });

  BOOST_TEST(ledger() == "openai overloaded, openai overloaded");
  BOOST_TEST(results(job) == 0u);
  all_is_well();
}

BOOST_FIXTURE_TEST_CASE(does_not_move_on_when_the_drain_began_while_it_was_booked, Fallback) {
  const JobId job = enqueue(of({"gpt-test"}));
  worker = &start();
  int booked = 0;
  worker->road.answer_waits = [&](const std::string& operation) {
    if (operation == "settle" && ++booked == 2) worker->worker.drain();
    return at_once();
  };

  until([this] { return !worker->running(); });

  BOOST_TEST(ledger() == "openai overloaded, openai overloaded");
  BOOST_TEST(results(job) == 0u);
  all_is_well();
}

BOOST_AUTO_TEST_SUITE_END()
