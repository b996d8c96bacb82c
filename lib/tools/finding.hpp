#pragma once
#include <optional>
#include <string>

#include "base/result.hpp"

namespace assay::tools {

/// What a check of tool calls or of a trace says, before `not-`.
struct Finding {
  bool holds = false;
  std::optional<double> score{};  ///< empty: 1 when the assertion passed, else 0
  bool fixed = false;             ///< `holds` is the verdict, whatever the prefix
  std::string found{};            ///< for people: what was there; bounded
};

/// A finding, or why there is none: a value that cannot be used, no trace, a limit. A sentence for people.
using Answer = Result<Finding, std::string>;

}  // namespace assay::tools
