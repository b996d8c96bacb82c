#pragma once
#include <string_view>

#include "templates/value.hpp"

namespace assay::templates {

/// Whether JavaScript's own values of this kind answer to the name though nobody gave it to them: `constructor`,
/// `toString`, a text's `replace`, a list's `map`, … The way to code starts there, so templates never get that far.
bool is_inherited(Value::Kind kind, std::u16string_view name);

}  // namespace assay::templates
