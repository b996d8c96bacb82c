#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/worker.hpp"
#include "pricing/price_book.hpp"
#include "queue/memory_queue.hpp"
#include "routing/router.hpp"
#include "runtime/scope.hpp"
#include "runtime/virtual_port.hpp"
#include "tests/support/scripted_transport.hpp"

/// A world for one or a few real engines on a virtual clock: a store in memory, a scripted vendor, and a road to the
/// database that can be closed.
namespace assay::testing {

/// Compute threads without threads. `broken`: handing over throws, as a judge that fails does.
class InlineOffload final : public Offload {
 public:
  explicit InlineOffload(Loop& loop) : loop_(loop) {}
  void submit(std::function<void()> work, std::function<void()> done) override;
  bool broken = false;
  std::size_t pieces = 0;

 private:
  Loop& loop_;
};

/// Keeps all that an engine tells.
class Recorder final : public engine::Observer {
 public:
  void claimed(const Lease& lease) override { claims.push_back(lease); }
  void cell_stored(const LeaseRef&, const CellResult& result) override { stored.push_back(result); }
  void late_write_refused(const LeaseRef&, CellNumber cell) override { late_writes.push_back(cell); }
  void lease_lost(const LeaseRef&, std::string_view why) override { lost.emplace_back(why); }
  void released(const LeaseRef&, const queue::Release& how) override { releases.push_back(how); }
  void share_ended(const LeaseRef&) override { ++ended_shares; }
  void swept(const queue::JobQueue::Swept& swept) override { rescued += swept.rescued; }
  void outage(std::string_view operation, const queue::Outage&) override { outages.emplace_back(operation); }
  void broken(std::string_view where, std::string_view what) override { faults.push_back(std::string(where) + ": " + std::string(what)); }

  std::vector<Lease> claims;
  std::vector<CellResult> stored;
  std::vector<CellNumber> late_writes;
  std::vector<std::string> lost, outages, faults;
  std::vector<queue::Release> releases;
  std::size_t ended_shares = 0;
  std::int32_t rescued = 0;
};

/// The road between a worker and its store.
class Road final : public queue::JobQueue {
 public:
  Road(Loop& loop, queue::MemoryStore& store, const std::string& worker) : loop_(loop), opened_(loop), inner_(loop, store, worker) {}

  /// Away: each statement ends in an Outage after a second. Silent: it ends when the road is open again.
  enum class State { open, away, silent };
  void be(State state) {
    state_ = state;
    opened_.notify();
  }
  void lose_answers(int count) { answers_to_lose_ = count; }  ///< of the next statements that are not claims or upkeep
  std::function<void()> before_claim_answer;                  ///< the world moves while a claim is on its way back
  std::function<Task<>(const std::string&)> answer_waits;     ///< of this operation: committed, and on the way back
  std::string breaks;                                         ///< the operation that throws: a bug

  struct Asked {
    queue::ClaimRequest request;
    Instant at;
    std::size_t shares = 0;
  };
  std::vector<Asked> claims;
  std::vector<queue::Settlement> settlements;
  std::vector<queue::CallIntent> begins;
  std::size_t renewals = 0, suites = 0, run_alones = 0;

  Task<Result<queue::Claimed, queue::Outage>> claim(queue::ClaimRequest request) override;
  Task<Result<queue::BeginAnswer, queue::Outage>> begin(queue::CallIntent intent) override;
  Task<Result<queue::SettleAnswer, queue::Outage>> settle(queue::SealedSettlement settlement) override;
  Task<Result<std::vector<LeaseRef>, queue::Outage>> renew(std::vector<LeaseRef> leases) override;
  Task<Result<bool, queue::Outage>> release(LeaseRef lease, queue::Release how) override;
  Task<Result<queue::SettleAnswer, queue::Outage>> close(LeaseRef lease) override;
  Task<Result<bool, queue::Outage>> run_alone(LeaseRef lease) override;
  Task<Result<Swept, queue::Outage>> sweep() override;
  Task<Result<std::int64_t, queue::Outage>> control() override;
  Task<Result<std::string, queue::Outage>> suite(SuiteId id) override;

 private:
  Task<bool> passable(const char* operation);
  template <class T>
  Task<Result<T, queue::Outage>> carry(const char* operation, Task<Result<T, queue::Outage>> statement, bool may_lose_answer);

  Loop& loop_;
  Signal opened_;
  State state_ = State::open;
  int answers_to_lose_ = 0;
  queue::MemoryQueue inner_;
};

class EngineWorld {
 public:
  using Order = queue::MemoryStore::Order;
  using JobState = queue::MemoryStore::JobState;
  using Vendor = std::function<ScriptedTransport::Answer(const ScriptedTransport::Call&)>;

  EngineWorld();
  ~EngineWorld();

  /// One process. Killing it is destroying it.
  struct Process {
    Process(EngineWorld& world, const std::string& name, engine::Settings settings);
    std::string name;
    Random random{7};
    Recorder seen;
    Road road;
    ScriptedTransport line;
    engine::Worker worker;
    Scope scope;
    bool running() const { return scope.running() > 0; }
  };
  Process& start(engine::Settings settings = {});
  void kill(Process& process);

  /// The suite of these cases: each a JSON list of assertions. Enqueues one job of it; `order` gives the rest.
  SuiteId suite(const std::vector<std::string>& assertions, const std::string& more = "");
  JobId enqueue(Order order, const std::vector<std::string>& assertions = {R"([{"type":"contains","value":"paris"}])"},
                const std::string& more = "");
  static Order of(std::vector<std::string> models, std::int32_t repeats = 1);

  /// Drives the loop until `holds`; fails the test when that takes longer than `most` of the loop's time.
  void until(const std::function<bool()>& holds, Duration most = std::chrono::hours(1));
  void pass(Duration time);
  void finish(JobId job);  ///< until it has ended

  JobState state(JobId job) const { return store.jobs().at(job).state; }
  const CellResult& result(JobId job, std::int32_t cell = 0) const;
  std::size_t results(JobId job) const;
  const queue::MemoryStore::Share& only_share() const;
  const CallEnd& end_of(JobId job, std::int32_t cell, std::int32_t seq) const;
  void all_is_well() const;

  VirtualPort port;
  Loop loop{port};
  queue::MemoryStore store;
  Vendor vendor = [](const ScriptedTransport::Call&) { return says("Paris"); };
  InlineOffload offload{loop};
  routing::Router router;
  pricing::PriceBook prices;
  std::vector<std::unique_ptr<Process>> fleet;

 private:
  int started_ = 0;
};

}  // namespace assay::testing
