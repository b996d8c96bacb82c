#pragma once
#include <string>

#include "postgres/admin.hpp"

namespace assay::cli {

enum class Format { text, json };

/// Rows for eyes (aligned columns, control characters made visible, long cells cut) or one JSON object a line.
std::string to_text(const postgres::Table& table, Format format, std::size_t widest_cell = 60);

/// The rows as one JSON array of objects.
std::string json_array(const postgres::Table& table);

/// One row as "name: value" lines, nothing cut.
std::string to_lines(const postgres::Table& table);

}  // namespace assay::cli
