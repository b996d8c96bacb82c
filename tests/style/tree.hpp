#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/style/house.hpp"

namespace assay::style {

inline std::string whole_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Every text file under one of the project's folders ("" is all of it), without what is built, fetched or hidden by
/// git.
inline std::vector<SourceFile> text_files(std::string_view folder) {
  namespace fs = std::filesystem;
  const fs::path project = ASSAY_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (fs::recursive_directory_iterator each(project / folder), end; each != end; ++each) {
    const std::string name = each->path().filename().string();
    if (each->is_directory() && (name == "build" || name == ".git" || name == ".cache" || name == "node_modules")) {
      each.disable_recursion_pending();
    }
    if (!each->is_regular_file()) continue;
    SourceFile file{each->path().lexically_relative(project).generic_string(), whole_file(each->path())};
    if (file.text.find('\0') == std::string::npos) files.push_back(std::move(file));
  }
  return files;
}

inline House the_house() {
  return House(whole_file(std::filesystem::path(ASSAY_SOURCE_DIR) / "lib/CMakeLists.txt"));
}

}  // namespace assay::style
