#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "similarity/limits.hpp"

namespace assay::similarity {

/// The three constants of METEOR; the defaults are the paper's.
struct MeteorWeights {
  double alpha = 0.9;  ///< of precision against recall
  double beta = 3;     ///< how steeply scattered matches are punished; at least 0
  double gamma = 0.5;  ///< the share that a wholly scattered match loses
};

/// METEOR (S. Banerjee and A. Lavie, 2005; A. Lavie and A. Agarwal, 2007) against the best reference: words are matched
/// exactly, then by porter_stem(); each word of the candidate, from its end, takes the last word of the reference that
/// is free. F = PR / (alpha P + (1 - alpha) R), times 1 - gamma × (chunks / matches)^beta.
///
/// Words are split at white space, without the points at their ends, and lowered: as promptfoo documents it, without
/// its third stage, synonyms from WordNet, which no package of a distribution brings. An empty candidate and an empty
/// list are errors. A step is one word of a text compared with a reference.
Result<double, std::string> meteor(std::string_view candidate, std::span<const std::string> references,
                                   const MeteorWeights& weights = {}, std::uint64_t max_steps = default_max_steps);

}  // namespace assay::similarity
