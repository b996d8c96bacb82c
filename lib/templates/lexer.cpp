#include "templates/lexer.hpp"

#include <algorithm>
#include <array>

#include "templates/trouble.hpp"
#include "text/javascript_text.hpp"

namespace assay::templates {
namespace {

using Kind = Token::Kind;

constexpr std::string_view kMarks = "()[]{}%*-+~/#,:|.<>=!";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

[[noreturn]] void fail(std::string message, std::size_t at, Fault::Kind kind = Fault::Kind::syntax) {
  throw Trouble{kind, std::move(message), at};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The longest operator that begins here.
std::string_view mark_at(std::string_view rest) {
  constexpr std::array kLong = {std::string_view("==="), std::string_view("!=="), std::string_view("=="),
                                std::string_view("!="),  std::string_view("<="),  std::string_view(">="),
                                std::string_view("//"),  std::string_view("**")};
  for (const std::string_view mark : kLong) {
    if (rest.starts_with(mark)) return mark;
  }
  return rest.substr(0, 1);
}

/// A tag {% raw %} or {% endraw %}: white space inside is free, signs for white space are not known here.
struct RawTag {
  std::size_t begin = 0, end = 0;
  bool closes = false;
};

bool read_raw_tag(std::string_view source, std::size_t at, std::string_view tag, RawTag& found) {
  const std::string_view inside = source.substr(at + 2);
  std::string_view rest = inside.substr(inside.size() - text::trim_start(inside).size());
  const bool closes = rest.starts_with("end");
  if (closes) rest.remove_prefix(3);
  if (!rest.starts_with(tag)) return false;
  rest = text::trim_start(rest.substr(tag.size()));
  if (!rest.starts_with("%}")) return false;
  found = {at, static_cast<std::size_t>(rest.data() - source.data()) + 2, closes};
  return true;
}

}  // namespace

Token Lexer::next() {
  if (in_code_) {
    while (skip_space()) {
    }
  }
  if (at_ >= source_.size()) return {Kind::end, {}, source_.size()};
  return in_code_ ? code() : data();
}

Token Lexer::data() {
  const std::size_t begin = at_;
  for (const std::string_view tag : {std::string_view("{%-"), std::string_view("{%")}) {
    if (skip(tag)) return in_code_ = true, Token{Kind::block_start, std::string(tag), begin};
  }
  for (const std::string_view tag : {std::string_view("{{-"), std::string_view("{{")}) {
    if (skip(tag)) return in_code_ = true, Token{Kind::variable_start, std::string(tag), begin};
  }
  if (skip("{#")) {
    const std::size_t end = source_.find("#}", at_);
    if (end == std::string_view::npos) fail("a comment {# has no end #}", begin);
    at_ = end + 2;
    return {Kind::comment, std::string(source_.substr(begin, at_ - begin)), begin};
  }
  for (; at_ < source_.size(); ++at_) {
    at_ = source_.find_first_of("{#", at_);
    if (at_ == std::string_view::npos) at_ = source_.size();
    if (looking_at("{%") || looking_at("{{") || looking_at("{#")) break;
    if (looking_at("#}")) fail("#} ends a comment that has not begun", at_);
  }
  at_ = std::min(at_, source_.size());
  return {Kind::data, std::string(source_.substr(begin, at_ - begin)), begin};
}

Token Lexer::code() {
  const std::size_t begin = at_;
  const char c = source_[at_];
  if (c == '"' || c == '\'') return string_literal(c);
  for (const std::string_view tag : {std::string_view("%}"), std::string_view("-%}")}) {
    if (skip(tag)) return in_code_ = false, Token{Kind::block_end, std::string(tag), begin};
  }
  for (const std::string_view tag : {std::string_view("}}"), std::string_view("-}}")}) {
    if (skip(tag)) return in_code_ = false, Token{Kind::variable_end, std::string(tag), begin};
  }
  if (looking_at("r/")) {
    fail("r/ begins a regular expression, which templates do not have; write r / … to divide", begin,
         Fault::Kind::refused);
  }
  if (kMarks.find(c) == std::string_view::npos) return number_or_name();
  const std::string_view mark = mark_at(source_.substr(at_));
  at_ += mark.size();
  return {Kind::mark, std::string(mark), begin};
}

Token Lexer::string_literal(char quote) {
  Token token{Kind::string, {}, at_++};
  for (; at_ < source_.size() && source_[at_] != quote; ++at_) {
    if (source_[at_] != '\\') {
      token.text += source_[at_];
      continue;
    }
    if (++at_ == source_.size()) break;
    const char c = source_[at_];
    token.text += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }
  if (at_ >= source_.size()) fail("a string has no end", token.at);
  ++at_;
  return token;
}

Token Lexer::number_or_name() {
  const std::size_t begin = at_;
  while (at_ < source_.size() && kMarks.find(source_[at_]) == std::string_view::npos &&
         std::string_view(" \n\t\r").find(source_[at_]) == std::string_view::npos && !looking_at(kNoBreakSpace)) {
    ++at_;
  }
  const std::string_view word = source_.substr(begin, at_ - begin);
  if (std::all_of(word.begin(), word.end(), is_digit)) {
    if (!skip(".")) return {Kind::integer, std::string(word), begin};
    while (at_ < source_.size() && is_digit(source_[at_])) ++at_;
    return {Kind::decimal, std::string(source_.substr(begin, at_ - begin)), begin};
  }
  const Kind kind = word == "true" || word == "false"  ? Kind::boolean
                    : word == "none" || word == "null" ? Kind::none
                                                       : Kind::symbol;
  return {kind, std::string(word), begin};
}

bool Lexer::skip(std::string_view text) {
  if (!looking_at(text)) return false;
  at_ += text.size();
  return true;
}

bool Lexer::skip_space() {
  return skip(" ") || skip("\n") || skip("\t") || skip("\r") || skip(kNoBreakSpace);
}

std::string_view Lexer::raw(std::string_view tag) {
  const std::size_t begin = at_;
  std::size_t level = 1, end = begin;
  RawTag found;
  for (std::size_t at = source_.find("{%", begin); at != std::string_view::npos; at = source_.find("{%", at)) {
    if (!read_raw_tag(source_, at, tag, found)) {
      at += 1;
      continue;
    }
    level += found.closes ? std::size_t(-1) : 1;
    at = at_ = found.end;
    end = level == 0 ? found.begin : found.end;
    if (level > 0) continue;
    if (source_.substr(found.begin, found.end - found.begin).find('\n') != std::string_view::npos) {
      fail("an end tag of " + std::string(tag) + " stands on one line", found.begin);
    }
    break;
  }
  return source_.substr(begin, end - begin);
}

}  // namespace assay::templates
