#pragma once
#include "json/document.hpp"
#include "tools/finding.hpp"

namespace assay::tools {

/// What the prefix asks for. Some values mean more under `not-` than the opposite.
enum class Sense { required, forbidden };

/// skill-used: the names in metadata.skillCalls that are no errors, against a name, a list of names (each at least
/// once; forbidden: none of them), or {name | pattern, min, max} (min is 1, or 0 when only max is given; forbidden: no
/// bounds but max 0). The verdict is fixed: `sense` has been taken into account.
Answer skill_used(json::View metadata, json::View value, Sense sense);

}  // namespace assay::tools
