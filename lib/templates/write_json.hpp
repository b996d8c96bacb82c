#pragma once
#include <optional>
#include <string>

#include "templates/value.hpp"

namespace assay::templates {

/// JSON.stringify(value, null, indent): `indent` a number of spaces or a text, at most ten units. Empty for undefined.
std::optional<std::u16string> json_text(Budget& budget, const Value& value, const Value& indent);

}  // namespace assay::templates
