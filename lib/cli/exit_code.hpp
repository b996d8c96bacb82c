#pragma once

namespace assay::cli {

/// What a command says to the shell. Documented; scripts branch on them.
enum class ExitCode : int {
  ok = 0,
  tests_failed = 1,   ///< the work was done, and what was tested failed
  usage = 2,          ///< the command line or the configuration is wrong
  cost = 3,           ///< a cost is unknown, or a budget forbids it
  upstream = 4,       ///< a provider or proxy is unreachable
  database = 5,       ///< the database is unreachable or does not fit
  interrupted = 130
};

}  // namespace assay::cli
