#pragma once
#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markup/sql_token.hpp"

namespace assay::markup {

/// What statements touch: "select::null::users" for tables ({action}::{database}::{table}), "select::users::id" for
/// columns ({action}::{table}::{column}, "(.*)" for all), each once.
struct SqlTouched {
  std::vector<std::string> tables, columns;
};

/// Reads SQL by recursive descent. Parse functions answer whether what they name was there; when not, the caller goes
/// back to its own mark. Depth and steps are bounded.
class SqlParser {
 public:
  SqlParser(std::vector<SqlToken> tokens, SqlFamily family) : tokens_(std::move(tokens)), family_(family) {}

  /// Whether all of the text is statements.
  bool run();

  const SqlTouched& touched() const { return touched_; }
  std::size_t trouble_at() const { return tokens_[furthest_].at; }  ///< the furthest place that was understood
  const std::string& limit() const { return limit_; }               ///< which limit was met; empty when none

 private:
  class Depth;
  struct Table {
    std::string database = "null", name;
    bool joined = false;
  };

  bool is(unsigned families) const { return (family_ & families) != 0; }
  const SqlToken& token(std::size_t ahead = 0) const;
  bool step();
  bool take();
  bool sign(std::string_view text);
  bool at_sign(std::string_view text) const;
  bool word(std::string_view upper);
  bool words(std::initializer_list<std::string_view> uppers);
  bool one_of(std::initializer_list<std::string_view> uppers);
  bool at_word(std::string_view upper, std::size_t ahead = 0) const;
  bool at_any(std::initializer_list<std::string_view> uppers) const;
  bool kind(SqlToken::Kind kind);
  template <class Item>
  bool list(Item item);
  template <class Body>
  bool in_parentheses(Body body);
  template <class Part>
  bool maybe(Part part);

  // sql_names.cpp
  bool any_name(std::string& name);
  bool name(std::string& name);
  bool alias();
  bool alias_name(std::string& name);
  bool column(std::string& name);
  bool table_name(Table& table);
  bool name_list();
  bool touches_last() const;
  void touch_table(std::string_view action, const Table& table);
  void touch_column(std::string_view action, std::string_view table, std::string_view column);

  // sql_statements.cpp
  bool statement();
  bool change_statement();
  bool other_statement();
  bool assignment();
  bool set_statement();
  bool show_statement();
  bool grant_statement();
  bool lock_statement();
  bool transaction_statement();

  // sql_select.cpp
  bool query();
  bool select();
  bool with_clause();
  bool select_items();
  bool select_item();
  bool table_list(std::vector<Table>& tables);
  bool table_source(std::vector<Table>& tables);
  bool join(std::vector<Table>& tables);
  bool into_clause();
  bool order_by();
  bool limit_clause();
  bool locking();
  bool window_body();
  bool window_frame();
  bool values_clause(std::optional<std::size_t> columns);
  bool at_query() const;

  // sql_expressions.cpp
  bool expression();
  bool conditions(bool commas);
  bool and_expression();
  bool not_expression();
  bool comparison();
  bool comparison_rest();
  bool in_rest();
  bool like_rest();
  bool sum();
  bool product();
  bool unary();
  bool postfix();
  bool primary();
  bool column_reference();
  bool expression_list();

  // sql_functions.cpp
  bool function();
  bool aggregate();
  bool special_function();
  bool plain_function();
  bool over();
  bool cast();
  bool case_expression();
  bool interval();
  bool literal();
  bool data_type();

  // sql_changes.cpp
  bool insert();
  bool insert_body(const Table& table);
  bool conflict();
  bool returning();
  bool update();
  bool remove();
  bool set_list(std::vector<Table>& tables);

  // sql_definitions.cpp
  bool create();
  bool create_table();
  bool create_index();
  bool create_view();
  bool create_other();
  bool definition(std::string_view action);
  bool column_definition(std::string_view action);
  bool column_option();
  bool constraint();
  bool index_definition();
  bool references();
  bool table_option();
  bool alter();
  bool alter_action();
  bool drop();

  std::vector<SqlToken> tokens_;
  SqlFamily family_;
  std::size_t at_ = 0, furthest_ = 0, steps_ = 0, depth_ = 0;
  std::string limit_;
  SqlTouched touched_;
  std::map<std::string, std::string, std::less<>> aliases_;
};

/// Counts how deep the parser is; not `ok()` beyond the bound.
class SqlParser::Depth {
 public:
  explicit Depth(SqlParser& parser) : parser_(parser) {
    constexpr std::size_t kMost = 150;
    if (++parser_.depth_ > kMost && parser_.limit_.empty()) parser_.limit_ = "SQL nested deeper than 150 levels";
  }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;
  ~Depth() { --parser_.depth_; }
  bool ok() const { return parser_.limit_.empty(); }

 private:
  SqlParser& parser_;
};

/// Items with commas between them, at least one.
template <class Item>
bool SqlParser::list(Item item) {
  if (!item()) return false;
  while (true) {
    const std::size_t mark = at_;
    if (!sign(",")) return true;
    if (!item()) {
      at_ = mark;
      return true;
    }
  }
}

template <class Body>
bool SqlParser::in_parentheses(Body body) {
  const std::size_t mark = at_;
  if (sign("(") && body() && sign(")")) return true;
  at_ = mark;
  return false;
}

/// Always true; goes back when the part is not there.
template <class Part>
bool SqlParser::maybe(Part part) {
  const std::size_t mark = at_;
  if (!part()) at_ = mark;
  return true;
}

}  // namespace assay::markup
