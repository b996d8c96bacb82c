#pragma once
#include <cstddef>
#include <string>

#include "job/verdict.hpp"

namespace assay::assertions {

inline constexpr std::size_t max_details_bytes = std::size_t{64} << 10;

/// How much of a judgement is written.
struct Detail {
  bool every_score = false;  ///< also scores that say no more than `passed`, and weights of 1
  std::size_t max_bytes = max_details_bytes;
};

/// The assertions of a judgement as jsonb can store them: [{"index", "type", "passed", "score", "weight", "metric",
/// "expected", "found", "where", "error", "members"}]. `passed` is null where there is an error, empty texts are
/// absent, and so are a score of 1 that passed, a score of 0 that failed and a weight of 1. NUL and bad bytes are
/// visible escapes (storable_text). At most `max_bytes`: later entries lose their texts first, then their members (a
/// count is left, "members_omitted"), then are left out, and a last element {"omitted": n} counts them.
std::string to_json(const Judgement& judgement, const Detail& detail = {});

/// What a result's row keeps: {"assertions": […]}, and where there is something to say "first_failed", "reason" and
/// "named_scores". The reason is left out where nothing failed.
std::string details_json(const Judgement& judgement, const Detail& detail = {});

/// {"metric": score}; of more than 8 KiB of them the first by name, and the rest counted under "…".
std::string named_scores_json(const Judgement& judgement);

}  // namespace assay::assertions
