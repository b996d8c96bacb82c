#include <algorithm>

#include "markup/sql_parser.hpp"

namespace assay::markup {
namespace {

using Kind = SqlToken::Kind;
constexpr std::size_t kMaxSteps = 5'000'000;

/// Whether there was room.
bool add_once(std::vector<std::string>& list, std::string entry) {
  constexpr std::size_t kMost = 5'000;
  if (std::find(list.begin(), list.end(), entry) != list.end()) return true;
  if (list.size() == kMost) return false;
  list.push_back(std::move(entry));
  return true;
}

}  // namespace

const SqlToken& SqlParser::token(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool SqlParser::step() {
  furthest_ = std::max(furthest_, at_);
  if (++steps_ > kMaxSteps && limit_.empty()) limit_ = "reading the SQL takes more than 5000000 steps";
  return limit_.empty();
}

bool SqlParser::take() {
  if (!step() || token().kind == Kind::end) return false;
  ++at_;
  furthest_ = std::max(furthest_, at_);
  return true;
}

bool SqlParser::at_sign(std::string_view text) const {
  return token().kind == Kind::sign && token().text == text;
}
bool SqlParser::sign(std::string_view text) {
  return step() && at_sign(text) && take();
}

bool SqlParser::at_word(std::string_view upper, std::size_t ahead) const {
  return token(ahead).kind == Kind::word && token(ahead).upper == upper;
}
bool SqlParser::at_any(std::initializer_list<std::string_view> uppers) const {
  return std::any_of(uppers.begin(), uppers.end(), [&](std::string_view upper) { return at_word(upper); });
}
bool SqlParser::word(std::string_view upper) {
  return step() && at_word(upper) && take();
}
bool SqlParser::one_of(std::initializer_list<std::string_view> uppers) {
  return step() && at_any(uppers) && take();
}

bool SqlParser::words(std::initializer_list<std::string_view> uppers) {
  const std::size_t mark = at_;
  if (std::all_of(uppers.begin(), uppers.end(), [&](std::string_view upper) { return word(upper); })) return true;
  at_ = mark;
  return false;
}

bool SqlParser::kind(Kind wanted) {
  return step() && token().kind == wanted && take();
}

/// A name, reserved or not.
bool SqlParser::any_name(std::string& name) {
  switch (token().kind) {
    case Kind::word:
    case Kind::quoted:
    case Kind::backtick:
    case Kind::bracket:
    case Kind::text:
      break;
    default:
      return false;
  }
  name = std::string(token().text);
  return take();
}

bool SqlParser::name(std::string& name) {
  if (token().kind == Kind::word && is_reserved_sql(family_, token().upper)) return false;
  return any_name(name);
}

bool SqlParser::alias_name(std::string& result) {
  if (is(sql_postgres) && (token().kind == Kind::text || token().kind == Kind::backtick)) return false;
  return name(result);
}

bool SqlParser::alias() {
  const std::size_t mark = at_;
  std::string ignored;
  if (word("AS")) return alias_name(ignored) || (at_ = mark, false);
  // Words that begin a clause somewhere, though they are names elsewhere.
  if (is(sql_other) && at_any({"QUALIFY", "WINDOW", "LATERAL", "PIVOT", "CROSS", "NATURAL", "OFFSET", "FETCH"}))
    return false;
  return alias_name(ignored);
}

/// The last part of a column reference, not reserved. "$" is for tables only; ":" may be inside (a::b is one name).
bool SqlParser::column(std::string& result) {
  if (token().kind == Kind::text || (token().kind == Kind::quoted && is(sql_my))) return false;
  if (token().kind == Kind::word && token().text.find('$') != std::string_view::npos) return false;
  if (!name(result)) return false;
  while (is(sql_my | sql_sqlite) && touches_last() &&
         (at_sign("::") || at_sign(":") || token().kind == Kind::param || tokens_[at_ - 1].text.ends_with(':'))) {
    result += token().text;
    if (!take()) return false;
  }
  return true;
}

/// Whether nothing stands between this token and the one before.
bool SqlParser::touches_last() const {
  return at_ > 0 && token().kind != Kind::end && token().at == tokens_[at_ - 1].at + tokens_[at_ - 1].text.size();
}

bool SqlParser::table_name(Table& table) {
  if (token().kind == Kind::variable) {
    table.name = std::string(token().text);
    return take();
  }
  if (!name(table.name)) return false;
  for (int part = 0; part < (is(sql_postgres | sql_other) ? 2 : 1); ++part) {
    const std::size_t mark = at_;
    std::string next;
    if (!sign(".") || !any_name(next)) {
      at_ = mark;
      break;
    }
    table.database = table.name;
    table.name = next;
  }
  return true;
}

bool SqlParser::name_list() {
  std::string ignored;
  return list([&] { return any_name(ignored); });
}

void SqlParser::touch_table(std::string_view action, const Table& table) {
  if (table.name.empty()) return;
  const bool room = add_once(touched_.tables, std::string(action) + "::" + table.database + "::" + table.name);
  if (!room && limit_.empty()) limit_ = "SQL that names more than 5000 tables";
}

void SqlParser::touch_column(std::string_view action, std::string_view table, std::string_view column) {
  const std::string entry = std::string(action) + "::" + std::string(table) + "::" + std::string(column);
  if (!add_once(touched_.columns, entry) && limit_.empty()) limit_ = "SQL that names more than 5000 columns";
}

}  // namespace assay::markup
