#pragma once
#include "imports/report.hpp"
#include "yaml/tree.hpp"

namespace assay::imports {

/// Looks at every text of a tree: templates that read the environment are errors (a suite gives the same answer on
/// every machine), plain dates are warned of (promptfoo turns them into a moment, shown in the machine's time zone).
/// Providers are not looked at.
void check_values(const yaml::Node& root, Report& report);

/// Whether a template reads the environment: {{ env.NAME }}.
bool reads_environment(std::string_view text);

}  // namespace assay::imports
