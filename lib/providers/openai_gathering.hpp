#pragma once
#include <memory>

#include "providers/deployment.hpp"
#include "providers/gathering.hpp"

namespace assay::providers {

/// Gathers the chunks of a streamed chat completion. The choice with index 0 counts; tool calls are put together by
/// their index, at most 1024 of them; of several usage objects the last one.
///
/// The end is a finish reason and "[DONE]", or the finish reason alone where the profile does not insist: then an
/// answer without "[DONE]" carries the flag no_end_marker. "[DONE]" without a finish reason is no end: gateways write
/// it after a host that broke. A chunk that is no JSON, an error in place of a chunk and a finish reason that names an
/// error fail. The deployment must outlive it.
std::unique_ptr<Gathering> chat_gathering(const Deployment& deployment);

}  // namespace assay::providers
