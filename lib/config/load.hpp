#pragma once
#include <optional>
#include <string>
#include <vector>

#include "source/fault.hpp"
#include "config/settings.hpp"
#include "config/sources.hpp"

namespace assay::config {

using source::Fault;
using source::Place;

/// One setting as people are shown it.
struct Row {
  std::string name;    ///< "worker.lease"
  std::string value;   ///< secrets as fingerprints
  std::string origin;  ///< "default", "assay.yaml:3:10", "DATABASE_URL", "--set", "worker.lease"
  std::string help;
  std::optional<double> limit;  ///< in base units, for those that are limits
  std::string limit_name;       ///< for the metric assay_limit: "worker_lease_seconds"
  bool secret = false;          ///< the value is a fingerprint, or "(none)"
};

struct Loaded {
  Settings settings;
  std::vector<Row> rows;  ///< every key, in the order of the documentation
  std::vector<Fault> warnings;
};

/// Makes the settings, or says everything that is wrong at once. Errors are followed by the warnings.
///
/// One YAML file, the environment, and `--set` of the command line. What wins, strongest first: the command line; our
/// own variables (ASSAY_…) and DATABASE_URL; the file; variables that other tools share (OPENAI_API_KEY,
/// LITELLM_PROXY_URL, …); the default.
Result<Loaded, std::vector<Fault>> load(const Sources& sources);

/// "name = value", or "name = value  # origin", one a line.
std::string to_text(const std::vector<Row>& rows, bool with_origin);

}  // namespace assay::config
