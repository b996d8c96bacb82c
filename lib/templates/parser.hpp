#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "templates/fault.hpp"
#include "templates/infix.hpp"
#include "templates/lexer.hpp"
#include "templates/program.hpp"

namespace assay::templates {

/// Reads a template and writes its program, in one pass and by Nunjucks' grammar. Throws Trouble. Recursion is bounded
/// by Limits::max_depth. Used once.
class Parser {
 public:
  Parser(std::string source, const Limits& limits);
  Program parse();

 private:
  // parse_statement.cpp
  using Tags = std::vector<std::string_view>;
  void body(const Tags& until);
  void data(Token token);
  void statement(const std::string& tag);
  void if_statement();
  void for_statement();
  void set_statement();
  void raw_statement(const std::string& tag);
  void end_block(std::string_view statement);  ///< expects %} or -%}
  void end_tag(std::string_view name);         ///< expects the name and %}
  std::string variable_name(std::string_view what);
  void write_set(const std::vector<std::string>& names, std::size_t at);

  // parse_expression.cpp
  Code expression();
  void disjunction(Infix& parts);
  void conjunction(Infix& parts);
  void negated(Infix& parts);
  void membership(Infix& parts);
  void question(Infix& parts);
  void comparison(Infix& parts);
  void concatenation(Infix& parts);
  void arithmetic(Infix& parts);
  void floor_division(Infix& parts);
  void remainder(Infix& parts);
  void power(Infix& parts);
  void unary(Infix& parts);

  // parse_value.cpp
  Code primary();
  Code symbol(const Token& token);
  Code postfix(Code code, std::string_view name);
  Code list(const Token& open);
  Code group(const Token& open);
  Code object(const Token& open);
  bool closes(const Token& open, bool first);  ///< skips a comma or the end of what `open` began
  Code filtered(Code input);
  struct Arguments {
    Code code;
    std::int32_t count = 0;
  };
  Arguments arguments();

  // parser.cpp
  Token take();
  const Token& peek();
  bool skip(Token::Kind kind, std::string_view text);
  bool skip_word(std::string_view word) { return skip(Token::Kind::symbol, word); }
  bool skip_mark(std::string_view mark) { return skip(Token::Kind::mark, mark); }
  [[noreturn]] void fail(std::string message, std::size_t at, Fault::Kind kind = Fault::Kind::syntax) const;
  [[noreturn]] void unexpected(const Token& token, std::string_view wanted) const;

  std::int32_t constant(Value value);
  std::int32_t constant_text(std::string_view text);
  std::int32_t name_index(std::string_view name);
  std::optional<std::int32_t> slot_of(std::string_view name) const;
  void write(Op op, std::size_t at, std::int32_t a = 0, std::int32_t b = 0) {
    program_.code.push_back(make(op, at, a, b));
  }
  std::size_t write_jump(Op op, std::size_t at);  ///< its target is set by land()
  void land(std::size_t jump);                    ///< the jump leads here

  /// One level of nesting while it lives.
  class Level {
   public:
    Level(Parser& parser, std::size_t at);
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  Program program_;
  Lexer lexer_;
  std::optional<Token> peeked_;
  std::size_t depth_ = 0;
  bool drop_space_ = false;  ///< the tag before ended with -
  std::map<std::string, std::int32_t, std::less<>> name_indices_;
  std::map<std::string, std::int32_t, std::less<>> text_indices_;
  std::vector<std::map<std::string, std::int32_t, std::less<>>> scopes_;  ///< loops' variables → slots
};

}  // namespace assay::templates
