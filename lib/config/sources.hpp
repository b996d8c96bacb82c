#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace assay::config {

/// Where settings come from. Everything is handed in: nothing here reads the process's environment or the disk.
struct Sources {
  struct File {
    std::string name;  ///< as people know it, for messages
    std::string text;
  };
  std::optional<File> file;
  std::map<std::string, std::string> environment;  ///< an empty value counts as none
  std::vector<std::string> sets;                   ///< "worker.slots=8", from --set, in order; the last one wins

  /// The text of a file that holds a secret, or why there is none. Called for *_FILE variables and api_key_file.
  std::function<Result<std::string, std::string>(const std::string& path)> read_file;
};

/// Reads a small file whole, for Sources: at most `limit` bytes. The error says why in words, without the path.
Result<std::string, std::string> read_small_file(const std::string& path, std::size_t limit = 1 << 20);

}  // namespace assay::config
