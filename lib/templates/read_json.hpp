#pragma once
#include "json/document.hpp"
#include "templates/value.hpp"

namespace assay::templates {

/// A JSON value as a template's value; a missing one is undefined. Bounded by the depth of values; elements are steps.
Value read_json(Budget& budget, json::View view);

}  // namespace assay::templates
