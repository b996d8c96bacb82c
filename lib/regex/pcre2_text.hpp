#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "regex/regex_tree.hpp"

namespace assay::regex {

/// The number of the callouts that stand before a back reference: what it compares is work.
inline constexpr unsigned back_reference_callout = 1;

/// What a backtracking engine would have to hold.
struct Pcre2Bounds {
  std::size_t text_bytes = std::size_t{256} << 10;  ///< most that the pattern may be when it is written out
  std::size_t terms = 500'000;                      ///< most terms when counts are written out
  std::size_t depth = 250;                          ///< most brackets inside one another
};

/// A pattern for PCRE2 without UTF, over 32-bit units that hold Subject::units() or, with the u flag,
/// Subject::characters(). Only the groups that are referred to capture. Empty when it would pass a bound.
std::optional<std::string> pattern_for_pcre2(const RegexTree& tree, const Pcre2Bounds& bounds);

}  // namespace assay::regex
