#pragma once
#include <string>
#include <string_view>

namespace assay::markup {

/// Whether a statement looks as if a comma were forgotten: SELECT a b FROM. `databaseType` as written; quoted texts and
/// comments do not count.
bool misses_comma(std::string_view sql, std::string_view database_type);

}  // namespace assay::markup
