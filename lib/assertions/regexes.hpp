#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "javascript/sandbox.hpp"
#include "regex/refusal.hpp"
#include "regex/regex.hpp"

namespace assay::assertions {

/// What the assertions of one suite may take: all its regexes together, and who runs its scripts.
struct SuiteBounds {
  std::size_t regex_memory_bytes = std::size_t{128} << 20;  ///< shared out evenly, 256 KiB to 4 MiB each
  std::size_t regex_instructions = 1'000'000;               ///< about 16 bytes each
  std::shared_ptr<const javascript::Runner> scripts{};      ///< empty: the author's code is refused
};

/// Patterns of one suite, each compiled once.
class Regexes {
 public:
  Regexes(std::size_t patterns, const SuiteBounds& bounds);
  Result<std::shared_ptr<const regex::Regex>, std::string> get(const std::string& pattern,
                                                               const std::string& flags = {});

 private:
  SuiteBounds bounds_;
  regex::Regex::Bounds each_;
  std::size_t instructions_ = 0;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const regex::Regex>> known_;
};

/// Whether JavaScript refuses the pattern too; then it means nothing, and is not merely beyond us.
bool is_senseless(regex::Refusal refusal);

}  // namespace assay::assertions
