#pragma once
#include <memory>

#include "providers/deployment.hpp"
#include "providers/gathering.hpp"

namespace assay::providers {

/// Gathers the typed events of a streamed response, up to response.completed or response.incomplete, whose object tells
/// the usage and how it ended. Text is what was streamed; what only the last object holds is taken from there.
/// response.failed, response.cancelled and error fail. The deployment must outlive it.
std::unique_ptr<Gathering> responses_gathering(const Deployment& deployment);

}  // namespace assay::providers
