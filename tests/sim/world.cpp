#include "tests/sim/world.hpp"

#include <algorithm>

#include "runtime/offload.hpp"
#include "runtime/wait.hpp"
#include "tests/sim/answers.hpp"
#include "tests/sim/parts.hpp"

namespace assay::sim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using State = queue::MemoryStore::JobState;

constexpr Duration chaos_lasts = seconds(150);
constexpr Duration world_lasts = std::chrono::hours(3);

/// Compute threads without threads: the work is done when it is handed over, its end comes in a later turn.
class InlineOffload final : public Offload {
 public:
  explicit InlineOffload(Loop& loop) : loop_(loop) {}
  void submit(std::function<void()> work, std::function<void()> done) override {
    work();
    loop_.post(std::move(done));
  }

 private:
  Loop& loop_;
};

class World {
 public:
  explicit World(const Plan& plan);
  Verdicts run();

 private:
  /// Writes what an engine does into the trace, and counts what only it can see.
  class Ear final : public engine::Observer {
   public:
    Ear(World& world, std::string worker) : world_(world), worker_(std::move(worker)) {}
    void call_ended(const CallId& call, std::string_view, const Failure* failure, Duration) override {
      world_.trace_.note(worker_ + " ended " + to_string(call) + " " + std::string(failure ? to_string(failure->kind) : "answered"));
    }
    void cell_stored(const LeaseRef& lease, const CellResult& result) override { world_.stored(worker_, lease, result); }
    void late_write_refused(const LeaseRef&, CellNumber) override { world_.faults_.count(Fault::late_write_refused); }
    void released(const LeaseRef&, const queue::Release& how) override {
      if (how.reason == "rate_limited") world_.faults_.count(Fault::share_put_back);
    }
    void lease_lost(const LeaseRef& lease, std::string_view why) override {
      world_.trace_.note(worker_ + " lost share " + to_string(lease.share) + ": " + std::string(why));
    }
    void broken(std::string_view where, std::string_view what) override { world_.fail(std::string(where) + " broke: " + std::string(what)); }

   private:
    World& world_;
    std::string worker_;
  };

  /// One process of the fleet. Destroying it is kill -9: its frames vanish wherever they wait.
  struct Process {
    Process(World& world, std::string name);
    std::string name;
    Random random;
    Ear ear;
    FaultyQueue queue;
    Provider::Line line;
    engine::Worker worker;
    Scope scope;
  };

  Task<> live();
  Task<> web_app();
  Task<> chaos();
  Task<> act();
  void enqueue_some();
  void received(const CallId& call, const std::string& worker);
  void start_worker();
  void kill(std::size_t index);
  bool all_done() const;
  void stored(const std::string& worker, const LeaseRef& lease, const CellResult& result);
  void fail(const std::string& sentence) {
    if (!broken_) broken_ = sentence;
  }
  Duration between(Duration least, Duration most) {
    return least + Duration(static_cast<Duration::rep>(random_.below(static_cast<std::uint64_t>((most - least).count()))));
  }

  Plan plan_;
  Random random_;
  VirtualPort port_;
  Loop loop_{port_};
  Duration database_ahead_{};
  queue::MemoryStore store_;
  FaultCounts faults_;
  Trace trace_;
  Oracle oracle_;
  Provider provider_;
  Parts parts_;
  InlineOffload offload_;
  std::vector<std::unique_ptr<Process>> fleet_;
  std::size_t started_ = 0;
  std::optional<JobId> poison_;
  const std::shared_ptr<const Asking> streams_ = [] {
    auto asking = std::make_shared<Asking>();
    asking->stream = true;
    return asking;
  }();
  bool enqueuing_ = true, chaos_ = true;
  std::optional<std::string> broken_;
};

