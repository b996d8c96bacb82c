#include <algorithm>

#include "templates/parser.hpp"
#include "templates/refused.hpp"
#include "templates/trouble.hpp"
#include "text/javascript_text.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Token::Kind;

/// Whether a tag takes the white space before it away: {%- {{- {#-
bool drops_before(const Token& token) {
  if (token.is(Kind::comment)) return token.text[2] == '-';
  return (token.is(Kind::block_start) || token.is(Kind::variable_start)) && token.text.back() == '-';
}

}  // namespace

/// Up to the end of the template or a tag of `until`, whose name is then the next token.
void Parser::body(const Tags& until) {
  for (;;) {
    Token token = take();
    switch (token.kind) {
      case Kind::data:
        data(std::move(token));
        break;
      case Kind::comment:
        drop_space_ = token.text[token.text.size() - 3] == '-';
        break;
      case Kind::variable_start: {
        append(program_.code, expression());
        write(Op::output, token.at);
        const Token end = take();
        if (!end.is(Kind::variable_end)) unexpected(end, "}}");
        drop_space_ = end.text.front() == '-';
        break;
      }
      case Kind::block_start: {
        drop_space_ = false;
        const Token& tag = peek();
        if (!tag.is(Kind::symbol)) unexpected(tag, "the name of a tag");
        if (std::find(until.begin(), until.end(), tag.text) != until.end()) return;
        statement(tag.text);
        break;
      }
      case Kind::end:
        return;
      default:
        unexpected(token, "text or a tag");
    }
  }
}

void Parser::data(Token token) {
  std::string_view text = token.text;
  if (drop_space_) text = text::trim_start(text);
  drop_space_ = false;
  if (drops_before(peek())) text = text::trim_end(text);
  if (text.empty()) return;
  program_.texts.push_back(text::to_utf16(text));
  write(Op::text, token.at, static_cast<std::int32_t>(program_.texts.size() - 1));
}

void Parser::statement(const std::string& tag) {
  const Level level(*this, peek().at);
  const std::string name = tag;
  if (name == "if") return if_statement();
  if (name == "for") return for_statement();
  if (name == "set") return set_statement();
  if (name == "raw" || name == "verbatim") return raw_statement(name);
  if (const std::string_view why = refused_tag(name); !why.empty()) {
    fail("the tag " + name + " is refused: " + std::string(why), peek().at, Fault::Kind::refused);
  }
  fail("unknown tag " + name, peek().at);
}

void Parser::if_statement() {
  std::vector<std::size_t> to_end;
  for (;;) {
    const Token tag = take();  // if, elif or elseif
    append(program_.code, expression());
    end_block(tag.text);
    const std::size_t to_next = write_jump(Op::jump_unless, tag.at);
    body({"elif", "elseif", "else", "endif"});
    if (peek().is(Kind::end)) fail("{% if %} has no {% endif %}", tag.at);
    const bool last = peek().is(Kind::symbol, "endif");
    if (!last) to_end.push_back(write_jump(Op::jump, tag.at));
    land(to_next);
    if (!last && !peek().is(Kind::symbol, "else")) continue;
    if (!last) {
      end_tag("else");
      body({"endif"});
    }
    break;
  }
  end_tag("endif");
  for (const std::size_t jump : to_end) land(jump);
}

void Parser::for_statement() {
  const Token tag = take();
  LoopNames names;
  std::map<std::string, std::int32_t, std::less<>> scope;
  do {
    const std::size_t at = peek().at;
    const std::string name = variable_name("a variable for the loop");
    if (name == "loop") fail("a loop's variable cannot be called loop", at, Fault::Kind::refused);
    names.names.push_back(name_index(name));
    names.slots.push_back(program_.slots);
    scope[name] = program_.slots++;
  } while (skip_mark(","));
  if (!skip_word("in")) unexpected(peek(), "in");
  const auto loop = static_cast<std::int32_t>(program_.loops.size());
  program_.loops.push_back(std::move(names));

  write(Op::loop_begin, tag.at);
  append(program_.code, expression());
  end_block("for");
  scopes_.push_back(std::move(scope));
  const std::size_t over = write_jump(Op::loop_over, tag.at);
  const std::size_t next = write_jump(Op::loop_next, tag.at);
  program_.code[over].a = program_.code[next].a = loop;
  body({"endfor", "else"});
  const std::size_t back = write_jump(Op::jump, tag.at);
  program_.code[back].a = static_cast<std::int32_t>(next) - static_cast<std::int32_t>(back);
  land(over);
  land(next);
  if (skip_word("else")) {
    end_block("else");
    write(Op::loop_empty, tag.at, loop);
    const std::size_t past = write_jump(Op::jump_unless, tag.at);
    body({"endfor"});
    land(past);
  }
  if (peek().is(Kind::end)) fail("{% for %} has no {% endfor %}", tag.at);
  end_tag("endfor");
  scopes_.pop_back();
  write(Op::loop_end, tag.at);
}

void Parser::set_statement() {
  const Token tag = take();
  std::vector<std::string> names;
  do {
    const std::size_t at = peek().at;
    names.push_back(variable_name("a name to set"));
    if (names.back() == "loop") fail("loop cannot be set", at, Fault::Kind::refused);
  } while (skip_mark(","));
  if (skip_mark("=")) {
    append(program_.code, expression());
    end_block("set");
    return write_set(names, tag.at);
  }
  if (!peek().is(Kind::block_end)) unexpected(peek(), "= or %}");
  take();  // a - here drops nothing, as in Nunjucks
  const std::size_t begin = write_jump(Op::capture_begin, tag.at);
  program_.code[begin].a = static_cast<std::int32_t>(program_.loops.size());
  body({"endset"});
  if (peek().is(Kind::end)) fail("{% set %} has no {% endset %}", tag.at);
  end_tag("endset");
  program_.code[begin].b = static_cast<std::int32_t>(program_.loops.size());
  write(Op::capture_end, tag.at);
  write_set(names, tag.at);
}

void Parser::write_set(const std::vector<std::string>& names, std::size_t at) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i + 1 < names.size()) write(Op::copy, at);
    const std::optional<std::int32_t> slot = slot_of(names[i]);
    write(Op::set, at, name_index(names[i]), slot ? *slot + 1 : 0);
  }
}

void Parser::raw_statement(const std::string& tag) {
  const Token begin = take();
  end_block(tag);
  const std::string_view text = lexer_.raw(tag);
  if (text.empty()) return;
  program_.texts.push_back(text::to_utf16(text));
  write(Op::text, begin.at, static_cast<std::int32_t>(program_.texts.size() - 1));
}

void Parser::end_block(std::string_view statement) {
  const Token token = take();
  if (!token.is(Kind::block_end)) unexpected(token, "%} at the end of " + std::string(statement));
  if (token.text.front() == '-') drop_space_ = true;
}

void Parser::end_tag(std::string_view name) {
  if (!skip_word(name)) unexpected(peek(), name);
  end_block(name);
}

std::string Parser::variable_name(std::string_view what) {
  const Token token = take();
  if (!token.is(Kind::symbol)) unexpected(token, what);
  if (token.text.find_first_of("\"\\") != std::string::npos || token.text == "__proto__") {
    fail("\"" + token.text + "\" cannot be the name of a variable", token.at, Fault::Kind::refused);
  }
  const Token& after = peek();
  if (after.is(Kind::mark, ".") || after.is(Kind::mark, "[") || after.is(Kind::mark, "("))
    unexpected(after, "one name");
  return token.text;
}

}  // namespace assay::templates
