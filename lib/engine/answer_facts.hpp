#pragma once
#include <cstddef>
#include <optional>

#include "engine/plan.hpp"
#include "job/cell_result.hpp"
#include "job/completion.hpp"
#include "job/failure.hpp"

namespace assay::engine {

/// What the ledger learns of a failed call. One that cannot have run costs nothing; any other stays charged at its
/// bound until somebody knows better: when a streamed answer broke after the model had stopped and the provider had
/// counted, that count is the charge. A call that we cut after it had left us has no known outcome. The tokens are
/// those that had been told, or an estimate of what had arrived.
CallEnd end_of(const CallId& id, std::optional<Money> bound, const CellPlan& plan, const Failure& failure);

/// All that the model wrote.
std::size_t answer_bytes(const Completion& completion);

/// An answer's usage, what the provider left out filled in with the most that it can be: never more answer tokens than
/// were asked for, so that no estimate is dearer than the call's bound.
Usage usage_of(const CellPlan& plan, const Completion& completion);

/// The same of an answer that is gone, by its length.
Usage usage_of(const CellPlan& plan, Usage told, std::size_t answer_bytes);

/// What must be known of an answer to trust it beside its flags: the parameters that were not sent, whether the seed
/// was, and the charge that a gateway states. Where we know no price, that charge is the cost, and marked.
void note_facts(CellResult& result, const CellPlan& plan);

}  // namespace assay::engine
