#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::templates {

/// One piece of a template. `text` is as written; for a string it is what it stands for, a symbol's its name.
struct Token {
  enum class Kind : std::uint8_t {
    end,  ///< of the template
    data,
    comment,
    block_start,
    block_end,
    variable_start,
    variable_end,
    string,
    integer,
    decimal,
    boolean,
    none,
    symbol,
    mark  ///< an operator or a bracket
  };
  Kind kind = Kind::end;
  std::string text;
  std::size_t at = 0;

  bool is(Kind asked) const { return kind == asked; }
  bool is(Kind asked, std::string_view word) const { return kind == asked && text == word; }
};

/// Cuts a template as Nunjucks does, which is lazily: what is text and what is code depends on the tags read so far.
/// Throws Trouble. The template (UTF-8) must outlive the lexer.
class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  Token next();  ///< white space inside tags is left out

  /// What follows `{% raw %}`, up to its end tag, which is skipped. Tags of the same name nest. Empty when nothing ends
  /// it; then the template goes on as if it had not begun.
  std::string_view raw(std::string_view tag);

 private:
  Token data();
  Token code();
  Token string_literal(char quote);
  Token number_or_name();
  bool skip(std::string_view text);
  bool looking_at(std::string_view text) const { return source_.substr(at_).starts_with(text); }
  bool skip_space();

  std::string_view source_;
  std::size_t at_ = 0;
  bool in_code_ = false;
};

}  // namespace assay::templates
