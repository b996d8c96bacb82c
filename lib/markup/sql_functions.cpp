#include "markup/sql_parser.hpp"

namespace assay::markup {
namespace {

using Kind = SqlToken::Kind;

}  // namespace

bool SqlParser::function() {
  const std::size_t mark = at_;
  if (aggregate()) return true;
  at_ = mark;
  if (special_function()) return true;
  at_ = mark;
  if (plain_function()) return true;
  at_ = mark;
  return false;
}

/// COUNT, SUM and their like, which take DISTINCT, a star, an order.
bool SqlParser::aggregate() {
  const bool counts = at_word("COUNT") || at_word("GROUP_CONCAT") ||
                      (is(sql_postgres | sql_other) && at_any({"ARRAY_AGG", "STRING_AGG", "JSON_AGG", "JSONB_AGG"}));
  const bool sums = at_any({"SUM", "MAX", "MIN", "AVG"});
  if ((!counts && !sums) || !take()) return false;
  const bool found = in_parentheses([&] {
    if (at_sign("*") && (counts || !is(sql_my | sql_sqlite)) && take()) return true;
    if (counts || !is(sql_my)) maybe([&] { return word("DISTINCT"); });
    if (sums ? !conditions(false) : !conditions(true)) return false;
    if (counts) maybe([&] { return order_by(); });
    if (is(sql_my)) maybe([&] { return maybe([&] { return word("SEPARATOR"); }) && kind(Kind::text); });
    return true;
  });
  if (!found) return false;
  if (is(sql_postgres | sql_other)) {
    maybe([&] { return word("FILTER") && in_parentheses([&] { return word("WHERE") && conditions(false); }); });
  }
  return maybe([&] { return over(); });
}

/// Functions with words among their arguments.
bool SqlParser::special_function() {
  if (at_word("EXTRACT") && !is(sql_sqlite)) {
    return take() && in_parentheses([&] {
             if (!take() || !word("FROM")) return false;
             const std::size_t mark = at_;
             if (one_of({"TIMESTAMP", "INTERVAL", "TIME", "DATE"}) && expression()) return true;
             at_ = mark;
             return expression();
           });
  }
  if (at_word("TRIM") && !is(sql_sqlite)) {
    return take() && in_parentheses([&] {
             const std::size_t mark = at_;
             const bool sided = one_of({"BOTH", "LEADING", "TRAILING"});
             if (word("FROM") ? expression() : expression() && word("FROM") && expression()) return true;
             at_ = mark;
             return !sided && expression() && (!is(sql_postgres) || !sign(",") || expression());
           });
  }
  if (at_word("POSITION") && !is(sql_sqlite)) return take() && in_parentheses([&] { return expression(); });
  if (is(sql_postgres | sql_other) && at_word("SUBSTRING")) {
    return take() && in_parentheses([&] {
             return expression() && word("FROM") && expression() && maybe([&] { return word("FOR") && expression(); });
           });
  }
  if (is(sql_my | sql_other) && at_word("MATCH")) {
    return take() && in_parentheses([&] { return list([&] { return column_reference(); }); }) && word("AGAINST") &&
           in_parentheses([&] {
             if (!expression()) return false;
             return maybe([&] {
               return words({"IN", "BOOLEAN", "MODE"}) || words({"IN", "NATURAL", "LANGUAGE", "MODE"});
             });
           });
  }
  if (is(sql_my | sql_other) && at_word("CONVERT")) {
    return take() && in_parentheses([&] {
             std::string ignored;
             if (!expression()) return false;
             if (word("USING")) return any_name(ignored);
             return sign(",") && (one_of({"SIGNED", "UNSIGNED"}) || data_type());
           });
  }
  if (is(sql_postgres | sql_other) && at_word("ARRAY")) {
    if (!take()) return false;
    if (sign("[")) return sign("]") || (expression_list() && sign("]"));
    return in_parentheses([&] { return query(); });
  }
  if (at_any({"CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_USER", "USER", "SESSION_USER",
              "SYSTEM_USER"})) {
    const bool needs_none = !at_word("USER") || is(sql_sqlite);
    if (!take()) return false;
    const std::size_t mark = at_;
    if (in_parentheses([&] { return maybe([&] { return expression_list(); }); })) return true;
    at_ = mark;
    return needs_none && !at_sign("(");
  }
  return false;
}

bool SqlParser::plain_function() {
  std::string first, second;
  if (token(1).kind != Kind::sign || (token(1).text != "(" && token(1).text != ".")) return false;
  const bool counting = at_any({"COUNT", "SUM", "MAX", "MIN", "AVG", "GROUP_CONCAT"}) && is(sql_my);
  if (counting || token().kind == Kind::text || (token().kind == Kind::quoted && is(sql_my))) return false;
  if (at_any({"SELECT", "NOT", "EXISTS", "IN", "AND", "OR", "CASE", "CAST", "FROM", "WHERE", "VALUES", "AS", "SET"}) ||
      (at_word("ON") && is(sql_postgres | sql_other)) || !any_name(first)) {
    return false;
  }
  while (sign(".")) {
    if (!any_name(second)) return false;
  }
  const bool found = in_parentheses([&] {
    maybe([&] { return !is(sql_my) && word("DISTINCT"); });
    return maybe([&] { return conditions(true) && (is(sql_my | sql_sqlite) || maybe([&] { return order_by(); })); });
  });
  if (!found) return false;
  if (is(sql_postgres | sql_other)) {
    maybe([&] { return word("FILTER") && in_parentheses([&] { return word("WHERE") && conditions(false); }); });
  }
  return maybe([&] { return over(); });
}

bool SqlParser::over() {
  return word("OVER") && window_body();
}

bool SqlParser::cast() {
  return (word("CAST") || (is(sql_other) && one_of({"TRY_CAST", "SAFE_CAST"}))) && in_parentheses([&] {
           if (!expression() || !word("AS")) return false;
           if (one_of({"SIGNED", "UNSIGNED"})) return maybe([&] { return word("INTEGER"); });
           return data_type();
         });
}

bool SqlParser::case_expression() {
  if (!word("CASE")) return false;
  if (!at_word("WHEN") && !expression()) return false;
  bool any = false;
  while (word("WHEN")) {
    if (!conditions(false) || !word("THEN") || !expression()) return false;
    any = true;
  }
  if (word("ELSE") && !expression()) return false;
  if (!any || !word("END")) return false;
  maybe([&] { return at_word("CASE") && take(); });
  return true;
}

bool SqlParser::interval() {
  const std::size_t mark = at_;
  const auto unit = [&] {
    return one_of({"YEAR",
                   "QUARTER",
                   "MONTH",
                   "WEEK",
                   "DAY",
                   "HOUR",
                   "MINUTE",
                   "SECOND",
                   "MICROSECOND",
                   "SECOND_MICROSECOND",
                   "MINUTE_MICROSECOND",
                   "MINUTE_SECOND",
                   "HOUR_MICROSECOND",
                   "HOUR_SECOND",
                   "HOUR_MINUTE",
                   "DAY_MICROSECOND",
                   "DAY_SECOND",
                   "DAY_MINUTE",
                   "DAY_HOUR",
                   "YEAR_MONTH"});
  };
  if (!word("INTERVAL")) return false;
  if (is(sql_postgres | sql_other) && kind(Kind::text)) return maybe(unit);
  if (expression() && unit()) return true;
  return (at_ = mark, false);
}

bool SqlParser::literal() {
  if (one_of({"NULL", "TRUE", "FALSE"})) return true;
  const std::size_t mark = at_;
  if (one_of({"DATE", "TIME", "TIMESTAMP", "DATETIME"}) && (kind(Kind::text) || kind(Kind::quoted))) return true;
  at_ = mark;
  const bool prefixed = one_of({"B", "X", "N", "E"}) ||
                        (!is(sql_postgres) && one_of({"R", "BINARY", "_BINARY", "_UTF8", "_UTF8MB4", "_LATIN1"}));
  if (prefixed && token().kind == Kind::text && token().at == tokens_[at_ - 1].at + tokens_[at_ - 1].text.size()) {
    return take();
  }
  at_ = mark;
  return kind(Kind::text) || (is(sql_my) && kind(Kind::quoted));
}

bool SqlParser::data_type() {
  const auto size = [&] {
    return in_parentheses([&] { return (kind(Kind::number) || word("MAX")) && (!sign(",") || kind(Kind::number)); });
  };
  if (is(sql_my) && one_of({"ENUM", "SET"}))
    return in_parentheses([&] { return list([&] { return kind(Kind::text); }); });
  const bool common =
      one_of({"CHAR",    "VARCHAR",  "CHARACTER", "NUMERIC",   "DECIMAL", "INT",    "INTEGER", "SMALLINT", "MEDIUMINT",
              "TINYINT", "BIGINT",   "FLOAT",     "FLOAT4",    "FLOAT8",  "DOUBLE", "BIT",     "REAL",     "NUMBER",
              "DATE",    "DATETIME", "TIME",      "TIMESTAMP", "TEXT",    "BOOL",   "BOOLEAN", "BYTEINT",  "INT64"});
  const bool own =
      common ||
      (is(sql_my) &&
       one_of({"YEAR", "JSON", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "BLOB", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB",
               "BINARY", "VARBINARY", "GEOMETRY", "POINT", "LINESTRING", "POLYGON", "VECTOR"})) ||
      (is(sql_postgres) &&
       one_of({"JSON",   "JSONB",    "UUID",  "BYTEA",    "SERIAL",      "BIGSERIAL", "SMALLSERIAL", "INTERVAL", "INET",
               "CIDR",   "MONEY",    "XML",   "TIMETZ",   "TIMESTAMPTZ", "VARYING",   "INT2",        "INT4",     "INT8",
               "BPCHAR", "TSVECTOR", "POINT", "GEOMETRY", "OID",         "REGCLASS",  "NAME"})) ||
      (is(sql_sqlite) && one_of({"BLOB", "JSON"}));
  if (!own) {
    std::string custom;
    return is(sql_other) && name(custom) && maybe(size);
  }
  maybe([&] { return one_of({"PRECISION", "VARYING"}); });
  maybe(size);
  while (one_of({"UNSIGNED", "SIGNED", "ZEROFILL"})) {
  }
  maybe([&] { return one_of({"WITH", "WITHOUT"}) && words({"TIME", "ZONE"}); });
  if (is(sql_my)) maybe([&] { return words({"CHARACTER", "SET"}) && take(); });
  while (is(sql_postgres | sql_other) && at_sign("[")) {
    const std::size_t mark = at_;
    if (take() && maybe([&] { return kind(Kind::number); }) && sign("]")) continue;
    at_ = mark;
    break;
  }
  return true;
}

}  // namespace assay::markup
