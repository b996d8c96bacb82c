// executor.native_fallback: a vendor and a proxy that are real servers (the fake provider, twice), the real transport,
// one worker, a queue in memory. Whatever happens to the vendor, the same job ends through the proxy, and every attempt
// stands in our ledger and in theirs.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "curl/curl_transport.hpp"
#include "engine/worker.hpp"
#include "fake/provider.hpp"
#include "queue/memory_queue.hpp"
#include "routing/router.hpp"
#include "runtime/scope.hpp"
#include "runtime/thread_offload.hpp"

using namespace assay;
using namespace std::chrono_literals;

namespace {

constexpr int cells = 8;

class Silent final : public engine::Observer {
 public:
  std::vector<std::string> faults;

 private:
  void broken(std::string_view where, std::string_view what) override {
    faults.push_back(std::string(where) + ": " + std::string(what));
  }
};

routing::ProviderSettings provider(const std::string& name, const std::string& url) {
  routing::ProviderSettings made;
  made.name = name;
  made.base_url = url + "/v1";
  made.key = Secret("sk-of-" + name);
  made.is_proxy = name == "litellm";
  if (made.is_proxy) made.profile = providers::vendor_profile(name);
  return made;
}

routing::Router router(const std::string& vendor, const std::string& proxy) {
  routing::RouterSettings settings;
  settings.mode = routing::Mode::hybrid;
  settings.native_fallback = true;
  settings.providers = {provider("openai", vendor), provider("litellm", proxy)};
  return routing::Router(std::move(settings));
}

engine::Settings engine_settings() {
  engine::Settings settings;
  settings.call_timeout = 10s;
  settings.retry.backoff = 2ms;
  settings.poll = settings.poll_hinted = 5ms;
  return settings;
}

/// The address of a server that has gone.
std::string nobody(Loop& loop, net::EpollPort& port) {
  return fake::Provider(loop, port).url();
}

/// One job of eight cells against a vendor that behaves as `script` says; null: that is not there.
struct World {
  net::EpollPort port;
  Loop loop{port};
  fake::Provider vendor{loop, port}, proxy{loop, port};
  ThreadOffload offload{loop, 1};
  Random random{7};
  curl::CurlTransport transport{loop, port};
  pricing::PriceBook prices = pricing::product_price_book();
  queue::MemoryStore store{[this] { return loop.now(); }};
  queue::MemoryQueue queue{loop, store, "w1"};
  Silent seen;
  JobId job{0};

  void run(const char* script, bool stream = false) {
    const routing::Router routes = router(script != nullptr ? vendor.url() : nobody(loop, port), proxy.url());
    BOOST_REQUIRE(proxy.use_script(R"({"default":{"text":"Paris"}})").has_value());
    if (script != nullptr) BOOST_REQUIRE(vendor.use_script(script).has_value());
    queue::MemoryStore::Order order;
    order.suite =
        store.put_suite(R"({"name":"test","prompt":"Name the capital.","cases":[{"title":"one","input":"France",)"
                        R"("assertions":[{"type":"equals","value":"Paris"}]}]})");
    order.models = {"gpt-4o"};
    order.repeats = cells;
    auto asking = std::make_shared<Asking>();
    asking->stream = stream;
    order.sampling.asking = asking;
    job = store.enqueue(std::move(order));

    engine::Worker worker(loop, queue, transport, routes, prices, offload, random, seen, engine_settings());
    Scope scope(loop, loop.root());
    scope.start(vendor.run());
    scope.start(proxy.run());
    scope.start(worker.run());
    until([&] { return store.jobs().at(job).state > queue::MemoryStore::JobState::running; });
    worker.drain();
    vendor.drain();
    proxy.drain();
    until([&] { return scope.running() == 0; });
  }

  void until(const std::function<bool()>& holds) {
    const Instant end = loop.now() + 60s;
    for (;;) {
      loop.work();
      if (holds()) return;
      if (loop.now() >= end) BOOST_FAIL("what was waited for did not happen");
      loop.wait(end);
    }
  }

  /// Our ledger's calls of one cell: "openai unreachable, openai unreachable, litellm".
  std::string attempts(int cell) const {
    std::string text;
    for (const auto& [id, call] : store.calls()) {
      if (id.cell != CellNumber(cell)) continue;
      const auto end = store.ended().find(id);
      text += (text.empty() ? "" : ", ") + call.intent.provider;
      if (end != store.ended().end() && end->second.end.failure)
        text += " " + std::string(to_string(*end->second.end.failure));
    }
    return text;
  }

  /// Every call of ours to this provider is in the provider's own ledger under our name for it.
  void knows_our_calls(const fake::Provider& provider, const std::string& name) const {
    std::vector<std::string> ours, theirs;
    for (const auto& [id, call] : store.calls()) {
      if (call.intent.provider == name) ours.push_back(to_string(id));
    }
    for (std::size_t i = 0; i < provider.ledger().size(); ++i) theirs.emplace_back(provider.ledger().at(i).id);
    std::sort(ours.begin(), ours.end());
    std::sort(theirs.begin(), theirs.end());
    BOOST_TEST(ours == theirs, boost::test_tools::per_element());
  }

  /// The job has an answer of the proxy's in each cell, after these attempts.
  void ended_through_the_proxy(const std::string& attempted) const {
    BOOST_TEST((store.jobs().at(job).state == queue::MemoryStore::JobState::finished));
    for (int cell = 0; cell < cells; ++cell) {
      BOOST_TEST(attempts(cell) == attempted);
      const CellResult& stored = store.results().at({job, CellNumber(cell)}).result;
      BOOST_TEST((stored.verdict == Verdict::pass));
      BOOST_TEST(stored.provider == "litellm");
      BOOST_TEST(stored.cost.has_value());
    }
    knows_our_calls(proxy, "litellm");
    for (const std::string& sentence : store.verify()) BOOST_ERROR(sentence);
    for (const std::string& fault : seen.faults) BOOST_ERROR(fault);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(native_fallback, World)

BOOST_AUTO_TEST_CASE(ends_a_job_through_the_proxy_when_the_vendor_is_down) {
  run(nullptr);

  ended_through_the_proxy("openai unreachable, openai unreachable, litellm");
  BOOST_TEST(vendor.ledger().size() == 0u);
}

BOOST_AUTO_TEST_CASE(ends_a_job_through_the_proxy_when_the_vendor_is_overloaded) {
  run(R"({"default":{"status":503}})");

  ended_through_the_proxy("openai overloaded, openai overloaded, litellm");
  knows_our_calls(vendor, "openai");
  BOOST_TEST(vendor.ledger().size() == 2u * cells);
}

BOOST_AUTO_TEST_CASE(ends_a_job_through_the_proxy_when_the_vendors_streams_break) {
  run(R"({"default":{"text":"Paris and much more","pieces":4,"fault":"cut_mid_content"}})", true);

  ended_through_the_proxy("openai cut_off, openai cut_off, litellm");
  knows_our_calls(vendor, "openai");
  for (int cell = 0; cell < cells; ++cell)
    BOOST_TEST(store.results().at({job, CellNumber(cell)}).result.completion.streamed);
}

BOOST_AUTO_TEST_CASE(leaves_the_proxy_alone_while_the_vendor_answers) {
  run(R"({"default":{"text":"Paris"}})");

  for (int cell = 0; cell < cells; ++cell) BOOST_TEST(attempts(cell) == "openai");
  BOOST_TEST(proxy.ledger().size() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
