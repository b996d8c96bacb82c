#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "assertions/regexes.hpp"
#include "base/time.hpp"
#include "routing/retry_policy.hpp"

namespace assay::engine {

/// The limits a worker lives by. The defaults are those of the design; every one is configurable and printed at start.
struct Settings {
  std::int32_t slots = 256;             ///< calls in flight at once
  std::int32_t claim_batch = 100;       ///< shares a claim may take
  Duration cutoff = std::chrono::seconds(45);   ///< after the last renewal was sent: no new call, and those in flight are cut
  Duration renew_every = std::chrono::seconds(15);
  Duration control_every = std::chrono::seconds(1);
  Duration sweep_every = std::chrono::seconds(5);
  Duration poll = std::chrono::seconds(1);          ///< longest idle wait for work without a wake hint
  Duration poll_hinted = std::chrono::seconds(30);  ///< the same while hints are known to arrive
  Duration grace = std::chrono::seconds(30);     ///< from the drain's start to the end of the process
  Duration grace_margin = std::chrono::seconds(2);  ///< calls still in flight this long before the end are cut
  Duration call_timeout = std::chrono::seconds(120);
  bool stream = false;  ///< ask for answers piece by piece where the job does not say
  Duration first_token_timeout{};  ///< of a streamed answer's first content; zero: the call's timeout is all
  Duration stall_timeout = std::chrono::seconds(60);  ///< between two pieces of a streamed answer's content; zero: none
  Duration cell_patience = std::chrono::minutes(10);  ///< a cell retried for so long in this process goes back to the queue
  std::size_t stored_text_bytes = std::size_t{1} << 20;  ///< of an answer; the rest is judged but not kept
  std::size_t stored_raw_bytes = 0;  ///< of an answer's body, kept as it came beside the text; streamed ones have none
  std::size_t response_bytes = std::size_t{16} << 20;
  std::size_t heavy_bytes = std::size_t{256} << 10;  ///< answers from here on are judged off the loop
  std::size_t heavy_steps = std::size_t{1} << 24;    ///< so are those whose judging is more work than this (assertions::work)
  std::int64_t default_max_tokens = 4096;
  double default_temperature = 0;
  routing::RetryLimits retry;
  assertions::SuiteBounds suite_bounds;  ///< of the assertions of one suite; who runs its scripts
};

}  // namespace assay::engine
