#include "markup/sql_parser.hpp"

namespace assay::markup {
namespace {

using Kind = SqlToken::Kind;

/// "select::u::id" with the table that u stands for.
std::string resolved(const std::string& entry, const std::map<std::string, std::string, std::less<>>& aliases) {
  const std::size_t begin = entry.find("::") + 2, end = entry.find("::", begin);
  if (end == entry.npos) return entry;
  const auto found = aliases.find(entry.substr(begin, end - begin));
  return found == aliases.end() ? entry : entry.substr(0, begin) + found->second + entry.substr(end);
}

}  // namespace

bool SqlParser::run() {
  const auto statements = [&] {
    while (true) {
      while (sign(";")) {
      }
      if (token().kind == Kind::end) return true;
      if (!statement()) return false;
      if (token().kind == Kind::end) return true;
      if (!at_sign(";")) return false;
    }
  };
  if (!statements() || !limit_.empty()) return false;
  for (std::string& entry : touched_.columns) entry = resolved(entry, aliases_);
  return true;
}

bool SqlParser::statement() {
  const std::size_t mark = at_;
  for (const auto part : {&SqlParser::query, &SqlParser::change_statement, &SqlParser::create, &SqlParser::alter,
                          &SqlParser::drop, &SqlParser::other_statement, &SqlParser::assignment}) {
    if (!limit_.empty()) return false;
    at_ = mark;
    if ((this->*part)() && (token().kind == Kind::end || at_sign(";"))) return true;
  }
  return false;
}

/// What procedures hold: x = 5, @x := 5, RETURN x.
bool SqlParser::assignment() {
  std::string ignored;
  if (word("RETURN")) return sum() || query();
  if (!kind(Kind::variable) && !kind(Kind::number)) {
    if (token().kind != Kind::word || !any_name(ignored)) return false;
    while (sign(".")) {
      if (!any_name(ignored)) return false;
    }
  }
  return (sign(":=") || sign("=")) && expression();
}

bool SqlParser::other_statement() {
  std::string ignored;
  Table table;
  if (word("TRUNCATE")) {
    maybe([&] { return word("TABLE"); });
    return list([&] {
      Table emptied;
      if (!table_name(emptied)) return false;
      touch_table("truncate", emptied);
      return true;
    });
  }
  if (!is(sql_postgres) && words({"RENAME", "TABLE"})) {
    return list([&] {
      Table from, to;
      if (!table_name(from) || !word("TO") || !table_name(to)) return false;
      touch_table("rename", from);
      touch_table("rename", to);
      return true;
    });
  }
  if (word("USE")) {
    if (!name(ignored)) return false;
    table.name = "null";
    table.database = ignored;
    touch_table("use", table);
    return true;
  }
  if (at_word("SET")) return set_statement();
  if (at_word("SHOW")) return show_statement();
  if (at_word("GRANT")) return grant_statement();
  if (at_any({"LOCK", "UNLOCK"})) return lock_statement();
  if (word("CALL")) {
    if (!table_name(table)) return false;
    if (!at_sign("(")) return !is(sql_postgres);
    return in_parentheses([&] { return maybe([&] { return expression_list(); }); });
  }
  if (is(sql_my | sql_sqlite | sql_other) && one_of({"DESCRIBE", "DESC"})) return table_name(table);
  if (is(sql_my | sql_other) && word("EXPLAIN")) return query();
  if (is(sql_sqlite) && word("ANALYZE")) return table_name(table);
  if (is(sql_sqlite) && words({"ATTACH", "DATABASE"})) return expression() && word("AS") && any_name(ignored);
  if (is(sql_postgres) && words({"COMMENT", "ON"})) {
    return one_of({"TABLE", "COLUMN", "VIEW", "DATABASE", "INDEX"}) && column_reference() && word("IS") &&
           (kind(Kind::text) || word("NULL"));
  }
  if (is(sql_postgres) && word("EXECUTE")) {
    return any_name(ignored) && maybe([&] { return in_parentheses([&] { return expression_list(); }); });
  }
  if (is(sql_my) && words({"LOAD", "DATA"})) {
    maybe([&] { return word("LOCAL"); });
    return word("INFILE") && kind(Kind::text) && words({"INTO", "TABLE"}) && table_name(table);
  }
  return transaction_statement();
}

bool SqlParser::set_statement() {
  std::string ignored;
  if (!word("SET")) return false;
  maybe([&] { return one_of({"GLOBAL", "SESSION", "LOCAL", "PERSIST", "PERSIST_ONLY"}); });
  return list([&] {
    if (!kind(Kind::variable) && !any_name(ignored)) return false;
    while (sign(".")) {
      if (!any_name(ignored)) return false;
    }
    if (!sign("=") && !sign(":=") && !(is(sql_postgres) && word("TO"))) return false;
    return expression() || one_of({"ON"});
  });
}

bool SqlParser::show_statement() {
  Table table;
  std::string ignored;
  if (is(sql_sqlite) || !word("SHOW")) return false;
  if (one_of({"TABLES", "DATABASES", "PROCESSLIST"})) return true;
  if (is(sql_postgres)) return name(ignored);
  if (word("GRANTS")) return maybe([&] { return word("FOR") && any_name(ignored); });
  if (word("CREATE")) return one_of({"TABLE", "VIEW", "EVENT", "TRIGGER", "PROCEDURE"}) && table_name(table);
  return one_of({"COLUMNS", "INDEX", "INDEXES"}) && word("FROM") && table_name(table);
}

bool SqlParser::grant_statement() {
  if (is(sql_sqlite) || !word("GRANT")) return false;
  std::string ignored;
  const auto user = [&] {
    if (!any_name(ignored)) return false;
    return maybe([&] { return (sign("@") && any_name(ignored)) || kind(Kind::variable); });
  };
  const auto privilege = [&] {
    return one_of({"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "INDEX", "EXECUTE", "USAGE",
                   "REFERENCES", "TRIGGER", "TRUNCATE", "CONNECT"}) &&
           maybe([&] { return in_parentheses([&] { return name_list(); }); });
  };
  const auto object = [&] {
    maybe([&] { return one_of({"TABLE", "FUNCTION", "PROCEDURE"}) && !at_word("TO"); });
    if (is(sql_my) && sign("*")) return maybe([&] { return sign(".") && sign("*"); });
    if (!any_name(ignored)) return false;
    return maybe([&] { return sign(".") && ((is(sql_my) && sign("*")) || any_name(ignored)); });
  };
  return list(privilege) && word("ON") && object() && word("TO") && list(user) && maybe([&] {
           return words({"WITH", "GRANT", "OPTION"});
         });
}

bool SqlParser::lock_statement() {
  if (is(sql_postgres)) return false;
  if (words({"UNLOCK", "TABLES"})) return true;
  return words({"LOCK", "TABLES"}) && list([&] {
           Table table;
           if (!table_name(table)) return false;
           touch_table("lock", table);
           maybe([&] { return alias(); });
           return words({"LOW_PRIORITY", "WRITE"}) || one_of({"READ", "WRITE"});
         });
}

bool SqlParser::transaction_statement() {
  if (is(sql_sqlite)) return false;
  if (word("BEGIN")) return maybe([&] { return one_of({"TRANSACTION", "WORK"}); });
  if (words({"START", "TRANSACTION"})) return true;
  return one_of({"COMMIT", "ROLLBACK"}) && maybe([&] { return word("WORK"); });
}

}  // namespace assay::markup
