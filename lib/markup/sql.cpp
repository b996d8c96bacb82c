#include "markup/sql.hpp"

#include <algorithm>

#include "markup/space.hpp"
#include "markup/sql_comma.hpp"
#include "markup/sql_fences.hpp"
#include "markup/sql_parser.hpp"
#include "text/javascript_text.hpp"

namespace assay::markup {
namespace {

using json::View;
using Entries = std::vector<std::string>;

constexpr std::size_t kMaxEntries = 1000;

Result<SqlWhitelist, std::string> compiled(const Entries& entries, std::string_view option) {
  SqlWhitelist list;
  for (const std::string& entry : entries) {
    auto pattern = regex::Regex::compile("^" + entry + "$", "i");
    if (!pattern) return failure("is-sql: " + std::string(option) + ": " + pattern.error());
    list.entries.push_back(std::make_shared<const regex::Regex>(std::move(*pattern)));
    if (list.shown.size() < 500) list.shown.append(list.shown.empty() ? "" : ", ").append(entry);
  }
  return list;
}

Result<Entries, std::string> listed(View value, std::string_view option) {
  Entries entries;
  const bool absent = !value.exists() || value.is_null() || value.as_bool() == false;
  if (!absent && !value.is_array()) return failure("is-sql: " + std::string(option) + " must be a list");
  for (const View entry : value.elements()) {
    if (!entry.is_string()) return failure("is-sql: " + std::string(option) + " must hold texts");
    entries.emplace_back(entry.string_or(""));
  }
  if (entries.size() > kMaxEntries) return failure("is-sql: " + std::string(option) + " takes at most 1000 entries");
  return entries;
}

/// Each "action::table::column" allows the column without a table too.
void add_bare_columns(Entries& entries) {
  const std::size_t count = entries.size();
  for (std::size_t at = 0; at < count; ++at) {
    const std::string entry = entries[at];
    const std::size_t first = entry.find("::"), second = first == entry.npos ? first : entry.find("::", first + 2);
    if (second == entry.npos || entry.find("::", second + 2) != entry.npos) continue;
    if (entry.substr(first + 2, second - first - 2) == "null") continue;
    const std::string bare = entry.substr(0, first) + "::null" + entry.substr(second);
    if (std::find(entries.begin(), entries.end(), bare) == entries.end()) entries.push_back(bare);
  }
}

/// The first entry that the list does not allow; nothing when all are allowed.
Result<std::optional<std::string>, std::string> forbidden(const Entries& touched, const SqlWhitelist& list) {
  if (list.entries.empty()) return std::optional<std::string>();
  for (const std::string& entry : touched) {
    regex::Subject subject(entry);
    bool allowed = false;
    for (const auto& pattern : list.entries) {
      const auto matches = pattern->test(subject);
      if (!matches) return failure(matches.error());
      allowed = allowed || *matches;
    }
    if (!allowed) return std::optional(entry);
  }
  return std::optional<std::string>();
}

bool calls_generate_series(std::string_view text) {
  constexpr std::string_view name = "generate_series";
  for (std::size_t at = 0; at + name.size() < text.size(); ++at) {
    const bool same = std::equal(name.begin(), name.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                                 [](char want, char have) { return want == lower(have); });
    const bool starts = at == 0 || !(is_letter(text[at - 1]) || is_digit(text[at - 1]) || text[at - 1] == '_');
    const std::size_t open = past_spaces(text, at + name.size());
    if (same && starts && open < text.size() && text[open] == '(') return true;
  }
  return false;
}

std::optional<Finding> suspicion(std::string_view text, const SqlOptions& options) {
  if (text.empty()) return fails("the SQL is empty");
  if (std::count(text.begin(), text.end(), '`') % 2 != 0) return fails("a backtick in the SQL has no partner");
  if (misses_comma(text, options.database_type)) return fails("a comma seems to be missing between SELECT and FROM");
  if (options.database_type == "MySQL" && calls_generate_series(text)) return fails("MySQL has no generate_series");
  return std::nullopt;
}

Answer check_touched(const SqlTouched& touched, const SqlOptions& options) {
  const auto table = forbidden(touched.tables, options.tables);
  if (!table) return failure(table.error());
  if (*table) return fails("the SQL touches the table " + **table + "; allowed: " + options.tables.shown);
  const auto column = forbidden(touched.columns, options.columns);
  if (!column) return failure(column.error());
  if (*column) return fails("the SQL touches the column " + **column + "; allowed: " + options.columns.shown);
  return holds(options.database_type + " SQL");
}

}  // namespace

Result<SqlOptions, std::string> read_sql_options(View value) {
  SqlOptions options;
  const bool falsy = !value.exists() || value.is_null() || value.as_bool() == false || value.as_string() == "" ||
                     value.as_double() == 0.0;
  if (!falsy && !value.is_object() && !value.is_array()) return failure("is-sql takes an object, or no value");
  const View database = value["databaseType"];
  if (database.is_string() && !database.string_or("").empty())
    options.database_type = database.string_or("");
  else if (database.is_number() || database.is_object() || database.is_array())
    return failure("is-sql: databaseType must be text");
  auto tables = listed(value["allowedTables"], "allowedTables");
  if (!tables) return failure(tables.error());
  auto columns = listed(value["allowedColumns"], "allowedColumns");
  if (!columns) return failure(columns.error());
  add_bare_columns(*columns);
  auto table_list = compiled(*tables, "allowedTables");
  if (!table_list) return failure(table_list.error());
  auto column_list = compiled(*columns, "allowedColumns");
  if (!column_list) return failure(column_list.error());
  options.tables = std::move(*table_list);
  options.columns = std::move(*column_list);
  return options;
}

Answer is_sql(std::string_view text, const SqlOptions& options) {
  const std::string_view sql = text::trim(text);
  if (sql.size() > max_sql_bytes) return failure("SQL longer than 1 MiB is not read");
  if (auto reason = suspicion(sql, options)) return *std::move(reason);
  const auto family = sql_family(options.database_type);
  if (!family) return fails("no such database: " + options.database_type);

  const std::size_t begin = static_cast<std::size_t>(sql.data() - text.data());
  auto tokens = read_sql_tokens(sql, *family);
  if (!tokens && tokens.error().is_limit) return failure(tokens.error().message);
  if (!tokens)
    return fails("no " + options.database_type + " SQL: " + tokens.error().message, begin + tokens.error().at);
  SqlParser parser(std::move(*tokens), *family);
  if (parser.run()) return check_touched(parser.touched(), options);
  if (!parser.limit().empty()) return failure(parser.limit());
  return fails("no " + options.database_type + " SQL from here on", begin + parser.trouble_at());
}

Answer contains_sql(std::string_view text, const SqlOptions& options) {
  std::vector<std::string> candidates = sql_blocks(text);
  if (candidates.empty()) candidates.emplace_back(text);
  Finding last = fails("no SQL in the output");
  for (const std::string& candidate : candidates) {
    if (text::trim(candidate).empty()) continue;
    Answer answer = is_sql(candidate, options);
    if (!answer || answer->holds) return answer;
    last = fails(answer->found);
  }
  return last;
}

}  // namespace assay::markup
