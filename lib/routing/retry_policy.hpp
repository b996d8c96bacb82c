#pragma once
#include <chrono>
#include <cstdint>
#include <optional>

#include "job/failure.hpp"
#include "job/suite.hpp"

namespace assay::routing {

using Milliseconds = std::chrono::milliseconds;

/// Every limit of the policy. Defaults are those of design §8; where it is silent, the reason stands beside the number.
struct RetryLimits {
  /// Calls for one cell that count, over all workers, retries and fallbacks. A throttled call does not count.
  std::int32_t calls = 6;
  /// Of those, how many may be repeats of a call that may have been billed. Two: a lost answer is rare, and a third
  /// loss in a row is the request's fault (a model that thinks longer than the deadline), not the network's.
  std::int32_t paid_repeats = 2;
  Milliseconds backoff = Milliseconds(500);  ///< × 2ⁿ with full jitter, as OpenAI's and Anthropic's clients have it
  Milliseconds backoff_cap = std::chrono::seconds(8);
  Milliseconds in_place = std::chrono::seconds(10);  ///< a longer wait gives the slot back
  Milliseconds wake_cap = std::chrono::hours(1);
  /// How many throttled calls in a row are answered with a wait in place. Each holds a slot and costs a ledger row.
  std::int32_t throttled_in_place = 3;
  /// Calls of a cell that fail at home, for a moment as it seems, before it moves on to another deployment. Two: one
  /// lost connection is no reason to change who answers.
  std::int32_t tries_at_home = 2;
  /// The wait in the queue when a vendor throttles without saying for how long: a minute, the window of most limits.
  Milliseconds throttle_wait = std::chrono::seconds(60);
};

/// What has happened to a cell, the failure in question included.
struct CallsSoFar {
  std::int32_t counted = 1;       ///< calls begun for the cell that were not throttled
  std::int32_t maybe_billed = 0;  ///< of those, failed with may_have_run (unknown outcomes of earlier holders too)
  std::int32_t throttled_in_a_row = 0;  ///< in this process, since the last call that was not throttled
  bool elsewhere = false;               ///< another deployment stands ready for the cell and was not asked yet
  std::int32_t failed_here = 1;         ///< counted calls of this process at the deployment in question
  Milliseconds saved_wait{};            ///< Decision::wait of the move that led here; zero: none
};

/// Adds a failed call to what has happened.
void count(CallsSoFar& calls, const Failure& failure);

struct Decision {
  enum class What {
    retry,     ///< in this process, after `wait`, keeping the slot
    put_back,  ///< to the queue, due after `wait`; uses no attempt
    move_on,   ///< at once, to the other deployment that stands ready
    give_up    ///< the cell ends as an error of the failure's kind
  };
  What what = What::give_up;
  Milliseconds wait{};  ///< of move_on: the wait in the queue that it saves; zero: none
  friend bool operator==(const Decision&, const Decision&) = default;
};

/// Whether the vendor turned the call away because of a limit: such a cell has not failed and never ends as an error
/// for it.
bool throttled(const Failure& failure);

/// Whether another deployment of the same model may answer where this one failed: it is away, full, will not have us or
/// does not know the model. What is wrong with the request itself, and what the model said, is the same everywhere.
bool curable_elsewhere(const Failure& failure);

/// What to do about a failed call. Pure: chance comes in as `u` in [0, 1), time as what is `left` until the worker must
/// let go of the cell (drain, lease, the job's deadline).
///
/// - Not worth retrying (worth_retrying): give up.
/// - Throttled: the vendor's wish, or a backoff while it has none, in place while it is at most `in_place` and not too
///   many in a row; else back to the queue, for the wish (at most `wake_cap`) or `throttle_wait`.
/// - May have been billed: given up under OnUnknown::hold, and after `paid_repeats`.
/// - Otherwise (and within `calls`): the vendor's wish where it has one, also beyond the backoff's cap, else a backoff.
/// - While another deployment stands ready, a failure that it may cure moves on to it: at once when no repeat can help
///   here, after `tries_at_home` when one can, and instead of a wait in the queue. Every other limit holds as before.
///   Where the other one turns the call away for good, the wait that was saved is taken after all.
/// A wait longer than `in_place`, or than what is left, goes to the queue instead of being slept through.
/// Waits for a wish get up to a tenth on top, so that a fleet does not come back in one instant.
Decision decide(const Failure& failure, const CallsSoFar& calls, OnUnknown on_unknown, Milliseconds left, double u,
                const RetryLimits& limits = {});

/// A random wait in [0, backoff × 2ⁿ), at most the cap, for the n-th retry counted from 0.
Milliseconds backoff(std::int32_t n, double u, const RetryLimits& limits = {});

}  // namespace assay::routing
