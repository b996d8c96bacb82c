#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "engine/worker.hpp"
#include "pricing/price_book.hpp"
#include "runtime/scope.hpp"
#include "runtime/thread_offload.hpp"
#include "tests/support/postgres_world.hpp"
#include "worker/reporter.hpp"

using namespace assay;
using namespace assay::testing;

/// Workers that stand still between their last look at the lease and the statement that stores the answer, and move on
/// when another holds the share. Real engines, real Postgres; only the vendor and the moment are the test's.
namespace {

constexpr int rounds = 5, jobs_a_round = 10;

/// The queue of a worker that can be made to stand still: from its first settle on nothing it says is sent.
class StandStill final : public queue::JobQueue {
 public:
  StandStill(Loop& loop, queue::JobQueue& inner) : inner_(inner), moved_on_(loop) {}

  void at_first_settle() { armed_ = true; }
  void move_on() {
    armed_ = still_ = false;
    moved_on_.notify();
  }
  int held_settles() const { return held_settles_; }

  Task<Result<queue::SettleAnswer, queue::Outage>> settle(queue::SealedSettlement settlement) override {
    if (armed_) still_ = true;
    if (still_) ++held_settles_;
    Task<Result<queue::SettleAnswer, queue::Outage>> statement = inner_.settle(std::move(settlement));
    return passed(std::move(statement));
  }
  Task<Result<queue::Claimed, queue::Outage>> claim(queue::ClaimRequest request) override {
    return passed(inner_.claim(request));
  }
  Task<Result<queue::BeginAnswer, queue::Outage>> begin(queue::CallIntent intent) override {
    return passed(inner_.begin(std::move(intent)));
  }
  Task<Result<std::vector<LeaseRef>, queue::Outage>> renew(std::vector<LeaseRef> leases) override {
    return passed(inner_.renew(std::move(leases)));
  }
  Task<Result<bool, queue::Outage>> release(LeaseRef lease, queue::Release how) override {
    return passed(inner_.release(lease, std::move(how)));
  }
  Task<Result<queue::SettleAnswer, queue::Outage>> close(LeaseRef lease) override {
    return passed(inner_.close(lease));
  }
  Task<Result<bool, queue::Outage>> run_alone(LeaseRef lease) override { return passed(inner_.run_alone(lease)); }
  Task<Result<Swept, queue::Outage>> sweep() override { return passed(inner_.sweep()); }
  Task<Result<std::int64_t, queue::Outage>> control() override { return passed(inner_.control()); }
  Task<Result<std::string, queue::Outage>> suite(SuiteId id) override { return passed(inner_.suite(id)); }

 private:
  /// A Task starts when it is awaited, so the statement is sent only after the wait.
  template <class T>
  Task<T> passed(Task<T> statement) {
    Task<> waiting = wait();
    co_await waiting.shielded();
    co_return co_await statement;
  }
  Task<> wait() {
    while (still_) co_await moved_on_.wait(Deadline::never());
  }

  queue::JobQueue& inner_;
  Signal moved_on_;
  bool armed_ = false, still_ = false;
  int held_settles_ = 0;
};

/// A vendor that says the same to everybody, when it is told to.
class Vendor final : public http::Transport {
 public:
  Vendor(Loop& loop, std::string words) : words_(std::move(words)), told_(loop) {}
  int asked() const { return asked_; }
  void think(bool thinks) {
    thinks_ = thinks;
    told_.notify();
  }
  Task<Result<http::Response, http::Failure>> send(http::Request, Deadline) override {
    ++asked_;
    while (thinks_) co_await told_.wait(Deadline::never());
    http::Response response;
    response.status = 200;
    response.body =
        R"({"id":"c","model":"gpt-4o","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":")" +
        words_ + R"("}}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}})";
    co_return response;
  }

 private:
  std::string words_;
  Signal told_;
  bool thinks_ = false;
  int asked_ = 0;
};

routing::RouterSettings one_provider() {
  routing::ProviderSettings provider;
  provider.name = "openai";
  provider.base_url = "https://vendor.test";
  provider.key = Secret("test-key");
  routing::RouterSettings settings;
  settings.providers = {provider};
  return settings;
}

engine::Settings quick(Duration cutoff) {
  engine::Settings settings;
  settings.slots = 2 * jobs_a_round;
  settings.cutoff = cutoff;
  settings.renew_every = std::chrono::milliseconds(250);
  settings.control_every = std::chrono::milliseconds(100);
  settings.sweep_every = std::chrono::milliseconds(100);
  settings.poll = std::chrono::milliseconds(50);
  return settings;
}

struct Zombies : PostgresWorld {
  postgres::PostgresJobQueue::Options options(int number) override {
    postgres::PostgresJobQueue::Options made = PostgresWorld::options(number);
    made.lease = std::chrono::seconds(1);
    made.listen = false;
    return made;
  }

