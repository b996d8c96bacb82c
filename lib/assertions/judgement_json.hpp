#pragma once
#include <cstddef>
#include <string>

#include "job/verdict.hpp"

namespace assay::assertions {

inline constexpr std::size_t max_details_bytes = std::size_t{64} << 10;

/// The assertions of a judgement as jsonb can store them: [{"index","type","passed","expected","found","error"}], with
/// `passed` null where there is an error, and absent instead of empty texts. NUL and bad bytes are visible escapes
/// (storable_text). At most max_details_bytes: later entries lose their texts first, then are left out, and a last
/// element {"omitted": n} counts them.
std::string to_json(const Judgement& judgement);

}  // namespace assay::assertions
