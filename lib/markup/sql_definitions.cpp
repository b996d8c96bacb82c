#include "markup/sql_parser.hpp"

namespace assay::markup {
namespace {

using Kind = SqlToken::Kind;

}  // namespace

bool SqlParser::create() {
  if (!at_word("CREATE")) return false;
  const std::size_t mark = at_;
  for (const auto part :
       {&SqlParser::create_table, &SqlParser::create_index, &SqlParser::create_view, &SqlParser::create_other}) {
    at_ = mark;
    if (word("CREATE") && (this->*part)()) return true;
  }
  return false;
}

bool SqlParser::create_table() {
  maybe([&] { return word("TEMPORARY") || (!is(sql_my) && word("TEMP")); });
  if (!word("TABLE")) return false;
  maybe([&] { return words({"IF", "NOT", "EXISTS"}); });
  Table table;
  if (!table_name(table)) return false;
  touch_table("create", table);
  if (is(sql_my)) {
    const auto like = [&] {
      Table model;
      return word("LIKE") && table_name(model);
    };
    const std::size_t before = at_;
    if (like()) return true;
    at_ = before;
    if (in_parentheses(like)) return true;
  }
  const std::size_t before = at_;
  if (!in_parentheses([&] { return list([&] { return definition("create"); }); })) {
    at_ = before;
    if (is(sql_postgres) && sign("(") && !sign(")")) at_ = before;
  }
  while (table_option()) maybe([&] { return sign(","); });
  if (is(sql_sqlite)) maybe([&] { return list([&] { return words({"WITHOUT", "ROWID"}) || word("STRICT"); }); });
  if (!is(sql_mariadb) || at_ > before) maybe([&] { return maybe([&] { return word("AS"); }) && query(); });
  return at_ > before || !is(sql_mariadb | sql_sqlite);
}

bool SqlParser::definition(std::string_view action) {
  const std::size_t mark = at_;
  if (constraint()) return true;
  at_ = mark;
  if (!is(sql_sqlite) && index_definition()) return true;
  at_ = mark;
  return column_definition(action);
}

bool SqlParser::column_definition(std::string_view action) {
  std::string column_name;
  if (!column(column_name)) return false;
  touch_column("select", "null", column_name);
  const std::size_t mark = at_;
  if (!data_type()) {
    at_ = mark;
    if (is(sql_my)) return false;
    std::string custom;
    if (is(sql_postgres) && !at_any({"PRIMARY", "UNIQUE", "CHECK"})) maybe([&] { return name(custom); });
  }
  touch_column(action, "null", column_name);
  while (true) {
    const std::size_t before = at_;
    if (column_option()) continue;
    at_ = before;
    return true;
  }
}

bool SqlParser::column_option() {
  std::string ignored;
  maybe([&] { return word("CONSTRAINT") && any_name(ignored); });
  if (words({"NOT", "NULL"}) || word("NULL") || words({"PRIMARY", "KEY"})) {
    if (is(sql_sqlite)) maybe([&] { return one_of({"ASC", "DESC"}); });
    return true;
  }
  if (word("UNIQUE")) return maybe([&] { return word("KEY"); });
  if (word("DEFAULT")) return expression();
  if (word("CHECK")) return in_parentheses([&] { return conditions(false); });
  if (word("COLLATE")) return any_name(ignored);
  if (word("REFERENCES")) return (--at_, references());
  if (word("AUTO_INCREMENT") || (is(sql_my) && one_of({"INVISIBLE", "VISIBLE"}))) return true;
  if (is(sql_sqlite) && word("AUTOINCREMENT")) return true;
  if (word("COMMENT")) return maybe([&] { return sign("="); }) && kind(Kind::text);
  if (is(sql_my) && words({"ON", "UPDATE"})) return function() || word("CURRENT_TIMESTAMP");
  if (words({"GENERATED", "ALWAYS", "AS"}) || word("AS")) {
    if (is(sql_postgres) && word("IDENTITY")) return true;
    return in_parentheses([&] { return conditions(false); }) && maybe([&] { return one_of({"STORED", "VIRTUAL"}); });
  }
  return is(sql_postgres) && words({"GENERATED", "BY", "DEFAULT", "AS", "IDENTITY"});
}

bool SqlParser::constraint() {
  std::string ignored;
  const auto columns = [&] {
    return in_parentheses([&] {
      return list([&] { return expression() && maybe([&] { return one_of({"ASC", "DESC"}); }); });
    });
  };
  maybe([&] { return word("CONSTRAINT") && (at_any({"PRIMARY", "UNIQUE", "FOREIGN", "CHECK"}) || any_name(ignored)); });
  if (words({"PRIMARY", "KEY"})) return columns();
  if (word("UNIQUE")) {
    if (!is(sql_sqlite)) maybe([&] { return one_of({"KEY", "INDEX"}); });
    if (!at_sign("(") && (is(sql_sqlite) || !any_name(ignored))) return false;
    return columns();
  }
  if (words({"FOREIGN", "KEY"})) {
    if (!at_sign("(") && !any_name(ignored)) return false;
    return columns() && references();
  }
  return word("CHECK") && in_parentheses([&] { return conditions(false); });
}

bool SqlParser::references() {
  Table table;
  if (!word("REFERENCES") || !table_name(table)) return false;
  maybe([&] { return in_parentheses([&] { return name_list(); }); });
  while (true) {
    const std::size_t mark = at_;
    const bool act = word("ON") && one_of({"DELETE", "UPDATE"}) &&
                     (one_of({"RESTRICT", "CASCADE"}) || words({"SET", "NULL"}) || words({"NO", "ACTION"}) ||
                      words({"SET", "DEFAULT"}));
    if (act) continue;
    at_ = mark;
    if (word("MATCH") && one_of({"FULL", "PARTIAL", "SIMPLE"})) continue;
    at_ = mark;
    return true;
  }
}

bool SqlParser::index_definition() {
  std::string ignored;
  const bool special = one_of({"FULLTEXT", "SPATIAL"});
  const bool plain = one_of({"INDEX", "KEY"});
  if (!special && !plain) return false;
  if (!at_sign("(") && !at_word("USING") && !any_name(ignored)) return false;
  maybe([&] { return word("USING") && one_of({"BTREE", "HASH"}); });
  return in_parentheses([&] {
    return list([&] { return expression() && maybe([&] { return one_of({"ASC", "DESC"}); }); });
  });
}

bool SqlParser::table_option() {
  const std::size_t mark = at_;
  std::string ignored;
  maybe([&] { return word("DEFAULT"); });
  const bool named =
      words({"CHARACTER", "SET"}) ||
      one_of({"CHARSET", "COLLATE", "ENGINE", "AUTO_INCREMENT", "AVG_ROW_LENGTH", "KEY_BLOCK_SIZE", "MAX_ROWS",
              "MIN_ROWS", "STATS_SAMPLE_PAGES", "COMMENT", "CONNECTION", "COMPRESSION", "ROW_FORMAT"});
  if (named && maybe([&] { return sign("="); }) && (kind(Kind::number) || kind(Kind::text) || any_name(ignored))) {
    return true;
  }
  at_ = mark;
  return false;
}

bool SqlParser::create_index() {
  maybe([&] { return word("UNIQUE") || (is(sql_my) && one_of({"FULLTEXT", "SPATIAL"})); });
  std::string ignored;
  Table table;
  if (!word("INDEX")) return false;
  if (is(sql_postgres)) maybe([&] { return word("CONCURRENTLY"); });
  if (!is(sql_my)) maybe([&] { return words({"IF", "NOT", "EXISTS"}); });
  if (!(at_word("ON") && is(sql_postgres)) && !any_name(ignored)) return false;
  if (is(sql_my)) maybe([&] { return word("USING") && one_of({"BTREE", "HASH"}); });
  if (!word("ON") || !table_name(table)) return false;
  touch_table("create", table);
  if (is(sql_postgres)) maybe([&] { return word("USING") && take(); });
  const bool columns = in_parentheses([&] {
    return list([&] { return expression() && maybe([&] { return one_of({"ASC", "DESC"}); }); });
  });
  if (!columns) return false;
  if (is(sql_my)) maybe([&] { return word("USING") && one_of({"BTREE", "HASH"}); });
  return is(sql_my) || maybe([&] { return word("WHERE") && conditions(false); });
}

bool SqlParser::create_view() {
  if (!is(sql_sqlite)) maybe([&] { return words({"OR", "REPLACE"}); });
  maybe([&] { return !is(sql_my) && one_of({"TEMP", "TEMPORARY"}); });
  Table view;
  if (!word("VIEW")) return false;
  if (is(sql_sqlite)) maybe([&] { return words({"IF", "NOT", "EXISTS"}); });
  if (!table_name(view)) return false;
  touch_table("create", view);
  maybe([&] { return in_parentheses([&] { return name_list(); }); });
  return word("AS") && query();
}

bool SqlParser::create_other() {
  std::string ignored;
  Table table;
  const auto if_new = [&] { return maybe([&] { return words({"IF", "NOT", "EXISTS"}); }); };
  if (is(sql_my | sql_postgres | sql_sqlite | sql_other) && one_of({"DATABASE", "SCHEMA"})) {
    if (!if_new() || !any_name(ignored)) return false;
    while (is(sql_my) && table_option()) {
    }
    return true;
  }
  if (is(sql_my) && word("USER")) {
    if (!if_new()) return false;
    return list([&] {
      if (!any_name(ignored)) return false;
      maybe([&] { return (sign("@") && any_name(ignored)) || kind(Kind::variable); });
      return maybe([&] {
        return word("IDENTIFIED") && maybe([&] { return word("WITH") && any_name(ignored); }) && word("BY") &&
               kind(Kind::text);
      });
    });
  }
  if (is(sql_my) && word("TRIGGER")) {
    if (!if_new() || !table_name(table) || !one_of({"BEFORE", "AFTER"})) return false;
    Table target;
    if (!one_of({"INSERT", "UPDATE", "DELETE"}) || !word("ON") || !table_name(target)) return false;
    if (!words({"FOR", "EACH", "ROW"}) || !word("SET")) return false;
    std::vector<Table> none;
    return set_list(none);
  }
  if (!is(sql_postgres | sql_other)) return false;
  if (word("SEQUENCE")) return if_new() && table_name(table);
  if (word("EXTENSION")) return if_new() && any_name(ignored);
  if (word("TYPE")) {
    return table_name(table) && word("AS") &&
           ((word("ENUM") && in_parentheses([&] { return expression_list(); })) ||
            in_parentheses([&] { return list([&] { return column_definition("create"); }); }));
  }
  maybe([&] { return words({"OR", "REPLACE"}); });
  if (!word("FUNCTION") || !table_name(table)) return false;
  const bool parameters = in_parentheses([&] {
    return maybe([&] { return list([&] { return any_name(ignored) && maybe([&] { return data_type(); }); }); });
  });
  if (!parameters || !word("RETURNS") || !data_type()) return false;
  while (true) {
    const std::size_t mark = at_;
    if (word("AS") && kind(Kind::text)) continue;
    at_ = mark;
    if (word("LANGUAGE") && any_name(ignored)) continue;
    at_ = mark;
    if (one_of({"IMMUTABLE", "STABLE", "VOLATILE", "STRICT"})) continue;
    if (word("RETURN") && expression()) continue;
    at_ = mark;
    return true;
  }
}

bool SqlParser::alter() {
  Table table;
  if (!word("ALTER") || !word("TABLE")) return false;
  if (!is(sql_my)) maybe([&] { return words({"IF", "EXISTS"}); });
  if (is(sql_postgres)) maybe([&] { return word("ONLY"); });
  if (!table_name(table)) return false;
  touch_table("alter", table);
  return list([&] { return alter_action(); });
}

bool SqlParser::alter_action() {
  std::string first, second;
  const auto placed = [&] {
    return maybe([&] { return is(sql_my) && (word("FIRST") || (word("AFTER") && any_name(first))); });
  };
  if (word("ADD")) {
    const std::size_t mark = at_;
    if (!is(sql_mariadb) && constraint()) return true;
    at_ = mark;
    if (!is(sql_sqlite) && index_definition()) return true;
    at_ = mark;
    maybe([&] { return word("COLUMN"); });
    if (!is(sql_mysql)) maybe([&] { return words({"IF", "NOT", "EXISTS"}); });
    return column_definition("alter") && placed();
  }
  if (word("DROP")) {
    if (is(sql_my | sql_sqlite) &&
        (words({"PRIMARY", "KEY"}) || ((words({"FOREIGN", "KEY"}) || one_of({"INDEX", "KEY"})) && any_name(first)))) {
      return true;
    }
    if (is(sql_mysql | sql_postgres) && word("CONSTRAINT")) {
      return any_name(first) && maybe([&] { return is(sql_postgres) && one_of({"CASCADE", "RESTRICT"}); });
    }
    maybe([&] { return word("COLUMN"); });
    if (!is(sql_mysql)) maybe([&] { return words({"IF", "EXISTS"}); });
    return column_reference() && maybe([&] { return is(sql_postgres) && one_of({"CASCADE", "RESTRICT"}); });
  }
  if (word("RENAME")) {
    if (one_of({"TO", "AS"})) return any_name(first);
    const std::size_t mark = at_;
    if (maybe([&] { return word("COLUMN"); }) && any_name(first) && word("TO") && any_name(second)) return true;
    at_ = mark;
    return any_name(first);
  }
  if (is(sql_my) && word("MODIFY"))
    return maybe([&] { return word("COLUMN"); }) && column_definition("alter") && placed();
  if (is(sql_my) && word("CHANGE")) {
    return maybe([&] { return word("COLUMN"); }) && column_reference() && column_definition("alter") && placed();
  }
  if (is(sql_postgres | sql_other) && word("ALTER")) {
    maybe([&] { return word("COLUMN"); });
    if (!any_name(first)) return false;
    if (word("TYPE") || words({"SET", "DATA", "TYPE"})) {
      return data_type() && maybe([&] { return word("USING") && expression(); });
    }
    return (words({"SET", "DEFAULT"}) && expression()) || words({"SET", "NOT", "NULL"}) ||
           words({"DROP", "NOT", "NULL"}) || words({"DROP", "DEFAULT"});
  }
  if (is(sql_my) && one_of({"ALGORITHM", "LOCK"})) return sign("=") && any_name(first);
  return is(sql_my) && table_option();
}

bool SqlParser::drop() {
  if (!word("DROP")) return false;
  std::string ignored;
  const auto if_there = [&] { return maybe([&] { return words({"IF", "EXISTS"}); }); };
  const auto tail = [&] { return maybe([&] { return !is(sql_my) && one_of({"CASCADE", "RESTRICT"}); }); };
  const auto tables = [&] {
    return if_there() && list([&] {
             Table table;
             if (!table_name(table)) return false;
             touch_table("drop", table);
             return true;
           });
  };
  if (word("TABLE")) return tables() && tail();
  if (word("VIEW")) return tables() && maybe([&] { return one_of({"CASCADE", "RESTRICT"}); });
  if (word("INDEX")) {
    Table table;
    if (is(sql_postgres)) return maybe([&] { return word("CONCURRENTLY"); }) && tables() && tail();
    if (!any_name(ignored)) return false;
    return word("ON") && table_name(table);
  }
  if (!is(sql_my | sql_other)) return false;
  if (one_of({"DATABASE", "SCHEMA"})) return if_there() && any_name(ignored);
  return word("TRIGGER") && if_there() && any_name(ignored);
}

}  // namespace assay::markup
