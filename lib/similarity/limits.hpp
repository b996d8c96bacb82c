#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace assay::similarity {

/// What a call may spend unless told otherwise. A step is the inner loop of an algorithm once: one to three
/// nanoseconds, so a call that uses its whole budget is done in less than a second. Beyond it a call answers with an
/// error that names the limit, before the work is begun.
inline constexpr std::uint64_t default_max_steps = std::uint64_t{1} << 28;

/// The error for work that does not fit: "levenshtein needs 6710886400 steps, more than 268435456".
std::string over_limit(std::string_view what, std::uint64_t needed, std::uint64_t max_steps);

}  // namespace assay::similarity