  struct Process {
    Process(Zombies& world, int number, const std::string& words, Duration cutoff)
        : road(world.loop(), world.worker(number)),
          vendor(world.loop(), words),
          reporter(world.metrics, telemetry::Log::none()),
          worker(world.loop(), road, vendor, world.router, world.prices, world.offload, random, reporter,
                 quick(cutoff)),
          scope(world.loop(), world.loop().root()) {
      scope.start(worker.run());
    }
    Random random{7};
    StandStill road;
    Vendor vendor;
    Reporter reporter;
    engine::Worker worker;
    Scope scope;
  };

  void until(const std::string& what, const std::function<bool()>& holds) {
    const Instant end = loop().measure() + std::chrono::seconds(30);
    for (;;) {
      loop().work();
      if (holds()) return;
      if (loop().measure() > end) throw std::runtime_error("waited in vain for " + what);
      loop().wait(loop().now() + std::chrono::milliseconds(10));
    }
  }

  double metric(const std::string& name) const {
    const std::string text = metrics.text();
    const std::size_t at = text.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
  }
  std::int64_t results_from(const std::string& words) {
    return database().number("select count(*) from @assay_private@.result where response = '" + words + "'");
  }

  /// One worker stands still with all its answers, another takes its shares, the first moves on, then the second ends.
  void round(Duration cutoff) {
    for (int i = 0; i < jobs_a_round; ++i) {
      MemoryStore::Order order;
      order.models = {"gpt-4o"};
      order.cases = 1;
      enqueue(std::move(order));
    }
    Process late(*this, 1, "from the zombie", cutoff);
    late.road.at_first_settle();
    until("the answers of the first", [&] { return late.road.held_settles() == jobs_a_round; });
    late.worker.drain();  // it takes nothing new when it moves on
    Process taker(*this, 2, "from the holder", std::chrono::hours(1));
    taker.vendor.think(true);
    until("the takeover", [&] { return taker.vendor.asked() == jobs_a_round; });

    late.road.move_on();
    until("the end of the first", [&] { return late.scope.running() == 0; });
    taker.vendor.think(false);
    until("the end of all jobs", [&] { return open_jobs() == 0; });
    taker.worker.drain();
    until("the end of the second", [&] { return taker.scope.running() == 0; });
  }
  std::int64_t open_jobs() { return database().number("select count(*) from @assay_private@.share"); }

  void without_token_check() {
    std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/migrations/functions/assay_worker/settle_v2.sql");
    std::stringstream content;
    content << file.rdbuf();
    std::string text = content.str();
    int removed = 0;
    for (const std::string check : {" and t.token = d.token", " and s.token = c.token"}) {
      for (std::size_t at = 0; (at = text.find(check, at)) != std::string::npos; ++removed)
        text.erase(at, check.size());
    }
    BOOST_REQUIRE_EQUAL(removed, 3);
    database().run(text);
  }

  void all_late_writes_are_refused(const char* how, Duration cutoff) {
    for (int i = 0; i < rounds; ++i) round(cutoff);

    constexpr int all = rounds * jobs_a_round;
    const std::int64_t accepted = results_from("from the zombie"), stored = results_from("from the holder");
    const std::int64_t orphans =
        database().number("select count(*) from @assay@.calls where state = 'orphan' and cost is not null");
    std::printf(
        "%s: late writes accepted %lld of %d; metric assay_late_writes_refused_total %g; orphans with their cost %lld; "
        "results of the holders %lld\n",
        how, static_cast<long long>(accepted), all, metric("assay_late_writes_refused_total"),
        static_cast<long long>(orphans), static_cast<long long>(stored));
    BOOST_TEST(accepted == 0);
    BOOST_TEST(stored == all);
    BOOST_TEST(metric("assay_late_writes_refused_total") == all);
    BOOST_TEST(orphans == all);
    for (const std::string& violation : verify()) BOOST_ERROR(violation);
  }

  telemetry::Metrics metrics;
  routing::Router router{one_provider()};
  pricing::PriceBook prices = pricing::product_price_book();
  ThreadOffload offload{loop_, 1};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(zombie, Zombies)

BOOST_AUTO_TEST_CASE(a_late_write_is_refused_and_counted) {
  all_late_writes_are_refused("with the cut-off", std::chrono::milliseconds(750));
}

BOOST_AUTO_TEST_CASE(a_late_write_is_refused_without_any_cut_off_too) {
  all_late_writes_are_refused("without the cut-off", std::chrono::hours(1));
}

BOOST_AUTO_TEST_CASE(without_the_token_check_late_writes_are_stored) {
  without_token_check();

  for (int i = 0; i < rounds; ++i) round(std::chrono::hours(1));

  const std::int64_t accepted = results_from("from the zombie");
  std::printf("without the token check: late writes accepted %lld of %d\n", static_cast<long long>(accepted),
              rounds * jobs_a_round);
  BOOST_TEST(accepted >= 45);
}

BOOST_AUTO_TEST_SUITE_END()
