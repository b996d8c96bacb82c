#include "markup/sql_token.hpp"

#include <algorithm>
#include <array>

#include "markup/space.hpp"

namespace assay::markup {
namespace {

using Kind = SqlToken::Kind;
constexpr std::size_t npos = std::string_view::npos;

bool ascii_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

/// Letters beyond ASCII begin words in the ranges that the grammars know: Latin and Chinese.
bool foreign_letter(std::string_view text, std::size_t at, SqlFamily family) {
  const char32_t c = text::next_character(text, at).code_point;
  return family != sql_sqlite && ((c >= 0xC0 && c <= 0x17F) || (c >= 0x4E00 && c <= 0x9FA5));
}

class Reader {
 public:
  Reader(std::string_view text, SqlFamily family) : text_(text), family_(family) {}

  Result<std::vector<SqlToken>, SqlTokenFault> run() {
    if (text_.size() > max_sql_bytes) return failure(SqlTokenFault{"SQL longer than 1 MiB", 0, true});
    for (skip(); at_ < text_.size() && fault_.empty(); skip()) {
      if (tokens_.size() == max_sql_tokens) return failure(SqlTokenFault{"SQL of more than 200000 words", at_, true});
      next();
    }
    if (!fault_.empty()) return failure(SqlTokenFault{fault_, at_, false});
    tokens_.push_back({Kind::end, {}, text_.size()});
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool is(unsigned families) const { return (family_ & families) != 0; }

  void skip() {
    for (std::size_t before = npos; before != at_;) {
      before = at_;
      at_ = past_spaces(text_, at_);
      if (peek() == '/' && peek(1) == '*') {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == npos) return fail("a comment without its end");
        at_ = end + 2;
      } else if ((peek() == '-' && peek(1) == '-') || (peek() == '#' && is(sql_my | sql_sqlite))) {
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      }
    }
  }

  void fail(const char* why) { fault_ = why; }

  void add(Kind kind, std::size_t begin, std::size_t end, std::size_t next) {
    tokens_.push_back({kind, text_.substr(begin, end - begin), at_});
    at_ = next;
  }

  void next() {
    const char c = peek();
    if (c == '\'') return quoted(Kind::text, '\'');
    if (c == '"') return quoted(Kind::quoted, '"');
    if (c == '`') return quoted(Kind::backtick, '`');
    if (c == '[' && is(sql_sqlite | sql_other) && is_letter(peek(1))) return quoted(Kind::bracket, ']');
    if (c == '$' && is(sql_postgres | sql_other) && dollar_quoted()) return;
    if (is_letter(c) || c == '_' || (static_cast<unsigned char>(c) >= 0x80 && foreign_letter(text_, at_, family_))) {
      return word();
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(1)) && is(sql_postgres) && !after_name())) return number();
    if (c == '@' || c == '$') return variable();
    if (c == ':' && (is_letter(peek(1)) || peek(1) == '_')) return prefixed(Kind::param, 1);
    sign();
  }

  bool after_name() const { return !tokens_.empty() && tokens_.back().kind != Kind::sign; }

  void quoted(Kind kind, char quote) {
    const bool escapes = kind == Kind::text || kind == Kind::quoted || kind == Kind::backtick;
    for (std::size_t end = at_ + 1; end < text_.size(); ++end) {
      if (escapes && text_[end] == '\\' && end + 1 < text_.size()) {
        ++end;
      } else if (text_[end] == quote) {
        if (end + 1 < text_.size() && text_[end + 1] == quote)
          ++end;
        else
          return add(kind, at_ + 1, end, end + 1);
      }
    }
    fail("a quote without its end");
  }

  bool dollar_quoted() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && ascii_word(text_[end])) ++end;
    if (end >= text_.size() || text_[end] != '$' || is_digit(text_[at_ + 1])) return false;
    const std::string_view mark = text_.substr(at_, end + 1 - at_);
    const std::size_t close = text_.find(mark, end + 1);
    if (close == npos) return false;
    add(Kind::text, end + 1, close, close + mark.size());
    return true;
  }

  std::size_t end_of_word(std::size_t end) const {
    while (end < text_.size() &&
           (ascii_word(text_[end]) || text_[end] == '$' || static_cast<unsigned char>(text_[end]) >= 0x80)) {
      if (space_at(text_, end) > 0) break;
      ++end;
    }
    return end;
  }

  void word() {
    const std::size_t end = end_of_word(at_);
    add(Kind::word, at_, end, end);
    std::string& upper = tokens_.back().upper;
    upper = std::string(tokens_.back().text);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }

  std::size_t past_digits(std::size_t at) const {
    while (at < text_.size() && is_digit(text_[at])) ++at;
    return at;
  }

  void number() {
    std::size_t end = past_digits(at_);
    if (end < text_.size() && text_[end] == '.') end = past_digits(end + 1);
    if (end < text_.size() && lower(text_[end]) == 'e') {
      std::size_t digits = end + 1;
      if (digits < text_.size() && (text_[digits] == '+' || text_[digits] == '-')) ++digits;
      if (past_digits(digits) > digits) end = past_digits(digits);
    }
    if (end_of_word(end) > end) return word();
    add(Kind::number, at_, end, end);
  }

  void prefixed(Kind kind, std::size_t prefix) {
    std::size_t end = at_ + prefix;
    while (end < text_.size() && (ascii_word(text_[end]) || text_[end] == '.')) ++end;
    add(kind, at_ + prefix, end, end);
  }

  void variable() {
    const std::size_t prefix = peek() == '@' && peek(1) == '@' ? 2 : 1;
    if (!ascii_word(peek(prefix))) return sign();
    prefixed(Kind::variable, prefix);
  }

  void sign() {
    constexpr auto signs = std::to_array<std::string_view>({"<=>", "->>", "#>>", "!~*", "->", "#>", "#-", "@>",
                                                            "<@",  "?|",  "?&",  "::",  ":=", "<=", ">=", "<>",
                                                            "!=",  "==",  "||",  "&&",  "<<", ">>", "!~", "~*"});
    for (const std::string_view known : signs) {
      if (text_.substr(at_).starts_with(known)) return add(Kind::sign, at_, at_ + known.size(), at_ + known.size());
    }
    if (std::string_view("()[],;.=<>+-*/%!~&|^?:@").find(peek()) == npos || peek() == '\0') {
      return fail("a character that begins nothing in SQL");
    }
    add(Kind::sign, at_, at_ + 1, at_ + 1);
  }

  std::string_view text_;
  SqlFamily family_;
  std::size_t at_ = 0;
  std::vector<SqlToken> tokens_;
  std::string fault_;
};

}  // namespace

Result<std::vector<SqlToken>, SqlTokenFault> read_sql_tokens(std::string_view text, SqlFamily family) {
  return Reader(text, family).run();
}

}  // namespace assay::markup
