#pragma once
#include "config/load.hpp"

namespace assay {

/// Builds a worker from settings, chooses the real parts, and runs it until it has drained. Returns the exit code:
/// 0 drained, 5 the database does not fit this program, 130 forced by a second signal.
int run_worker(const config::Loaded& loaded);

}  // namespace assay
