#include "templates/parser.hpp"

#include "templates/trouble.hpp"
#include "text/utf16.hpp"

namespace assay::templates {

Parser::Parser(std::string source, const Limits& limits) : lexer_({}) {
  program_.source = std::move(source);
  program_.limits = limits;
  lexer_ = Lexer(program_.source);
}

Program Parser::parse() {
  body({});
  return std::move(program_);
}

Token Parser::take() {
  if (!peeked_) return lexer_.next();
  Token token = std::move(*peeked_);
  peeked_.reset();
  return token;
}

const Token& Parser::peek() {
  if (!peeked_) peeked_ = lexer_.next();
  return *peeked_;
}

bool Parser::skip(Token::Kind kind, std::string_view text) {
  if (!peek().is(kind, text)) return false;
  peeked_.reset();
  return true;
}

void Parser::fail(std::string message, std::size_t at, Fault::Kind kind) const {
  throw Trouble{kind, std::move(message), at};
}

void Parser::unexpected(const Token& token, std::string_view wanted) const {
  const std::string found = token.is(Token::Kind::end) ? "the end of the template" : "\"" + token.text + "\"";
  fail("expected " + std::string(wanted) + ", found " + found, token.at);
}

std::int32_t Parser::constant(Value value) {
  program_.constants.push_back(std::move(value));
  return static_cast<std::int32_t>(program_.constants.size() - 1);
}

std::int32_t Parser::constant_text(std::string_view text) {
  const auto known = text_indices_.find(text);
  if (known != text_indices_.end()) return known->second;
  const std::int32_t index = constant(Value(std::make_shared<const std::u16string>(text::to_utf16(text))));
  text_indices_.emplace(text, index);
  return index;
}

std::int32_t Parser::name_index(std::string_view name) {
  const auto known = name_indices_.find(name);
  if (known != name_indices_.end()) return known->second;
  program_.names.push_back(text::to_utf16(name));
  const auto index = static_cast<std::int32_t>(program_.names.size() - 1);
  name_indices_.emplace(name, index);
  return index;
}

std::optional<std::int32_t> Parser::slot_of(std::string_view name) const {
  for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
    const auto found = scope->find(name);
    if (found != scope->end()) return found->second;
  }
  return std::nullopt;
}

std::size_t Parser::write_jump(Op op, std::size_t at) {
  write(op, at);
  return program_.code.size() - 1;
}

void Parser::land(std::size_t jump) {
  Instruction& instruction = program_.code[jump];
  const auto by = static_cast<std::int32_t>(program_.code.size() - jump);
  const bool in_b = instruction.op == Op::loop_over || instruction.op == Op::loop_next;
  (in_b ? instruction.b : instruction.a) = by;
}

Parser::Level::Level(Parser& parser, std::size_t at) : parser_(parser) {
  if (parser.depth_ >= parser.program_.limits.max_depth) {
    parser.fail("the template nests too deep (max_depth " + std::to_string(parser.program_.limits.max_depth) + ")", at,
                Fault::Kind::limit);
  }
  ++parser.depth_;
}

}  // namespace assay::templates
