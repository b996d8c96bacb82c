#include "engine/model_refresh.hpp"

#include <boost/test/unit_test.hpp>

#include "engine/merged_askings.hpp"
#include "tests/support/engine_world.hpp"

using namespace assay;
using namespace assay::testing;
using namespace std::chrono_literals;

namespace {

/// A queue that keeps models and nothing else: what it answers next, and how often it was asked. Each answer takes a
/// second.
class Shelf final : public queue::JobQueue {
  template <class T>
  using Reply = Task<Result<T, queue::Outage>>;

 public:
  explicit Shelf(Loop& loop) : loop_(loop) {}
  Reply<std::string> models() override {
    ++asked;
    const std::optional<std::string> answer = stored;
    co_await sleep_for(loop_, 1s);
    if (!answer) co_return failure(queue::Outage{});
    co_return *answer;
  }
  std::optional<std::string> stored = "[]";
  int asked = 0;

  Reply<queue::Claimed> claim(queue::ClaimRequest) override { return away<queue::Claimed>(); }
  Reply<queue::BeginAnswer> begin(queue::CallIntent) override { return away<queue::BeginAnswer>(); }
  Reply<queue::SettleAnswer> settle(queue::SealedSettlement) override { return away<queue::SettleAnswer>(); }
  Reply<std::vector<LeaseRef>> renew(std::vector<LeaseRef>) override { return away<std::vector<LeaseRef>>(); }
  Reply<bool> release(LeaseRef, queue::Release) override { return away<bool>(); }
  Reply<queue::SettleAnswer> close(LeaseRef) override { return away<queue::SettleAnswer>(); }
  Reply<bool> run_alone(LeaseRef) override { return away<bool>(); }
  Reply<Swept> sweep() override { return away<Swept>(); }
  Reply<std::int64_t> control() override { return away<std::int64_t>(); }
  Reply<std::string> suite(SuiteId) override { return away<std::string>(); }

 private:
  template <class T>
  static Reply<T> away() {
    co_return failure(queue::Outage{});
  }
  Loop& loop_;
};

/// A stored text is the name of the only model that is known then.
Result<std::shared_ptr<const engine::ModelSet>, std::string> built(const std::string& stored) {
  if (stored == "broken") return failure(std::string("not a list"));
  routing::RouterSettings settings;
  routing::ProviderSettings provider;
  provider.name = "p";
  provider.base_url = "http://localhost";
  provider.needs_key = false;
  settings.providers.push_back(provider);
  settings.catalogue.push_back({stored, "p", "behind-" + stored});
  return std::make_shared<const engine::ModelSet>(engine::ModelSet{routing::Router(settings), pricing::PriceBook()});
}

struct World {
  VirtualPort port;
  Loop loop{port};
  Shelf shelf{loop};
  Recorder seen;
  routing::Router none{routing::RouterSettings()};
  pricing::PriceBook no_prices;
  engine::ModelRoutes routes{none, no_prices};
  engine::ModelRefresh refresh{loop, shelf, routes, seen, built};

  bool read() { return loop.run(refresh.now()); }
  bool knows(const std::string& model) { return routes.find(model, Day{20'000}).has_value(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(models_of_a_running_worker)

BOOST_FIXTURE_TEST_CASE(are_as_they_are_stored_and_routes_given_out_stay, World) {
  BOOST_TEST(!knows("one"));
  shelf.stored = "one";
  BOOST_TEST(read());
  const auto before = routes.find("one", Day{20'000});
  shelf.stored = "two";
  BOOST_TEST(read());

  BOOST_TEST(!knows("one"));
  BOOST_TEST(knows("two"));
  BOOST_TEST((*before)->deployment.model == "behind-one");
}

BOOST_FIXTURE_TEST_CASE(stay_as_they_were_when_the_new_ones_cannot_be_read, World) {
  shelf.stored = "one";
  read();
  shelf.stored = "broken";
  BOOST_TEST(read());
  BOOST_TEST((seen.faults == std::vector<std::string>{"models: not a list"}));
  BOOST_TEST(knows("one"));

  shelf.stored.reset();
  BOOST_TEST(!read());
  BOOST_TEST((seen.outages == std::vector<std::string>{"models"}));
  BOOST_TEST(knows("one"));
}

BOOST_FIXTURE_TEST_CASE(are_read_once_for_all_who_ask_at_once_and_again_for_who_asks_later, World) {
  shelf.stored = "one";
  Scope scope(loop, loop.root());
  const Instant claimed = loop.measure();
  loop.run([](World& world) -> Task<> { co_await sleep_for(world.loop, 1ms); }(*this));
  const auto ask = [](World& world, Instant since) -> Task<> { co_await world.refresh.newer_than(since); };
  for (int i = 0; i < 10; ++i) scope.start(ask(*this, claimed));
  loop.run(scope.join());
  BOOST_TEST(shelf.asked == 1);
  BOOST_TEST(knows("one"));

  loop.run(ask(*this, loop.measure()));
  BOOST_TEST(shelf.asked == 2);
}

BOOST_AUTO_TEST_CASE(wishes_of_two_sides_are_joined_once_for_all_cells) {
  engine::MergedAskings askings;
  const auto job = std::make_shared<const Asking>(Asking{.top_k = 5, .tool_choice = "f"});
  const auto suite =
      std::make_shared<const Asking>(Asking{.top_k = 9, .log_probs = true, .tools = R"([{"name":"f"}])"});

  const auto both = askings.merged(job, suite);
  BOOST_TEST(both->top_k.value() == 5);
  BOOST_TEST(both->tools == R"([{"name":"f"}])");
  BOOST_TEST(both->tool_choice == "f");
  BOOST_TEST(both->log_probs);
  BOOST_TEST(askings.merged(job, suite) == both);
  BOOST_TEST(askings.merged(job, nullptr) == job);
  BOOST_TEST(askings.merged(nullptr, suite) == suite);
  BOOST_TEST(!askings.merged(nullptr, nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
