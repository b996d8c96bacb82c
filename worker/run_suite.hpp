#pragma once
#include "cli/run_order.hpp"
#include "config/load.hpp"

namespace assay {

/// Runs a suite in this process, without a database: the same engine, providers, prices and judge as a worker, on a
/// queue in memory. Nothing is kept. SIGINT or SIGTERM ends it: what has finished is returned.
cli::RunReport run_suite(const config::Loaded& loaded, const cli::RunOrder& order);

}  // namespace assay
