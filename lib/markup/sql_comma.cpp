#include "markup/sql_comma.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "markup/space.hpp"

namespace assay::markup {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

std::size_t end_of_quote(std::string_view sql, std::size_t at, char close) {
  for (std::size_t end = at + 1; end < sql.size(); ++end) {
    if (close != ']' && sql[end] == '\\') {
      ++end;
    } else if (sql[end] == close) {
      if (end + 1 < sql.size() && sql[end + 1] == close)
        ++end;
      else
        return end + 1;
    }
  }
  return sql.size();
}

/// "$tag$" at this place, or nothing.
std::string_view dollar_mark(std::string_view sql, std::size_t at) {
  std::size_t end = at + 1;
  if (end < sql.size() && is_digit(sql[end])) return {};
  while (end < sql.size() && is_word(sql[end])) ++end;
  return end < sql.size() && sql[end] == '$' ? sql.substr(at, end + 1 - at) : std::string_view();
}

std::size_t past(std::string_view sql, std::string_view mark, std::size_t from) {
  const std::size_t found = sql.find(mark, std::min(from, sql.size()));
  return found == npos ? sql.size() : found + mark.size();
}

/// What stands at a place that does not count: where it ends, and what takes its place.
struct Ignored {
  std::size_t end = npos;
  std::string_view instead = " ";
};

Ignored ignored_at(std::string_view sql, std::size_t at, bool brackets) {
  const char c = sql[at], next = at + 1 < sql.size() ? sql[at + 1] : '\0';
  if (c == '\'' || c == '"' || c == '`') return {end_of_quote(sql, at, c), " ? "};
  if (c == '[' && brackets) return {end_of_quote(sql, at, ']'), " ? "};
  if ((c == '-' && next == '-') || c == '#') return {std::min(sql.find_first_of("\r\n", at + 1), sql.size()), " "};
  if (c == '/' && next == '*') return {past(sql, "*/", at + 2), " "};
  const std::string_view mark = c == '$' ? dollar_mark(sql, at) : std::string_view();
  return mark.empty() ? Ignored{} : Ignored{past(sql, mark, at + mark.size()), " ? "};
}

std::string stripped(std::string_view sql, bool brackets) {
  std::string kept;
  for (std::size_t at = 0; at < sql.size();) {
    const Ignored ignored = ignored_at(sql, at, brackets);
    if (ignored.end == npos) {
      kept += lower(sql[at++]);
    } else {
      kept += ignored.instead;
      at = ignored.end;
    }
  }
  return kept;
}

/// The identifier at a place with white space behind it; moves past both.
std::string_view spaced_word(std::string_view sql, std::size_t& at) {
  std::size_t end = at;
  if (end < sql.size() && is_digit(sql[end])) return {};
  while (end < sql.size() && is_word(sql[end])) ++end;
  const std::size_t next = past_spaces(sql, end);
  if (end == at || next == end) return {};
  const std::string_view word = sql.substr(at, end - at);
  at = next;
  return word;
}

bool is_modifier(std::string_view word, bool mysql) {
  constexpr std::array<std::string_view, 9> own = {"distinctrow",         "high_priority",     "straight_join",
                                                   "sql_big_result",      "sql_buffer_result", "sql_cache",
                                                   "sql_calc_found_rows", "sql_no_cache",      "sql_small_result"};
  if (word == "all" || word == "distinct") return true;
  return mysql && std::find(own.begin(), own.end(), word) != own.end();
}

bool misses_comma_after(std::string_view sql, std::size_t at, bool mysql) {
  std::string_view first = spaced_word(sql, at);
  while (is_modifier(first, mysql)) first = spaced_word(sql, at);
  if (first.empty() || spaced_word(sql, at).empty()) return false;
  return sql.substr(at).starts_with("from") && (at + 4 == sql.size() || !is_word(sql[at + 4]));
}

}  // namespace

bool misses_comma(std::string_view sql, std::string_view database_type) {
  const bool mysql = database_type == "MySQL" || database_type == "MariaDB";
  const std::string kept = stripped(sql, database_type == "TransactSQL" || database_type == "Sqlite");
  for (std::size_t at = kept.find("select"); at != npos; at = kept.find("select", at + 1)) {
    if (at > 0 && is_word(kept[at - 1])) continue;
    const std::size_t begin = past_spaces(kept, at + 6);
    if (begin > at + 6 && misses_comma_after(kept, begin, mysql)) return true;
  }
  return false;
}

}  // namespace assay::markup
