#include "tests/support/engine_world.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace assay::testing {
namespace {

using queue::Outage;

routing::RouterSettings three_providers() {
  const auto provider = [](const char* name, providers::DialectKind dialect, const char* key) {
    routing::ProviderSettings made;
    made.name = name;
    made.dialect = dialect;
    made.base_url = std::string("https://") + name + ".test";
    made.key = Secret(key);
    return made;
  };
  routing::RouterSettings settings;
  settings.providers = {provider("openai", providers::DialectKind::openai_chat, "test-key"),
                        provider("anthropic", providers::DialectKind::anthropic_messages, "test-key"),
                        provider("gemini", providers::DialectKind::openai_chat, "")};
  settings.providers.back().key_variable = "GEMINI_API_KEY";
  settings.known_models = {"openai/gpt-test", "anthropic/claude-test"};
  return settings;
}

/// One dollar a million prompt tokens, two a million answer tokens.
pricing::PriceBook price_book() {
  auto book = pricing::PriceBook::parse(
      "vendor\tmodel\tfrom\tinput\toutput\tsource\n"
      "openai\tgpt-test\t2020-01-01\t1\t2\ttest\n"
      "anthropic\tclaude-test\t2020-01-01\t1\t2\ttest\n");
  if (!book) throw std::logic_error("the test's price table cannot be read");
  return std::move(*book);
}

}  // namespace

void InlineOffload::submit(std::function<void()> work, std::function<void()> done) {
  if (broken) throw std::runtime_error("no thread to judge on");
  ++pieces;
  work();
  loop_.post(std::move(done));
}

Task<bool> Road::passable(const char* operation) {
  if (breaks == operation) throw std::runtime_error(std::string(operation) + " has a bug");
  if (state_ == State::away) {
    co_await sleep_for(loop_, std::chrono::seconds(1));
    co_return false;
  }
  while (state_ == State::silent) co_await opened_.wait(Deadline::never());
  co_await sleep_for(loop_, std::chrono::microseconds(300));
  co_return true;
}

template <class T>
Task<Result<T, Outage>> Road::carry(const char* operation, Task<Result<T, Outage>> statement, bool may_lose_answer) {
  const bool passes = co_await passable(operation);
  if (!passes) {
    Outage away{false, "away"};
    co_return failure(std::move(away));
  }
  Result<T, Outage> answer = co_await statement;
  if (answer_waits) {
    Task<> waits = answer_waits(operation);
    co_await waits;
  }
  co_await sleep_for(loop_, std::chrono::microseconds(300));
  if (may_lose_answer && answers_to_lose_ > 0) {
    --answers_to_lose_;
    Outage lost{true, "the answer was lost"};
    co_return failure(std::move(lost));
  }
  co_return answer;
}

Task<Result<queue::Claimed, Outage>> Road::claim(queue::ClaimRequest request) {
  const std::size_t place = claims.size();
  claims.push_back({request, loop_.now(), 0});
  Task<Result<queue::Claimed, Outage>> statement = inner_.claim(request);
  Task<Result<queue::Claimed, Outage>> carried = carry("claim", std::move(statement), false);
  Result<queue::Claimed, Outage> claimed = co_await carried.shielded();
  if (claimed) claims[place].shares = claimed->leases.size();
  if (before_claim_answer) before_claim_answer();
  co_return claimed;
}

Task<Result<queue::BeginAnswer, Outage>> Road::begin(queue::CallIntent intent) {
  begins.push_back(intent);
  Task<Result<queue::BeginAnswer, Outage>> statement = inner_.begin(std::move(intent));
  Task<Result<queue::BeginAnswer, Outage>> carried = carry("begin", std::move(statement), true);
  co_return co_await carried.shielded();
}

Task<Result<queue::SettleAnswer, Outage>> Road::settle(queue::SealedSettlement settlement) {
  settlements.push_back(*settlement);
  Task<Result<queue::SettleAnswer, Outage>> statement = inner_.settle(std::move(settlement));
  Task<Result<queue::SettleAnswer, Outage>> carried = carry("settle", std::move(statement), true);
  co_return co_await carried.shielded();
}

Task<Result<std::vector<LeaseRef>, Outage>> Road::renew(std::vector<LeaseRef> leases) {
  ++renewals;
  Task<Result<std::vector<LeaseRef>, Outage>> statement = inner_.renew(std::move(leases));
  Task<Result<std::vector<LeaseRef>, Outage>> carried = carry("renew", std::move(statement), false);
  co_return co_await carried.shielded();
}

Task<Result<bool, Outage>> Road::release(LeaseRef lease, queue::Release how) {
  Task<Result<bool, Outage>> statement = inner_.release(lease, std::move(how));
  Task<Result<bool, Outage>> carried = carry("release", std::move(statement), true);
  co_return co_await carried.shielded();
}

Task<Result<queue::SettleAnswer, Outage>> Road::close(LeaseRef lease) {
  Task<Result<queue::SettleAnswer, Outage>> statement = inner_.close(lease);
  Task<Result<queue::SettleAnswer, Outage>> carried = carry("close", std::move(statement), true);
  co_return co_await carried.shielded();
}

