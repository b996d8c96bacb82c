#include "engine/run_share.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/judge_cell.hpp"
#include "engine/run_cell.hpp"

namespace assay::engine {
namespace {

/// A share's run so far.
struct Progress {
  std::size_t unfinished = 0;      ///< cells without a stored result
  std::size_t waiting = 0;         ///< of those, put back by what a provider asked for
  bool closed = false;             ///< its last result closed it in the same transaction
  std::optional<Duration> wake_after;  ///< the shortest wait any cell asks for
  std::string reason;
};

Task<> run_one(Tools& tools, HeldLease& held, std::shared_ptr<const LoadedSuite> suite, CellNumber cell, Semaphore::Permit slot,
               Progress& progress, ShareHooks& hooks) {
  bool closing = false;
  CellHooks cell_hooks;
  cell_hooks.closes_share = [&progress, &closing] { return closing = progress.unfinished == 1; };
  cell_hooks.answered = hooks.cell_answered;
  cell_hooks.draining = hooks.draining;
  const CellOutcome outcome = co_await run_cell(tools, held, std::move(suite), cell, std::move(slot), std::move(cell_hooks));
  switch (outcome.how) {
    case CellOutcome::How::stored:
      --progress.unfinished;
      progress.closed = progress.closed || closing;
      break;
    case CellOutcome::How::put_back:
      ++progress.waiting;
      progress.wake_after = std::min(progress.wake_after.value_or(outcome.wake_after), outcome.wake_after);
      progress.reason = outcome.reason;
      break;
    case CellOutcome::How::left_open:
    case CellOutcome::How::lost:
      break;
  }
}

/// A suite this program cannot run: every cell says so, none is called.
Task<> refuse_all(Tools& tools, HeldLease& held, const std::vector<CellNumber>& open, const std::string& why, Progress& progress) {
  Failure failure;
  failure.kind = Failure::Kind::internal;
  failure.source = Failure::Source::worker;
  failure.detail = why;
  const JobTerms& terms = *held.lease().terms;
  for (const CellNumber cell : open) {
    queue::Settlement settlement;
    settlement.lease = held.ref();
    settlement.result = error_cell(cell, terms.models[static_cast<std::size_t>(place_of(terms, cell).model)], failure);
    settlement.closes_share = progress.unfinished == 1;
    if (settlement.closes_share) held.ending();
    const bool closes = settlement.closes_share;
    const queue::SealedSettlement sealed(std::move(settlement));
    Task<queue::SettleAnswer> settling = tools.persist.settle(sealed);
    const queue::SettleAnswer answer = co_await settling;
    if (answer == queue::SettleAnswer::lost) {
      tools.observer.late_write_refused(held.ref(), cell);
      held.lose("settle was refused by the fence");
      co_return;
    }
    tools.observer.cell_stored(held.ref(), *sealed->result);
    --progress.unfinished;
    progress.closed = closes;
  }
}

Task<> run_cells(Tools& tools, HeldLease& held, Semaphore& slots, ShareHooks& hooks, Progress& progress) {
  const std::vector<CellNumber> open = open_cells(held.lease());
  progress.unfinished = open.size();
  if (open.empty() || hooks.draining() || held.lost()) co_return;
  auto suite = co_await tools.suites.load(held.lease().terms->suite);
  if (!suite) {
    co_await refuse_all(tools, held, open, suite.error(), progress);
    co_return;
  }
  Scope cells(tools.loop, co_await current_stop());
  held.runs_in(&cells);
  std::exception_ptr error;
  try {
    for (const CellNumber cell : open) {
      Semaphore::Permit slot = co_await slots.acquire();
      if (hooks.draining() || !held.good(tools.loop.now())) break;
      cells.start(run_one(tools, held, *suite, cell, std::move(slot), progress, hooks));
    }
  } catch (const Stopped&) {
    // Nothing more is started; what runs hears of the stop by itself.
  } catch (...) {
    error = std::current_exception();
  }
  Task<> ended = cells.join();
  try {
    co_await ended;
  } catch (...) {
    error = std::current_exception();
  }
  held.runs_in(nullptr);
  if (error) std::rethrow_exception(error);
}

}  // namespace

Task<> run_share(Tools& tools, HeldLease& held, Semaphore& slots, ShareHooks hooks) {
  Progress progress;
  std::string broken;
  Task<> cells = run_cells(tools, held, slots, hooks, progress);
  try {
    co_await cells;
  } catch (const Stopped&) {
    progress.reason = "drain";
  } catch (const std::exception& error) {
    broken = error.what();
  }
  if (!broken.empty()) {
    tools.observer.broken("share", broken);
    progress.reason = "internal";
    progress.wake_after = std::chrono::minutes(1);
  }
  if (progress.closed) {
    tools.observer.share_ended(held.ref());
    co_return;
  }
  if (held.lost()) co_return;
  held.ending();
  if (progress.unfinished == 0) {
    Task<queue::SettleAnswer> closing = tools.persist.close(held.ref());
    const queue::SettleAnswer answer = co_await closing.shielded();
    if (answer == queue::SettleAnswer::lost) {
      held.lose("close was refused by the fence");
      co_return;
    }
    tools.observer.share_ended(held.ref());
    co_return;
  }
  queue::Release how;
  // A cell that was left open is ready now, whatever the others wait for.
  const bool all_wait = progress.waiting == progress.unfinished || !broken.empty();
  how.wake_after = all_wait ? progress.wake_after.value_or(Duration::zero()) : Duration::zero();
  how.reason = progress.reason.empty() ? "drain" : progress.reason;
  Task<bool> releasing = tools.persist.release(held.ref(), how);
  const bool released = co_await releasing.shielded();
  if (released) tools.observer.released(held.ref(), how);
}

}  // namespace assay::engine
