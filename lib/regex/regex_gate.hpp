#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "regex/flags.hpp"
#include "regex/refusal.hpp"
#include "regex/regex_tree.hpp"

namespace assay::regex {

inline constexpr std::size_t max_pattern_bytes = 4096;
/// For one count, and for the product of counts that stand inside one another.
inline constexpr std::uint32_t max_quantifier = 10'000;

/// Reads a pattern as JavaScript does, Annex B included, and gives its tree or the first thing that JavaScript refuses
/// or that is not carried over exactly (see Refusal). Never recurses while it reads; what walks the tree afterwards
/// goes as deep as the pattern's brackets.
Result<RegexTree, RegexFault> read_regex(std::string_view pattern, Flags flags);
Result<RegexTree, RegexFault> read_regex(std::string_view pattern, std::string_view flags = "");

}  // namespace assay::regex
