#pragma once
#include <string>

#include "job/cell_result.hpp"

namespace assay::postgres {

/// What few answers have, as the JSON object of the column `extras` (migrations/tables/0005); empty when there is
/// nothing to say. Text is made storable.
std::string extras_of(const CellResult& result);
std::string extras_of(const CallEnd& end);

}  // namespace assay::postgres