Task<Result<bool, Outage>> Road::run_alone(LeaseRef lease) {
  ++run_alones;
  Task<Result<bool, Outage>> statement = inner_.run_alone(lease);
  Task<Result<bool, Outage>> carried = carry("run_alone", std::move(statement), true);
  co_return co_await carried.shielded();
}

Task<Result<queue::JobQueue::Swept, Outage>> Road::sweep() {
  Task<Result<Swept, Outage>> statement = inner_.sweep();
  Task<Result<Swept, Outage>> carried = carry("sweep", std::move(statement), false);
  co_return co_await carried.shielded();
}

Task<Result<std::int64_t, Outage>> Road::control() {
  Task<Result<std::int64_t, Outage>> statement = inner_.control();
  Task<Result<std::int64_t, Outage>> carried = carry("control", std::move(statement), false);
  co_return co_await carried.shielded();
}

Task<Result<std::string, Outage>> Road::suite(SuiteId id) {
  ++suites;
  Task<Result<std::string, Outage>> statement = inner_.suite(id);
  Task<Result<std::string, Outage>> carried = carry("suite", std::move(statement), false);
  co_return co_await carried.shielded();
}

EngineWorld::EngineWorld() : store([this] { return loop.now(); }), router(three_providers()), prices(price_book()) {}

EngineWorld::~EngineWorld() { fleet.clear(); }

EngineWorld::Process::Process(EngineWorld& world, const std::string& name_, engine::Settings settings)
    : name(name_),
      road(world.loop, world.store, name),
      line(world.loop),
      worker(world.loop, road, line, world.router, world.prices, world.offload, random, seen, settings),
      scope(world.loop, world.loop.root()) {
  line.script = [&world](const ScriptedTransport::Call& call) { return world.vendor(call); };
}

EngineWorld::Process& EngineWorld::start(engine::Settings settings) {
  fleet.push_back(std::make_unique<Process>(*this, "w" + std::to_string(++started_), settings));
  fleet.back()->scope.start(fleet.back()->worker.run());
  return *fleet.back();
}

void EngineWorld::kill(Process& process) {
  std::erase_if(fleet, [&](const auto& other) { return other.get() == &process; });
}

SuiteId EngineWorld::suite(const std::vector<std::string>& assertions, const std::string& more) {
  std::string text = R"({"name":"test","prompt":"You know capitals.",)" + more + R"("cases":[)";
  for (std::size_t i = 0; i < assertions.size(); ++i) {
    text += (i == 0 ? "" : ",") + (R"({"title":"case )" + std::to_string(i)) + R"(","input":"Capital of France?","assertions":)" + assertions[i] + "}";
  }
  return store.put_suite(text + "]}");
}

EngineWorld::Order EngineWorld::of(std::vector<std::string> models, std::int32_t repeats) {
  Order order;
  order.models = std::move(models);
  order.repeats = repeats;
  return order;
}

JobId EngineWorld::enqueue(Order order, const std::vector<std::string>& assertions, const std::string& more) {
  order.suite = suite(assertions, more);
  order.cases = static_cast<std::int32_t>(assertions.size());
  return store.enqueue(std::move(order));
}

void EngineWorld::until(const std::function<bool()>& holds, Duration most) {
  const Instant end = loop.now() + most;
  for (;;) {
    loop.work();
    if (holds()) return;
    if (loop.now() >= end) BOOST_FAIL("what was waited for did not happen");
    loop.wait(end);
  }
}

void EngineWorld::pass(Duration time) {
  const Instant end = loop.now() + time;
  until([&] { return loop.now() >= end; }, time);
}

void EngineWorld::finish(JobId job) {
  until([&] { return state(job) > JobState::running; });
}

const CellResult& EngineWorld::result(JobId job, std::int32_t cell) const {
  const auto found = store.results().find({job, CellNumber(cell)});
  if (found == store.results().end()) BOOST_FAIL("the cell has no result");
  return found->second.result;
}

std::size_t EngineWorld::results(JobId job) const {
  std::size_t count = 0;
  for (const auto& [place, stored] : store.results()) count += place.first == job;
  return count;
}

const queue::MemoryStore::Share& EngineWorld::only_share() const {
  BOOST_REQUIRE_EQUAL(store.shares().size(), 1u);
  return store.shares().begin()->second;
}

const CallEnd& EngineWorld::end_of(JobId job, std::int32_t cell, std::int32_t seq) const {
  const auto found = store.ended().find(CallId{job, CellNumber(cell), seq});
  if (found == store.ended().end()) BOOST_FAIL("the call has not ended");
  return found->second.end;
}

void EngineWorld::all_is_well() const {
  for (const std::string& sentence : store.verify()) BOOST_ERROR(sentence);
  for (const auto& process : fleet) {
    for (const std::string& fault : process->seen.faults) BOOST_ERROR(process->name + " broke: " + fault);
  }
}

}  // namespace assay::testing
