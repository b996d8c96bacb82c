#include "case_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "base/secret.hpp"

namespace assay::config::testing {
namespace {

/// Replaces "fingerprint {text}" by the fingerprint, so that a case can be read.
std::string with_fingerprints(std::string text) {
  const std::string start = "fingerprint {";
  for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start, at)) {
    const std::size_t open = at + start.size() - 1;
    const std::size_t close = text.find('}', open);
    text.replace(open, close - open + 1, Secret(text.substr(open + 1, close - open - 1)).fingerprint());
  }
  return text;
}

std::map<std::string, std::string> pairs(const std::vector<std::string>& lines) {
  std::map<std::string, std::string> made;
  for (const std::string& line : lines) made.emplace(line.substr(0, line.find('=')), line.substr(line.find('=') + 1));
  return made;
}

}  // namespace

std::vector<std::string> CaseFile::lines(const std::string& section) const {
  std::vector<std::string> all;
  const auto found = sections.find(section);
  std::istringstream in(found == sections.end() ? "" : found->second);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

Sources CaseFile::sources() const {
  Sources made;
  if (has("file")) made.file = Sources::File{"assay.yaml", sections.at("file")};
  made.environment = pairs(lines("environment"));
  made.sets = lines("set");
  made.read_file = [files = pairs(lines("secrets"))](const std::string& path) -> Result<std::string, std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return failure(std::string("No such file"));
    return found->second + "\n";
  };
  return made;
}

CaseFile read_case(const std::string& path) {
  CaseFile made;
  std::ifstream in(path);
  std::getline(in, made.sentence);
  std::string* section = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("== ")) {
      section = &made.sections[line.substr(3)];
    } else if (section != nullptr) {
      *section += with_fingerprints(line) + "\n";
    }
  }
  return made;
}

std::vector<std::string> case_paths() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(ASSAY_SOURCE_DIR) + "/tests/data/config")) {
    if (entry.path().extension() == ".case") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace assay::config::testing
