#pragma once
#include <map>
#include <string>
#include <vector>

#include "config/collect.hpp"

namespace assay::config {

/// The settings in the making, and which assignment decided each key.
struct Draft {
  Settings settings;
  std::map<std::string, Assignment> decided;        ///< by path
  std::map<std::string, std::string> derived_from;  ///< path → the key it was computed from
  std::vector<Fault> faults;
};

/// What was not set but follows from what was: renewal and cutoff from the lease.
void derive(Draft& draft);

/// Reads the keys that api_key_env and api_key_file name, and refuses two sources of one key.
void find_keys(Draft& draft, const Sources& sources, const Lines& lines);

/// What no key can check alone: orders of durations, a proxy mode without a proxy, providers without URL or key.
void check_together(Draft& draft, const Lines& lines);

/// Models have providers and prices with their unit; aliases and fallbacks lead somewhere and not in a circle.
void check_models(Draft& draft, const Lines& lines);

/// Complains at the place where the first of the keys that was set was set; "configuration" when none was.
void complain(Draft& draft, const Lines& lines, const std::vector<std::string>& paths, std::string message,
              Fault::Severity severity = Fault::Severity::error);

}  // namespace assay::config
