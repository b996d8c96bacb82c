#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace assay::markup {

/// What a check of markup or SQL says, before `not-`.
struct Finding {
  bool holds = false;
  std::string found{};              ///< for people: why it does not hold, or what held; bounded
  std::optional<std::size_t> at{};  ///< the byte of the text where the trouble is
};

/// A finding, or why there is none: a value that cannot be used, or a limit. A sentence for people.
using Answer = Result<Finding, std::string>;

inline Finding holds(std::string found) {
  return {true, std::move(found), std::nullopt};
}
inline Finding fails(std::string found, std::optional<std::size_t> at = std::nullopt) {
  return {false, std::move(found), at};
}

}  // namespace assay::markup
