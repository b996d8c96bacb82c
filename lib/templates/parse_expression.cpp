#include <algorithm>
#include <array>

#include "templates/parser.hpp"
#include "templates/questions.hpp"

namespace assay::templates {
namespace {

using Kind = Token::Kind;

struct Sign {
  std::string_view mark;
  Op op;
};
constexpr std::array kComparisons = std::to_array<Sign>({{"==", Op::equal},
                                                         {"===", Op::same},
                                                         {"!=", Op::unequal},
                                                         {"!==", Op::not_same},
                                                         {"<", Op::less},
                                                         {">", Op::greater},
                                                         {"<=", Op::less_or_equal},
                                                         {">=", Op::greater_or_equal}});
constexpr std::array kArithmetic =
    std::to_array<Sign>({{"+", Op::add}, {"-", Op::subtract}, {"*", Op::multiply}, {"/", Op::divide}});

template <class Signs>
const Sign* find_sign(const Signs& signs, const Token& token) {
  const auto found =
      std::find_if(signs.begin(), signs.end(), [&](const Sign& sign) { return token.is(Kind::mark, sign.mark); });
  return found == signs.end() ? nullptr : &*found;
}

}  // namespace

Code Parser::expression() {
  const Level level(*this, peek().at);
  Infix parts;
  disjunction(parts);
  Code value = parts.take();
  const std::size_t at = peek().at;
  if (!skip_word("if")) return value;
  disjunction(parts);
  Code code = parts.take(), other;
  if (skip_word("else")) {
    disjunction(parts);
    other = parts.take();
  } else {
    other.push_back(make(Op::constant, at, constant_text("")));
  }
  code.push_back(make(Op::jump_unless, at, static_cast<std::int32_t>(value.size()) + 2));
  append(code, std::move(value));
  code.push_back(make(Op::jump, at, static_cast<std::int32_t>(other.size()) + 1));
  append(code, std::move(other));
  return code;
}

void Parser::disjunction(Infix& parts) {
  conjunction(parts);
  for (std::size_t at = peek().at; skip_word("or"); at = peek().at) {
    parts.infix(Op::either, at);
    conjunction(parts);
  }
}

void Parser::conjunction(Infix& parts) {
  negated(parts);
  for (std::size_t at = peek().at; skip_word("and"); at = peek().at) {
    parts.infix(Op::both, at);
    negated(parts);
  }
}

void Parser::negated(Infix& parts) {
  for (std::size_t at = peek().at; skip_word("not"); at = peek().at) parts.prefix(Op::negation, at);
  membership(parts);
}

void Parser::membership(Infix& parts) {
  const std::size_t from = parts.size();
  question(parts);
  for (;;) {
    const std::size_t at = peek().at;
    const bool inverted = skip_word("not");
    if (!skip_word("in")) {
      if (inverted) unexpected(peek(), "in");
      return;
    }
    Infix right;
    question(right);
    Code code = parts.take(from);
    append(code, right.take());
    code.push_back(make(Op::in, at));
    if (inverted) parts.prefix(Op::negation, at);
    parts.operand(std::move(code));
  }
}

void Parser::question(Infix& parts) {
  const std::size_t from = parts.size();
  comparison(parts);
  const std::size_t at = peek().at;
  if (!skip_word("is")) return;
  const bool inverted = skip_word("not");
  const Token name = take();
  const bool named = name.is(Kind::symbol) || name.is(Kind::none) || name.is(Kind::boolean) || name.is(Kind::string);
  if (!named) unexpected(name, "the name of a test");
  const auto index = find_question(name.is(Kind::none) ? "null" : name.text);
  if (!index) fail("unknown test " + name.text, name.at);
  Code code = parts.take(from);
  std::int32_t count = 1;
  if (peek().is(Kind::mark, "(")) {
    Arguments more = arguments();
    if (more.count > 1) fail("a test takes one argument", name.at);
    append(code, std::move(more.code));
    count += more.count;
  }
  const Token& after = peek();
  if (after.is(Kind::mark) && std::string_view(")]},:=").find(after.text) == std::string_view::npos) {
    unexpected(after, "nothing more (put the test in parentheses)");
  }
  code.push_back(make(Op::test, at, *index, count));
  if (inverted) parts.prefix(Op::negation, at);
  parts.operand(std::move(code));
}

void Parser::comparison(Infix& parts) {
  concatenation(parts);
  while (const Sign* sign = find_sign(kComparisons, peek())) {
    parts.infix(sign->op, take().at);
    concatenation(parts);
  }
}

void Parser::concatenation(Infix& parts) {
  arithmetic(parts);
  while (peek().is(Kind::mark, "~")) {
    const std::size_t at = take().at;
    parts.infix(Op::add, at);
    parts.operand({make(Op::constant, at, constant_text(""))});
    parts.infix(Op::add, at);
    arithmetic(parts);
  }
}

void Parser::arithmetic(Infix& parts) {
  floor_division(parts);
  while (const Sign* sign = find_sign(kArithmetic, peek())) {
    parts.infix(sign->op, take().at);
    floor_division(parts);
  }
}

void Parser::floor_division(Infix& parts) {
  const std::size_t from = parts.size();
  remainder(parts);
  while (peek().is(Kind::mark, "//")) {
    const std::size_t at = take().at;
    parts.infix(Op::divide, at);
    remainder(parts);
    Code code = parts.take(from);
    code.push_back(make(Op::floor, at));
    parts.operand(std::move(code));
  }
}

void Parser::remainder(Infix& parts) {
  power(parts);
  while (peek().is(Kind::mark, "%")) {
    parts.infix(Op::modulo, take().at);
    power(parts);
  }
}

void Parser::power(Infix& parts) {
  const std::size_t from = parts.size();
  unary(parts);
  while (peek().is(Kind::mark, "**")) {
    const std::size_t at = take().at;
    Infix right;
    unary(right);
    Code code = parts.take(from);
    append(code, right.take());
    code.push_back(make(Op::power, at));
    parts.operand(std::move(code));
  }
}

void Parser::unary(Infix& parts) {
  const std::size_t from = parts.size();
  for (;;) {
    const std::size_t at = peek().at;
    if (skip_mark("-")) {
      parts.prefix(Op::negate, at);
    } else if (skip_mark("+")) {
      parts.prefix(Op::plus, at);
    } else {
      break;
    }
  }
  parts.operand(primary());
  if (peek().is(Kind::mark, "|")) parts.operand(filtered(parts.take(from)));
}

}  // namespace assay::templates
