#include "markup/sql_parser.hpp"

namespace assay::markup {
namespace {

using Kind = SqlToken::Kind;

}  // namespace

bool SqlParser::expression() {
  const Depth depth(*this);
  if (!depth.ok()) return false;
  if (at_word("SELECT") || at_word("WITH")) return query();
  if (!and_expression()) return false;
  while (true) {
    const std::size_t mark = at_;
    if (word("OR") && and_expression()) continue;
    at_ = mark;
    return true;
  }
}

/// Expressions with AND, OR (and commas) between them.
bool SqlParser::conditions(bool commas) {
  if (!expression()) return false;
  while (true) {
    const std::size_t mark = at_;
    if ((one_of({"AND", "OR"}) || (commas && sign(","))) && expression()) continue;
    at_ = mark;
    return true;
  }
}

bool SqlParser::and_expression() {
  if (!not_expression()) return false;
  while (true) {
    const std::size_t mark = at_;
    if (word("AND") && not_expression()) continue;
    at_ = mark;
    return true;
  }
}

bool SqlParser::not_expression() {
  const std::size_t mark = at_;
  while (word("NOT") && !at_word("EXISTS")) {
  }
  if (word("EXISTS")) {
    if (in_parentheses([&] { return query(); })) return true;
    return (at_ = mark, false);
  }
  return comparison() || (at_ = mark, false);
}

bool SqlParser::comparison() {
  const std::size_t mark = at_;
  if (!sum()) return (at_ = mark, false);
  return maybe([&] { return comparison_rest(); });
}

bool SqlParser::comparison_rest() {
  const auto compared = [&] {
    const bool found = sign(">=") || sign(">") || sign("<=") || sign("<>") || sign("<") || sign("=") || sign("!=") ||
                       (is(sql_sqlite | sql_other) && sign("==")) || (is(sql_other) && sign("<=>"));
    return found && (sum() || (is(sql_postgres | sql_other) && one_of({"ANY", "ALL", "SOME"}) &&
                               in_parentheses([&] { return expression(); })));
  };
  if (compared()) {
    std::size_t mark = at_;
    while (compared()) mark = at_;
    at_ = mark;
    return maybe([&] { return in_rest(); });
  }
  if (word("IS")) {
    maybe([&] { return word("NOT"); });
    if (is(sql_postgres | sql_other)) maybe([&] { return words({"DISTINCT", "FROM"}); });
    return sum();
  }
  const std::size_t mark = at_;
  if (in_rest()) return true;
  at_ = mark;
  maybe([&] { return word("NOT"); });
  if (word("BETWEEN")) return sum() && word("AND") && sum();
  return like_rest();
}

bool SqlParser::in_rest() {
  maybe([&] { return word("NOT"); });
  if (!word("IN")) return false;
  const std::size_t mark = at_;
  if (in_parentheses([&] { return expression_list(); })) return true;
  at_ = mark;
  return kind(Kind::variable) || kind(Kind::text) || (!at_sign("(") && column_reference());
}

bool SqlParser::like_rest() {
  const Depth depth(*this);
  if (!depth.ok()) return false;
  if (is(sql_postgres | sql_other) &&
      (words({"SIMILAR", "TO"}) || sign("!~*") || sign("!~") || sign("~*") || sign("~"))) {
    return comparison();
  }
  if (word("LIKE") || (is(sql_postgres | sql_other) && word("ILIKE")) || (is(sql_sqlite) && word("GLOB"))) {
    return comparison() && maybe([&] { return word("ESCAPE") && kind(Kind::text); });
  }
  if (is(sql_postgres) || !one_of({"REGEXP", "RLIKE"})) return false;
  maybe([&] { return word("BINARY"); });
  return primary();
}

bool SqlParser::sum() {
  if (!product()) return false;
  while (true) {
    const std::size_t mark = at_;
    if ((sign("+") || sign("-")) && product()) continue;
    at_ = mark;
    return true;
  }
}

bool SqlParser::product() {
  const auto operation = [&] {
    if (sign("*") || sign("/") || sign("%") || sign("||")) return true;
    if (is(sql_my | sql_other) && (one_of({"DIV", "MOD", "XOR"}))) return true;
    if (!is(sql_sqlite) && sign("&&")) return true;
    if (is(sql_my | sql_sqlite | sql_other)) return sign("&") || sign(">>") || sign("<<") || sign("^") || sign("|");
    return false;
  };
  if (!unary()) return false;
  while (true) {
    const std::size_t mark = at_;
    if (operation() && unary()) continue;
    at_ = mark;
    return true;
  }
}

bool SqlParser::unary() {
  while (sign("!") || sign("-") || sign("+") || sign("~")) {
  }
  return postfix();
}

/// A primary with what may stand behind it: JSON operators, indexes, casts, a collation.
bool SqlParser::postfix() {
  if (!primary()) return false;
  while (true) {
    const std::size_t mark = at_;
    std::string ignored;
    if (is(sql_postgres | sql_other) && sign("::") && data_type()) {
      while (sign("[") && sign("]")) {
      }
      continue;
    }
    if (is(sql_postgres | sql_other) && at_sign("[") && take() && expression() && sign("]")) continue;
    if (is(sql_mysql | sql_postgres | sql_sqlite | sql_other) &&
        (sign("->>") || sign("->") || sign("#>>") || sign("#>") || sign("#-") || sign("@>") || sign("<@") ||
         sign("?|") || sign("?&")) &&
        primary()) {
      continue;
    }
    if (is(sql_postgres | sql_other) && words({"AT", "TIME", "ZONE"}) && primary()) continue;
    if (word("COLLATE") && any_name(ignored)) continue;
    at_ = mark;
    return true;
  }
}

bool SqlParser::primary() {
  const std::size_t mark = at_;
  const auto back = [&] { return (at_ = mark, false); };
  if (at_sign("(")) {
    if (in_parentheses([&] { return conditions(true); })) return true;
    return back();
  }
  if (kind(Kind::number) || kind(Kind::variable) || kind(Kind::param)) return true;
  if (is(sql_my | sql_sqlite | sql_other) && sign("?")) return true;
  return interval() || function() || (back(), cast()) || (back(), case_expression()) || (back(), literal()) ||
         (back(), column_reference()) || back();
}

bool SqlParser::column_reference() {
  const std::size_t mark = at_;
  std::string first, second, third;
  if (is(sql_mysql | sql_postgres | sql_other) && sign("*")) {
    touch_column("select", "null", "(.*)");
    return true;
  }
  const bool dotted = token(1).kind == Kind::sign && token(1).text == ".";
  if (dotted && any_name(first) && sign(".")) {
    if (sign("*")) {
      touch_column("select", first, "(.*)");
      return true;
    }
    if (!any_name(second)) return (at_ = mark, false);
    const std::size_t after = at_;
    if (!is(sql_sqlite) && sign(".") && any_name(third)) {
      touch_column("select", first + "::" + second, third);
      std::string fourth;
      if (is(sql_postgres)) maybe([&] { return sign(".") && any_name(fourth); });
      return true;
    }
    at_ = after;
    touch_column("select", first, second);
    return true;
  }
  at_ = mark;
  if (!column(first)) return false;
  touch_column("select", "null", first);
  return true;
}

bool SqlParser::expression_list() {
  return list([&] { return expression(); });
}

}  // namespace assay::markup