World::World(const Plan& plan)
    : plan_(plan),
      random_(plan.seed),
      store_([this] { return loop_.now() + database_ahead_; }),
      trace_(loop_, plan.print),
      oracle_(store_),
      provider_(loop_, Random(random_.next()), faults_, oracle_, trace_),
      parts_(random_.chance(0.5)),
      offload_(loop_) {
  store_.faults = plan.planted;
  provider_.on_receive = [this](const CallId& call, const std::string& worker) { received(call, worker); };
}

World::Process::Process(World& world, std::string name_)
    : name(std::move(name_)),
      random(world.random_.next()),
      ear(world, name),
      queue(world.loop_, world.store_, name, Random(world.random_.next()), world.faults_, world.oracle_, world.trace_),
      line(world.provider_, name, 8),
      worker(world.loop_, queue, line, world.parts_.router, world.parts_.prices, world.offload_, random, ear, fleet_settings()),
      scope(world.loop_, world.loop_.root()) {
  scope.start(worker.run());
}

void World::start_worker() {
  const std::string name = "w" + std::to_string(++started_);
  trace_.note("start " + name);
  fleet_.push_back(std::make_unique<Process>(*this, name));
}

void World::kill(std::size_t index) {
  Process& victim = *fleet_[index];
  trace_.note("kill " + victim.name);
  faults_.count(Fault::worker_killed);
  if (victim.line.open() > 0) faults_.count(Fault::killed_with_calls_in_flight);
  fleet_.erase(fleet_.begin() + static_cast<std::ptrdiff_t>(index));
}

void World::stored(const std::string& worker, const LeaseRef& lease, const CellResult& result) {
  trace_.note(worker + " stored " + to_string(lease.job) + "." + to_string(result.cell) + " " + std::string(to_string(result.verdict)));
  if (result.failure == Failure::Kind::over_budget) faults_.count(Fault::budget_refused);
  if (result.verdict == Verdict::error) return;
  const CallId call{lease.job, result.cell, result.seq};
  const bool said = result.completion.text == answer_text(call);
  if (!said && !result.completion.text.empty()) fail("the stored answer is what the model said: " + to_string(call));
  const bool should_pass = said && call.cell.value % 3 == 0;
  if ((result.verdict == Verdict::pass) != should_pass) fail("the verdict is right: " + to_string(call));
}

void World::enqueue_some() {
  queue::MemoryStore::Order order;
  order.suite = parts_.suite_of(store_, static_cast<std::int32_t>(1 + random_.below(4)));
  order.cases = parts_.cases_of(order.suite);
  order.models = random_.chance(0.5) ? std::vector<std::string>{"gpt-sim", "claude-sim"} : std::vector<std::string>{"gpt-sim"};
  order.repeats = 1 + static_cast<std::int32_t>(random_.below(3));
  order.priority = static_cast<std::int32_t>(random_.below(3));
  order.cells_per_share = 1 + static_cast<std::int32_t>(random_.below(6));
  if (random_.chance(0.2)) order.delay = between(seconds(1), seconds(40));
  if (random_.chance(0.3)) order.max_cost = Money::nanos(static_cast<std::int64_t>(50'000'000 + random_.below(200'000'000)));
  if (random_.chance(0.5)) order.sampling.asking = streams_;
  const JobId job = store_.enqueue(std::move(order));
  if (!poison_ && random_.chance(0.03)) poison_ = job;
}

void World::received(const CallId& call, const std::string& worker) {
  if (call.job != poison_) return;
  // The answer to this one brings its process down.
  loop_.post([this, worker] {
    const auto victim = std::find_if(fleet_.begin(), fleet_.end(), [&](const auto& process) { return process->name == worker; });
    if (victim == fleet_.end()) return;
    kill(static_cast<std::size_t>(victim - fleet_.begin()));
    start_worker();
  });
}

Task<> World::web_app() {
  for (;;) {
    enqueue_some();
    std::int32_t cells = 0;
    for (const auto& [id, job] : store_.jobs()) cells += job.cells;
    if (store_.jobs().size() >= 10 && cells >= 60) break;
    co_await sleep_for(loop_, between(milliseconds(100), seconds(6)));
  }
  enqueuing_ = false;
}

