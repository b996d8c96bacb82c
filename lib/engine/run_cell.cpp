#include "engine/run_cell.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/answer_facts.hpp"
#include "engine/call.hpp"
#include "engine/judge_cell.hpp"
#include "routing/retry_policy.hpp"

namespace assay::engine {
namespace {

using How = CellOutcome::How;

bool names_no_model(const Failure& failure) {
  return failure.kind == Failure::Kind::model_not_found || failure.kind == Failure::Kind::no_candidate;
}

Failure unknown_outcome(const char* why) {
  Failure unknown;
  unknown.kind = Failure::Kind::outcome_unknown;
  unknown.source = Failure::Source::worker;
  unknown.detail = why;
  return unknown;
}

/// The state of one cell's run. Ten thousand wait in one process, and a coroutine's frame has room of its own for each of
/// its locals, used or not: what is large and rare is made in plain functions.
class CellRun {
 public:
  CellRun(Tools& tools, HeldLease& held, std::shared_ptr<const LoadedSuite> suite, CellNumber cell, Semaphore::Permit slot, CellHooks hooks)
      : tools_(tools), held_(held), suite_(std::move(suite)), cell_(cell), slot_(std::move(slot)), hooks_(std::move(hooks)) {}

  Task<CellOutcome> run();

 private:
  std::unique_ptr<Failure> make_plan();
  std::unique_ptr<PlannedCall> plan_next(std::int32_t seq, std::unique_ptr<Failure>& unplanned);
  Failure broken(std::string_view where, const std::exception& error);
  Task<CellOutcome> try_until_done();
  Task<CellOutcome> answered(std::unique_ptr<CallOutcome> call, std::int32_t seq);
  Task<CellOutcome> store(CellResult result, std::vector<CallEnd> ended);
  Task<CellOutcome> end_unplanned(const Failure& failure);
  Task<CellOutcome> end_in_error(const Failure& failure);
  Task<CellOutcome> end_in_error(std::unique_ptr<CallOutcome> call);
  Task<CellOutcome> put_back(CallEnd end, Duration wake_after, std::string reason);
  Task<> book(CallEnd end);
  Task<CellResult> judge(std::int32_t seq, Completion completion, Duration latency);
  void give_back_slot();
  bool may_move_on() const;
  void move_on(routing::CallsSoFar& calls, const routing::Decision& decision);
  const std::string& model() const;

