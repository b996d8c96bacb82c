#pragma once
#include <optional>
#include <string_view>

namespace assay::markup {

/// Databases whose SQL is read alike, as bits of a set.
enum SqlFamily : unsigned {
  sql_mysql = 1,
  sql_mariadb = 2,
  sql_postgres = 4,
  sql_sqlite = 8,
  sql_other = 16,  ///< read by the union of the others' rules
  sql_my = sql_mysql | sql_mariadb,
  sql_any = 31
};

/// The family of a databaseType, whatever its case; nothing for names that are no database's.
std::optional<SqlFamily> sql_family(std::string_view database_type);

/// Whether a word cannot be a name without quotes.
bool is_reserved_sql(SqlFamily family, std::string_view upper_word);

}  // namespace assay::markup
