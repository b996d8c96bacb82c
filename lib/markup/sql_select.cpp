#include "markup/sql_parser.hpp"

namespace assay::markup {
namespace {

using Kind = SqlToken::Kind;

}  // namespace

/// Whether a query begins here, maybe behind opening parentheses.
bool SqlParser::at_query() const {
  std::size_t ahead = 0;
  while (token(ahead).kind == Kind::sign && token(ahead).text == "(" && ahead < 200) ++ahead;
  return at_word("SELECT", ahead) || at_word("WITH", ahead);
}

bool SqlParser::query() {
  const Depth depth(*this);
  if (!depth.ok() || !select()) return false;
  while (true) {
    const std::size_t mark = at_;
    const bool united = word("UNION") && (one_of({"ALL", "DISTINCT"}) || true);
    const bool combined =
        united || (!is(sql_sqlite) && one_of({"INTERSECT", "EXCEPT"})) || (is(sql_my | sql_other) && word("MINUS"));
    if (combined && is(sql_postgres | sql_other)) maybe([&] { return one_of({"ALL", "DISTINCT"}); });
    if (combined && select()) continue;
    at_ = mark;
    break;
  }
  return maybe([&] { return order_by(); }) && maybe([&] { return limit_clause(); });
}

bool SqlParser::with_clause() {
  if (!word("WITH")) return true;
  maybe([&] { return word("RECURSIVE"); });
  return list([&] {
    std::string ignored;
    if (!any_name(ignored)) return false;
    maybe([&] { return in_parentheses([&] { return name_list(); }); });
    if (!word("AS")) return false;
    if (is(sql_postgres)) maybe([&] { return maybe([&] { return word("NOT"); }) && word("MATERIALIZED"); });
    return in_parentheses([&] {
      if (word("VALUES")) return list([&] { return in_parentheses([&] { return expression_list(); }); });
      return at_query() ? query() : is(sql_postgres | sql_other) && change_statement();
    });
  });
}

bool SqlParser::select() {
  const Depth depth(*this);
  if (!depth.ok()) return false;
  const std::size_t mark = at_;
  if (at_sign("(")) return in_parentheses([&] { return query(); }) || (at_ = mark, false);
  std::vector<Table> tables;
  if (!with_clause() || !word("SELECT")) return (at_ = mark, false);
  if (is(sql_my)) {
    while (one_of({"SQL_CALC_FOUND_ROWS", "SQL_CACHE", "SQL_NO_CACHE", "SQL_BIG_RESULT", "SQL_SMALL_RESULT",
                   "SQL_BUFFER_RESULT"})) {
    }
  }
  if (is(sql_mariadb)) maybe([&] { return one_of({"HIGH_PRIORITY", "STRAIGHT_JOIN"}); });
  const bool distinct = word("DISTINCT");
  if (distinct && is(sql_postgres | sql_other)) {
    maybe([&] { return word("ON") && in_parentheses([&] { return expression_list(); }); });
  }
  if (is(sql_other))
    maybe([&] { return word("TOP") && (kind(Kind::number) || in_parentheses([&] { return sum(); })); });
  if (!select_items()) return (at_ = mark, false);
  maybe([&] { return into_clause(); });
  if (word("FROM") && !table_list(tables)) return (at_ = mark, false);
  maybe([&] { return into_clause(); });
  for (const Table& table : tables) touch_table("select", table);
  if (word("WHERE") && !conditions(true)) return (at_ = mark, false);
  if (words({"GROUP", "BY"})) {
    if (!expression_list()) return (at_ = mark, false);
    if (is(sql_my)) maybe([&] { return words({"WITH", "ROLLUP"}); });
  }
  if (word("HAVING") && !conditions(true)) return (at_ = mark, false);
  if (is(sql_other)) maybe([&] { return word("QUALIFY") && conditions(false); });
  if (is(sql_postgres | sql_mysql)) {
    maybe([&] {
      std::string ignored;
      return word("WINDOW") && list([&] { return any_name(ignored) && word("AS") && window_body(); });
    });
  }
  maybe([&] { return order_by(); });
  maybe([&] { return limit_clause(); });
  maybe([&] { return locking(); });
  maybe([&] { return into_clause(); });
  return true;
}

bool SqlParser::into_clause() {
  if (is(sql_sqlite) || !word("INTO")) return false;
  if (is(sql_my)) maybe([&] { return one_of({"OUTFILE", "DUMPFILE"}); });
  if (token().kind == Kind::variable) return list([&] { return kind(Kind::variable); });
  std::string ignored;
  return kind(Kind::text) || name(ignored);
}

bool SqlParser::select_items() {
  if (!is(sql_sqlite) && word("ALL")) {
    touch_column("select", "null", "(.*)");
    return !sign(",") || list([&] { return select_item(); });
  }
  return list([&] { return select_item(); });
}

bool SqlParser::select_item() {
  const std::size_t mark = at_;
  std::string first, second;
  if (sign("*")) {
    touch_column("select", "null", "(.*)");
    return true;
  }
  if (token(1).text == "." && any_name(first) && sign(".")) {
    if (sign("*")) {
      touch_column("select", first, "(.*)");
      return true;
    }
    if (any_name(second) && sign(".") && sign("*")) {
      touch_column("select", first + "::" + second, "(.*)");
      return true;
    }
  }
  at_ = mark;
  if (is(sql_my)) {
    const bool assigned = (kind(Kind::variable) || any_name(first)) && sign(":=") && expression();
    if (!assigned) at_ = mark;
    if (assigned) return maybe([&] { return alias(); });
  }
  const bool is_text = token().kind == Kind::text || (token().kind == Kind::quoted && is(sql_my));
  const std::string text(token().text);
  if (at_word("SELECT") || at_word("WITH") || !expression()) return false;
  if (is_text && at_ == mark + 1) touch_column("select", "null", text);
  while (one_of({"AND", "OR"})) {
    if (!expression()) return false;
  }
  return maybe([&] { return alias(); });
}

bool SqlParser::table_list(std::vector<Table>& tables) {
  const Depth depth(*this);
  if (!depth.ok() || !table_source(tables)) return false;
  while (true) {
    const std::size_t mark = at_, before = tables.size();
    if (sign(",") ? table_source(tables) : join(tables)) continue;
    at_ = mark;
    tables.resize(before);
    return true;
  }
}

bool SqlParser::table_source(std::vector<Table>& tables) {
  const std::size_t mark = at_;
  if (word("DUAL")) return true;
  const bool lateral = !is(sql_sqlite) && word("LATERAL");
  if (at_sign("(")) {
    if (at_query() && in_parentheses([&] { return query(); })) {
      maybe([&] { return alias() && maybe([&] { return in_parentheses([&] { return name_list(); }); }); });
      return true;
    }
    at_ = lateral ? mark + 1 : mark;
    const auto values = [&] { return values_clause(std::nullopt); };
    if (in_parentheses(values)) {
      return maybe([&] { return alias() && maybe([&] { return in_parentheses([&] { return name_list(); }); }); });
    }
    if (!is(sql_sqlite) && in_parentheses([&] { return table_list(tables); })) return maybe([&] { return alias(); });
    return (at_ = mark, false);
  }
  if (is(sql_postgres | sql_sqlite | sql_other)) {
    if (function()) {
      return maybe([&] { return alias() && maybe([&] { return in_parentheses([&] { return name_list(); }); }); });
    }
    at_ = lateral ? mark + 1 : mark;
  }
  Table table;
  if (lateral || !table_name(table)) return (at_ = mark, false);
  if (is(sql_postgres | sql_other)) maybe([&] { return word("TABLESAMPLE") && function(); });
  const std::size_t before = at_;
  maybe([&] { return alias(); });
  aliases_[table.name] = table.name;
  if (at_ > before) aliases_[std::string(tokens_[at_ - 1].text)] = table.name;
  tables.push_back(table);
  return true;
}

bool SqlParser::join(std::vector<Table>& tables) {
  if (one_of({"LEFT", "RIGHT", "FULL"})) {
    if (is(sql_sqlite) && tokens_[at_ - 1].upper != "LEFT") return false;
    maybe([&] { return word("OUTER"); });
    if (!word("JOIN")) return false;
  } else if (word("CROSS")) {
    if (is(sql_sqlite) || !word("JOIN")) return false;
  } else if (word("INNER")) {
    if (!word("JOIN")) return false;
  } else if (!word("JOIN") && !(is(sql_my) && word("STRAIGHT_JOIN"))) {
    return false;
  }
  const std::size_t before = tables.size();
  if (!table_source(tables)) return false;
  for (std::size_t at = before; at < tables.size(); ++at) tables[at].joined = true;
  if (word("USING")) return in_parentheses([&] { return name_list(); });
  return maybe([&] { return word("ON") && conditions(false); });
}

bool SqlParser::order_by() {
  return words({"ORDER", "BY"}) && list([&] {
           if (!expression()) return false;
           maybe([&] { return one_of({"ASC", "DESC"}); });
           if (is(sql_postgres | sql_other)) maybe([&] { return word("NULLS") && one_of({"FIRST", "LAST"}); });
           return true;
         });
}

bool SqlParser::limit_clause() {
  const auto count = [&] {
    if (kind(Kind::number) || kind(Kind::param)) return true;
    if (is(sql_postgres) && (word("ALL") || kind(Kind::variable))) return true;
    return sign("?");
  };
  if (is(sql_postgres) && word("OFFSET")) return count() && maybe([&] { return word("LIMIT") && count(); });
  if (!word("LIMIT") || !count()) return false;
  return maybe([&] { return (word("OFFSET") || (!is(sql_postgres) && sign(","))) && count(); });
}

bool SqlParser::locking() {
  if (!is(sql_my | sql_other)) return false;
  const bool found = words({"FOR", "UPDATE"}) || (is(sql_mysql) && words({"LOCK", "IN", "SHARE", "MODE"}));
  return found && maybe([&] {
           return word("NOWAIT") || words({"SKIP", "LOCKED"}) || (word("WAIT") && kind(Kind::number));
         });
}

bool SqlParser::window_body() {
  std::string ignored;
  if (any_name(ignored)) return true;
  return in_parentheses([&] {
    maybe([&] { return words({"PARTITION", "BY"}) && select_items(); });
    maybe([&] { return order_by(); });
    return maybe([&] { return window_frame(); });
  });
}

bool SqlParser::window_frame() {
  const auto bound = [&] {
    if (words({"CURRENT", "ROW"})) return true;
    return (word("UNBOUNDED") || kind(Kind::number)) && one_of({"PRECEDING", "FOLLOWING"});
  };
  if (!word("ROWS") && !(is(sql_postgres | sql_other) && word("RANGE"))) return false;
  if (word("BETWEEN")) return bound() && word("AND") && bound();
  return bound();
}

/// VALUES with rows; with so many values each, when a number is given.
bool SqlParser::values_clause(std::optional<std::size_t> columns) {
  if (!word("VALUES")) return false;
  return list([&] {
    if (is(sql_my)) maybe([&] { return word("ROW"); });
    return in_parentheses([&] {
      std::size_t count = 0;
      const auto value = [&] {
        ++count;
        return (!is(sql_mysql) && word("DEFAULT")) || expression();
      };
      if (!list(value)) return false;
      return !columns || count == *columns;
    });
  });
}

}  // namespace assay::markup