  Tools& tools_;
  HeldLease& held_;
  std::shared_ptr<const LoadedSuite> suite_;
  CellNumber cell_;
  std::unique_ptr<CellPlan> plan_;  ///< set while there are calls to make
  Semaphore::Permit slot_;
  CellHooks hooks_;
  bool slot_held_ = true;
  CellTimings timings_;
};

const std::string& CellRun::model() const {
  const JobTerms& terms = *held_.lease().terms;
  return terms.models[static_cast<std::size_t>(place_of(terms, cell_).model)];
}

void CellRun::give_back_slot() {
  if (!std::exchange(slot_held_, false)) return;
  const Semaphore::Permit freed = std::move(slot_);
  hooks_.answered();
}

/// A job with a cap cannot ask where no price is known.
bool CellRun::may_move_on() const {
  const ModelRoute* fallback = plan_->route->fallback.get();
  return fallback != nullptr && (fallback->price || !held_.lease().terms->capped);
}

/// From here on the cell's calls go to the fallback: under the same counts, deadline and budget, each in a ledger row
/// that names whom it asked.
void CellRun::move_on(routing::CallsSoFar& calls, const routing::Decision& decision) {
  plan_->route = plan_->route->fallback;
  calls.elsewhere = false;
  calls.failed_here = calls.throttled_in_a_row = 0;
  calls.saved_wait = decision.wait;
}

Task<CellOutcome> CellRun::run() {
  auto unplanned = make_plan();
  if (unplanned && names_no_model(*unplanned)) {
    // It may have been added after the models were read, and before this job was.
    Task<bool> reading = tools_.models.newer_than(held_.received());
    co_await reading;
    unplanned = make_plan();
  }
  if (unplanned) {
    Task<CellOutcome> ending = end_unplanned(*unplanned);
    co_return co_await ending;
  }
  if (plan_->before.unknown && suite_->suite.on_unknown == OnUnknown::hold) {
    Task<CellOutcome> ending = end_in_error(
        unknown_outcome("an earlier worker died after this call was begun, and the suite says on_unknown: hold"));
    co_return co_await ending;
  }
  Task<CellOutcome> trying = try_until_done();
  co_return co_await trying;
}

std::unique_ptr<Failure> CellRun::make_plan() {
  try {
    auto plan = plan_cell(tools_, held_.lease(), *suite_, cell_);
    if (!plan) return std::make_unique<Failure>(std::move(plan.error()));
    plan_ = std::make_unique<CellPlan>(std::move(*plan));
    return nullptr;
  } catch (const std::exception& error) {
    return std::make_unique<Failure>(broken("plan", error));
  }
}

std::unique_ptr<PlannedCall> CellRun::plan_next(std::int32_t seq, std::unique_ptr<Failure>& unplanned) {
  try {
    return std::make_unique<PlannedCall>(plan_call(tools_, *plan_, *suite_, held_.lease(), seq));
  } catch (const std::exception& error) {
    unplanned = std::make_unique<Failure>(broken("encode", error));
    return nullptr;
  }
}

Failure CellRun::broken(std::string_view where, const std::exception& error) {
  tools_.observer.broken(where, error.what());
  Failure internal;
  internal.source = Failure::Source::worker;
  internal.detail = std::string("the call could not be planned: ") + error.what();
  return internal;
}

Task<CellOutcome> CellRun::try_until_done() {
  const routing::RetryLimits& limits = tools_.settings.retry;
  routing::CallsSoFar calls;
  calls.counted = plan_->before.counted;
  calls.maybe_billed = plan_->before.unknown ? 1 : 0;
  calls.failed_here = 0;
  calls.elsewhere = may_move_on();
  if (calls.counted >= limits.calls) {
    Task<CellOutcome> ending = end_in_error(unknown_outcome("earlier workers used up the calls this cell may make"));
    co_return co_await ending;
  }
  const Deadline patience{tools_.loop.now() + tools_.settings.cell_patience};
  for (std::int32_t seq = plan_->before.calls + 1;; ++seq) {
    if (!held_.good(tools_.loop.now())) co_return CellOutcome{};
    std::unique_ptr<Failure> unplanned;
    std::unique_ptr<PlannedCall> planned = plan_next(seq, unplanned);
    if (!planned) {
      Task<CellOutcome> ending = end_in_error(*unplanned);
      co_return co_await ending;
    }
    std::unique_ptr<CallOutcome> call;
    {
      Task<std::unique_ptr<CallOutcome>> calling = make_call(tools_, held_, *plan_, std::move(planned));
      call = co_await calling;
    }
    if (seq == plan_->before.calls + 1) {
      timings_.waited = call->begun - held_.received();
      timings_.overhead = call->first_byte_out - held_.received();
    }
    if (call->how == CallOutcome::How::lost) co_return CellOutcome{};
    if (call->how == CallOutcome::How::answered) {
      Task<CellOutcome> storing = answered(std::move(call), seq);
      co_return co_await storing;
    }
    if (call->how == CallOutcome::How::refused) {
      Task<CellOutcome> ending = end_in_error(call->failure);
      co_return co_await ending;
    }

    const bool cut = call->failure.kind == Failure::Kind::cancelled;
    if (cut) {
      // Stopped from outside: the lease was lost, or the drain's time is up. Booked either way, and the cell stays open.
      Task<> booking = book(std::move(call->end));
      co_await booking;
      co_return CellOutcome{held_.lost() ? How::lost : How::left_open, {}, "drain"};
    }
    routing::count(calls, call->failure);
    const Duration time_left = hooks_.draining() ? Duration::zero() : patience.left(tools_.loop.now());
    const auto left = std::chrono::duration_cast<routing::Milliseconds>(time_left);
    const routing::Decision next = routing::decide(call->failure, calls, suite_->suite.on_unknown, left, tools_.random.unit(), limits);
    switch (next.what) {
      case routing::Decision::What::give_up: {
        Task<CellOutcome> ending = end_in_error(std::move(call));
        co_return co_await ending;
      }
      case routing::Decision::What::put_back: {
        std::string reason(to_string(call->failure.kind));
        Task<CellOutcome> putting = put_back(std::move(call->end), next.wait, std::move(reason));
        co_return co_await putting;
      }
      case routing::Decision::What::retry: {
        Task<> booking = book(std::move(call->end));
        co_await booking;
        co_await sleep_for(tools_.loop, next.wait);
        if (hooks_.draining()) co_return CellOutcome{How::left_open, {}, "drain"};
        break;
      }
      case routing::Decision::What::move_on: {
        Task<> booking = book(std::move(call->end));
        co_await booking;
        if (hooks_.draining()) co_return CellOutcome{How::left_open, {}, "drain"};
        move_on(calls, next);
        break;
      }
    }
  }
}

Task<CellResult> CellRun::judge(std::int32_t seq, Completion completion, Duration latency) {
  if (!heavy(*plan_, *suite_, completion.text.size(), tools_.settings)) {
    CellResult light = judge_cell(*plan_, *suite_, seq, std::move(completion), tools_.settings, latency);
    co_return light;
  }
  std::function<CellResult()> work = [plan = *plan_, suite = suite_, seq, completion = std::move(completion), settings = tools_.settings, latency]() mutable {
    return judge_cell(plan, *suite, seq, std::move(completion), settings, latency);
  };
  Task<CellResult> elsewhere = run_elsewhere<CellResult>(tools_.loop, tools_.offload, std::move(work));
  co_return co_await elsewhere;
}

Task<CellOutcome> CellRun::answered(std::unique_ptr<CallOutcome> call, std::int32_t seq) {
  give_back_slot();
  const Instant before = tools_.loop.measure();
  // What is needed of the answer, should the judge fail: the answer itself goes to it.
  const Usage usage = call->completion.usage;
  const std::string tier = call->completion.service_tier;
  const std::size_t bytes = answer_bytes(call->completion);
  std::optional<CellResult> result;
  std::string broken;
  Task<CellResult> judging = judge(seq, std::move(call->completion), call->provider);
  try {
    result = co_await judging;
  } catch (const std::exception& error) {
    broken = error.what();
  }
  if (!result) {
    // Our own fault must neither look like a failed test nor lose what was paid for.
    tools_.observer.broken("judge", broken);
    result = broken_cell(*plan_, seq, usage, tier, bytes, broken);
  }
  const Instant after = tools_.loop.measure();
  timings_.provider = call->provider;
  timings_.judging = after - before;
  timings_.overhead += after - call->last_byte_in;
  call.reset();
  Task<CellOutcome> storing = store(std::move(*result), {});
  co_return co_await storing;
}

Task<CellOutcome> CellRun::store(CellResult result, std::vector<CallEnd> ended) {
  give_back_slot();
  result.timings = timings_;
  queue::Settlement settlement;
  settlement.lease = held_.ref();
  settlement.result = std::move(result);
  settlement.ended = std::move(ended);
  settlement.closes_share = hooks_.closes_share();
  if (settlement.closes_share) held_.ending();
  const queue::SealedSettlement sealed(std::move(settlement));
  Task<queue::SettleAnswer> settling = tools_.persist.settle(sealed);
  const queue::SettleAnswer answer = co_await settling.shielded();
  if (answer == queue::SettleAnswer::lost) {
    tools_.observer.late_write_refused(held_.ref(), cell_);
    held_.lose("settle was refused by the fence");
    co_return CellOutcome{};
  }
  tools_.observer.cell_stored(held_.ref(), *sealed->result);
  co_return CellOutcome{How::stored, {}, {}};
}

Task<CellOutcome> CellRun::end_unplanned(const Failure& failure) { return store(error_cell(cell_, model(), failure), {}); }

Task<CellOutcome> CellRun::end_in_error(const Failure& failure) {
  return store(error_cell(*plan_, failure), {});
}

Task<CellOutcome> CellRun::end_in_error(std::unique_ptr<CallOutcome> call) {
  std::vector<CallEnd> ended;
  ended.push_back(std::move(call->end));
  return store(error_cell(*plan_, call->failure), std::move(ended));
}

Task<CellOutcome> CellRun::put_back(CallEnd end, Duration wake_after, std::string reason) {
  give_back_slot();
  Task<> booking = book(std::move(end));
  co_await booking;
  co_return CellOutcome{How::put_back, wake_after, std::move(reason)};
}

Task<> CellRun::book(CallEnd end) {
  queue::Settlement settlement;
  settlement.lease = held_.ref();
  settlement.ended.push_back(std::move(end));
  Task<queue::SettleAnswer> settling = tools_.persist.settle(std::move(settlement));
  const queue::SettleAnswer answer = co_await settling.shielded();
  if (answer == queue::SettleAnswer::lost) held_.lose("settle was refused by the fence");
}

}  // namespace

Task<CellOutcome> run_cell(Tools& tools, HeldLease& held, std::shared_ptr<const LoadedSuite> suite, CellNumber cell,
                           Semaphore::Permit slot, CellHooks hooks) {
  CellRun cell_run(tools, held, std::move(suite), cell, std::move(slot), std::move(hooks));
  co_return co_await cell_run.run();
}

}  // namespace assay::engine