Task<> World::act() {
  const double roll = random_.unit();
  if (roll < 0.35 && !fleet_.empty()) {
    kill(static_cast<std::size_t>(random_.below(fleet_.size())));
    start_worker();
  } else if (roll < 0.5 && !fleet_.empty()) {
    faults_.count(Fault::worker_partitioned);
    Process& process = *fleet_[random_.below(fleet_.size())];
    process.queue.partition_until(loop_.now() + between(seconds(1), seconds(100)));
    trace_.note("partition " + process.name);
  } else if (roll < 0.65) {
    faults_.count(Fault::clock_jumped);
    const Duration jump = between(seconds(1), seconds(90));
    if (random_.chance(0.5)) {
      database_ahead_ += jump;
    } else {
      port_.jump(jump);
    }
    trace_.note("clock jump");
  } else if (roll < 0.75 && !store_.jobs().empty()) {
    const JobId job(1 + static_cast<std::int64_t>(random_.below(store_.jobs().size())));
    while (store_.locked(job)) co_await sleep_for(loop_, milliseconds(1));
    if (store_.cancel(job)) faults_.count(Fault::job_cancelled);
    oracle_.check(job);
  } else if (roll < 0.85) {
    faults_.count(Fault::queue_paused);
    store_.pause("default");
    co_await sleep_for(loop_, between(seconds(1), seconds(5)));
    store_.resume("default");
  } else if (!fleet_.empty()) {
    faults_.count(Fault::drained);
    Process& process = *fleet_[random_.below(fleet_.size())];
    trace_.note("drain " + process.name);
    process.worker.drain();
    start_worker();
  }
}

Task<> World::chaos() {
  while (loop_.now() < Instant(chaos_lasts)) {
    co_await sleep_for(loop_, between(milliseconds(200), seconds(12)));
    co_await act();
    std::erase_if(fleet_, [](const auto& process) { return process->scope.running() == 0; });
  }
  chaos_ = false;
}

bool World::all_done() const {
  if (enqueuing_ || chaos_) return false;
  return std::all_of(store_.jobs().begin(), store_.jobs().end(), [](const auto& entry) { return entry.second.state > State::running; });
}

Task<> World::live() {
  Scope scope(loop_, co_await current_stop());
  for (int i = 0; i < 3; ++i) start_worker();
  scope.start(web_app());
  scope.start(chaos());
  while (!all_done() && !broken_ && !oracle_.broken()) {
    if (loop_.now() > Instant(world_lasts)) {
      fail("everything drains: a job is still open after three hours");
      break;
    }
    co_await sleep_for(loop_, milliseconds(500));
  }
  if (!broken_ && !oracle_.broken()) {
    // Leave in good order, so that what is still being booked gets booked.
    for (auto& process : fleet_) process->worker.drain();
    co_await sleep_for(loop_, seconds(200));
    oracle_.check_end();
  }
  fleet_.clear();
}

Verdicts World::run() {
  loop_.run(live());
  Verdicts verdicts;
  verdicts.broken = broken_ ? broken_ : oracle_.broken();
  for (const auto& [id, call] : store_.calls()) {
    const auto result = store_.results().find({id.job, id.cell});
    const bool answered = result != store_.results().end() && result->second.result.seq == id.seq;
    if (!answered && !store_.ended().contains(id)) faults_.count(Fault::call_unknown);
  }
  verdicts.faults = faults_;
  verdicts.trace_hash = trace_.hash();
  verdicts.jobs = store_.jobs().size();
  for (const auto& [id, job] : store_.jobs()) verdicts.cells += static_cast<std::size_t>(job.cells);
  verdicts.calls = oracle_.bills().size();
  verdicts.workers = started_;
  return verdicts;
}

}  // namespace

Verdicts run_world(const Plan& plan) {
  World world(plan);
  return world.run();
}

}  // namespace assay::sim
