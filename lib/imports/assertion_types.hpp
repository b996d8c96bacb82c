#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace assay::imports {

/// The types that promptfoo knows, without `not-`, in the order in which its table reader tries them.
const std::vector<std::string>& base_types();

/// Whether a config may use it: a base type, `not-` and a base type, or one that compares outputs.
bool is_known_type(std::string_view type);

/// Every name that is_known_type takes, for suggestions.
const std::vector<std::string>& known_types();

}  // namespace assay::imports
