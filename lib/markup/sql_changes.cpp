#include "markup/sql_parser.hpp"

namespace assay::markup {
namespace {

using Kind = SqlToken::Kind;

}  // namespace

bool SqlParser::change_statement() {
  const std::size_t mark = at_;
  for (const auto change : {&SqlParser::insert, &SqlParser::update, &SqlParser::remove}) {
    if ((this->*change)()) return true;
    at_ = mark;
  }
  return false;
}

bool SqlParser::insert() {
  if (is(sql_postgres | sql_other) && !with_clause()) return false;
  const bool replaces = at_word("REPLACE");
  if (!one_of({"INSERT", "REPLACE"})) return false;
  if (is(sql_my)) maybe([&] { return word("IGNORE"); });
  if (is(sql_sqlite) && !replaces) {
    maybe([&] { return word("OR") && one_of({"REPLACE", "IGNORE", "ABORT", "FAIL", "ROLLBACK"}); });
  }
  maybe([&] { return word("INTO"); });
  Table table;
  if (!table_name(table)) return false;
  touch_table("insert", table);
  return insert_body(table) && maybe([&] { return conflict(); }) && maybe([&] { return returning(); });
}

bool SqlParser::insert_body(const Table& table) {
  std::string ignored;
  if (is(sql_postgres)) maybe([&] { return word("AS") && name(ignored); });
  maybe([&] { return word("PARTITION") && in_parentheses([&] { return name_list(); }); });
  if (is(sql_my | sql_sqlite) && word("SET")) {
    std::vector<Table> tables;
    touch_column("insert", table.name, "(.*)");
    return set_list(tables);
  }
  std::vector<std::string> columns;
  const std::size_t mark = at_;
  const bool named = in_parentheses([&] {
    return list([&] {
      std::string column_name;
      if (!column(column_name)) return false;
      columns.push_back(column_name);
      return true;
    });
  });
  if (named && !at_word("VALUES") && !at_query()) at_ = mark;
  if (named && at_ != mark) {
    for (const std::string& column_name : columns) touch_column("insert", table.name, column_name);
  } else {
    touch_column("insert", table.name, "(.*)");
    columns.clear();
  }
  if (at_word("VALUES")) return values_clause(columns.empty() ? std::nullopt : std::optional(columns.size()));
  return query();
}

bool SqlParser::conflict() {
  if (!word("ON")) return false;
  std::vector<Table> tables;
  if (is(sql_my | sql_sqlite) && words({"DUPLICATE", "KEY", "UPDATE"})) return set_list(tables);
  if (!is(sql_postgres | sql_other) || !word("CONFLICT")) return false;
  std::string ignored;
  maybe([&] { return in_parentheses([&] { return expression_list(); }); });
  maybe([&] { return words({"ON", "CONSTRAINT"}) && name(ignored); });
  if (!word("DO")) return false;
  if (word("NOTHING")) return true;
  if (!words({"UPDATE", "SET"}) || !set_list(tables)) return false;
  return maybe([&] { return word("WHERE") && conditions(false); });
}

bool SqlParser::returning() {
  return !is(sql_mysql) && word("RETURNING") && select_items();
}

bool SqlParser::update() {
  if (!with_clause() || !word("UPDATE")) return false;
  std::vector<Table> tables, more;
  if (!table_list(tables) || !word("SET")) return false;
  for (const Table& table : tables) touch_table(table.joined ? "select" : "update", table);
  if (!set_list(tables)) return false;
  if (is(sql_postgres | sql_other) && word("FROM")) {
    if (!table_list(more)) return false;
    for (const Table& table : more) touch_table("select", table);
  }
  if (word("WHERE") && !conditions(true)) return false;
  if (is(sql_mysql | sql_sqlite)) {
    maybe([&] { return order_by(); });
    maybe([&] { return limit_clause(); });
  }
  if (!is(sql_my)) maybe([&] { return returning(); });
  return true;
}

bool SqlParser::set_list(std::vector<Table>& tables) {
  return list([&] {
    std::string first, second;
    if (!any_name(first)) return false;
    if (sign(".")) {
      if (!any_name(second)) return false;
      const auto alias_of = aliases_.find(first);
      Table table;
      table.name = alias_of == aliases_.end() ? first : alias_of->second;
      for (const Table& known : tables) {
        if (known.name == table.name) table.database = known.database;
      }
      touch_table("update", table);
      touch_column("update", first, second);
    } else {
      touch_column("update", "null", first);
    }
    if (!sign("=")) return false;
    const std::size_t mark = at_;
    if (!is(sql_mysql) && word("DEFAULT")) return true;
    if (word("VALUES") && in_parentheses([&] { return column_reference(); })) return true;
    at_ = mark;
    return expression();
  });
}

bool SqlParser::remove() {
  if ((!is(sql_sqlite) && !with_clause()) || !word("DELETE")) return false;
  std::vector<Table> targets, tables;
  if (!at_word("FROM") && !table_list(targets)) return false;
  if (!word("FROM") || !table_list(tables)) return false;
  for (const Table& table : tables) {
    touch_table(table.joined ? "select" : "delete", table);
    if (!table.joined) touch_column("delete", table.name, "(.*)");
  }
  if (word("WHERE") && !conditions(true)) return false;
  if (is(sql_mysql | sql_sqlite)) {
    maybe([&] { return order_by(); });
    maybe([&] { return limit_clause(); });
  }
  return maybe([&] { return returning(); });
}

}  // namespace assay::markup
