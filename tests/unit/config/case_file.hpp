#pragma once
#include <map>
#include <string>
#include <vector>

#include "config/sources.hpp"

namespace assay::config::testing {

/// One file of tests/data/config: a sentence, then sections that start with "== name".
struct CaseFile {
  std::string sentence;
  std::map<std::string, std::string> sections;

  bool has(const std::string& section) const { return sections.contains(section); }
  std::vector<std::string> lines(const std::string& section) const;
  /// Sections file, environment, set and secrets. "{text}" elsewhere stands for the fingerprint of text.
  Sources sources() const;
};

CaseFile read_case(const std::string& path);
std::vector<std::string> case_paths();

}  // namespace assay::config::testing
