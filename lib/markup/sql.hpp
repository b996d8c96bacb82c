#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"
#include "markup/finding.hpp"
#include "regex/regex.hpp"

namespace assay::markup {

/// What may be touched: regexes over whole "{action}::{database}::{table}" or "{action}::{table}::{column}" entries,
/// whatever their case. Empty: everything.
struct SqlWhitelist {
  std::vector<std::shared_ptr<const regex::Regex>> entries;
  std::string shown;
};

/// The options of is-sql and contains-sql, compiled once; may be used from several threads.
struct SqlOptions {
  std::string database_type = "MySQL";
  SqlWhitelist tables, columns;
};

/// From {databaseType, allowedTables, allowedColumns}; an absent, null or empty value gives the defaults. The error
/// says what is wrong: another kind of value, a list that is none, a regex that cannot be used.
Result<SqlOptions, std::string> read_sql_options(json::View value);

/// is-sql: the text is statements of the database's SQL, none of which looks like a list without its comma
/// (SELECT a b FROM), and touches only what is allowed. An unknown database has no SQL. What is taken for SQL is
/// described in docs/decisions/137. Errors name a limit: 1 MiB, 200,000 words, 150 levels, 5,000,000 steps.
Answer is_sql(std::string_view text, const SqlOptions& options);

/// contains-sql: is_sql of some fenced block marked sql or not marked, or of the whole text when there is no such
/// block.
Answer contains_sql(std::string_view text, const SqlOptions& options);

}  // namespace assay::markup
