#pragma once
#include <memory>
#include <optional>

#include "engine/leases.hpp"
#include "engine/plan.hpp"
#include "engine/tools.hpp"
#include "job/cell_result.hpp"

namespace assay::engine {

/// What became of one call.
struct CallOutcome {
  enum class How {
    answered,  ///< `completion` holds the answer
    failed,    ///< `failure` says why, `end` what the ledger must learn
    refused,   ///< money or price: `failure` says which; no socket was opened and no ledger row exists
    lost       ///< the lease is another's; no socket was opened
  };
  How how = How::lost;
  Completion completion;
  Failure failure;
  CallEnd end;
  Instant begun;           ///< when the intent was handed to the queue
  Instant first_byte_out;  ///< when the request started to leave
  Instant last_byte_in;    ///< when the answer was whole
  Duration provider{};
};

/// One call: intent, then send, then read the answer, streamed or whole. The intent is durable before the socket opens.
/// Under a stop, or past the cut-off, nothing is sent: the call fails as cancelled. The outcome is made when the call
/// has ended: ten thousand calls wait at once, and what none of them needs meanwhile has no memory.
Task<std::unique_ptr<CallOutcome>> make_call(Tools& tools, HeldLease& held, const CellPlan& plan,
                                             std::unique_ptr<PlannedCall> planned);

}  // namespace assay::engine
