#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "yaml/tree.hpp"

namespace assay::yaml {

/// A value as compact JSON, as JSON.stringify writes what js-yaml reads: plain scalars by the core schema, numbers in
/// JavaScript's form, .inf and .nan as null, keys as text.
std::string to_json(const Node& node);

/// A YAML text (JSON too) as JSON, for values that may be given in either form. The error is the first fault,
/// "line 3, column 7: …". Anchors, aliases and merge keys are taken; an empty text is null.
Result<std::string, std::string> to_json(std::string_view text);

}  // namespace assay::yaml
