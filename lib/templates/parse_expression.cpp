#include <algorithm>
#include <array>

#include "json/number.hpp"
#include "templates/filters.hpp"
#include "templates/javascript.hpp"
#include "templates/parser.hpp"
#include "templates/questions.hpp"
#include "templates/refused.hpp"
#include "templates/trouble.hpp"

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

double integer_value(const std::string& digits) {
  const std::size_t begin = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return json::parse_number(std::string_view(digits).substr(begin)).value_or(0);
}

double decimal_value(std::string text) {
  std::size_t used = 0;
  return leading_number(text, used);
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

Code Parser::primary() {
  const Token token = take();
  const auto literal = [&](Value value) { return Code{make(Op::constant, token.at, constant(std::move(value)))}; };
  Code code;
  switch (token.kind) {
    case Kind::string:
      code = {make(Op::constant, token.at, constant_text(token.text))};
      break;
    case Kind::integer:
      code = literal(Value(integer_value(token.text)));
      break;
    case Kind::decimal:
      code = literal(Value(decimal_value(token.text)));
      break;
    case Kind::boolean:
      code = literal(Value(token.text == "true"));
      break;
    case Kind::none:
      code = literal(Value(Value::Null{}));
      break;
    case Kind::symbol:
      return postfix(symbol(token), token.text);
    case Kind::mark:
      if (token.text == "(") {
        code = group(token);
      } else if (token.text == "[") {
        code = list(token);
      } else if (token.text == "{") {
        code = object(token);
      } else {
        unexpected(token, "a value");
      }
      break;
    default:
      unexpected(token, "a value");
  }
  return postfix(std::move(code), {});
}

Code Parser::symbol(const Token& token) {
  if (token.text.find_first_of("\"\\") != std::string::npos || token.text == "__proto__") {
    fail("\"" + token.text + "\" cannot be the name of a variable", token.at, Fault::Kind::refused);
  }
  const std::int32_t name = name_index(token.text);
  if (const auto slot = slot_of(token.text)) return {make(Op::slot, token.at, *slot, name)};
  return {make(Op::variable, token.at, name)};
}

Code Parser::postfix(Code code, std::string_view name) {
  for (;; name = {}) {
    const Token& next = peek();
    const std::size_t at = next.at;
    if (next.is(Kind::mark, "(")) {
      if (name != "range" || code.back().op != Op::variable) {
        fail("calls are refused: templates have filters, not functions", at, Fault::Kind::refused);
      }
      Arguments numbers = arguments();
      numbers.code.push_back(make(Op::range, at, numbers.count, code.back().a));
      code = std::move(numbers.code);
    } else if (skip_mark("[")) {
      append(code, expression());
      const Token end = take();
      if (!end.is(Kind::mark, "]") && !end.is(Kind::mark, ")") && !end.is(Kind::mark, "}")) unexpected(end, "]");
      code.push_back(make(Op::member, at));
    } else if (skip_mark(".")) {
      const Token key = take();
      if (!key.is(Kind::symbol)) unexpected(key, "a name after the dot");
      if (key.text == "__proto__") fail("__proto__ is refused", key.at, Fault::Kind::refused);
      code.push_back(make(Op::property, key.at, name_index(key.text)));
    } else {
      return code;
    }
  }
}

/// Nunjucks lets any closing bracket end what any opening one began.
bool Parser::closes(const Token& open, bool first) {
  if (skip_mark(")") || skip_mark("]") || skip_mark("}")) return true;
  if (!first && !skip_mark(",")) {
    unexpected(peek(), "a comma or the end of what \"" + open.text + "\" began");
  }
  return false;
}

Code Parser::list(const Token& open) {
  Code code;
  std::int32_t count = 0;
  for (; !closes(open, count == 0); ++count) append(code, expression());
  code.push_back(make(Op::list, open.at, count));
  return code;
}

/// Several values in parentheses are JavaScript's comma: the last one counts.
Code Parser::group(const Token& open) {
  Code code;
  bool first = true;
  for (; !closes(open, first); first = false) {
    if (!first) code.push_back(make(Op::pop, open.at));
    append(code, expression());
  }
  if (first) fail("there is nothing in the parentheses", open.at);
  return code;
}

Code Parser::object(const Token& open) {
  Code code;
  std::vector<std::u16string> keys;
  while (!closes(open, keys.empty())) {
    const Token key = take();
    if (!key.is(Kind::symbol) && !key.is(Kind::string)) unexpected(key, "a key (a name or a string)");
    if (key.text == "__proto__") fail("__proto__ is refused", key.at, Fault::Kind::refused);
    if (!skip_mark(":")) unexpected(peek(), ": after the key");
    keys.push_back(program_.names[static_cast<std::size_t>(name_index(key.text))]);
    append(code, expression());
  }
  program_.shapes.push_back(std::move(keys));
  code.push_back(make(Op::object, open.at, static_cast<std::int32_t>(program_.shapes.size() - 1)));
  return code;
}

Code Parser::filtered(Code input) {
  while (skip_mark("|")) {
    const Token first = take();
    if (!first.is(Kind::symbol)) unexpected(first, "the name of a filter");
    std::string name = first.text;
    while (skip_mark(".")) name += "." + take().text;
    if (const std::string_view why = refused_filter(name); !why.empty()) {
      fail("the filter " + name + " is refused: " + std::string(why), first.at, Fault::Kind::refused);
    }
    const auto index = find_filter(name);
    if (!index) fail("unknown filter " + name, first.at);
    std::int32_t count = 1;
    if (peek().is(Kind::mark, "(")) {
      Arguments more = arguments();
      append(input, std::move(more.code));
      count += more.count;
      const Token& after = peek();
      if (after.is(Kind::mark, ".") || after.is(Kind::mark, "[") || after.is(Kind::mark, "(")) {
        unexpected(after, "nothing more after the filter's arguments");
      }
    }
    input.push_back(make(Op::filter, first.at, *index, count));
  }
  return input;
}

/// ( value, …, name = value, … ): named ones become one object, the last argument.
Parser::Arguments Parser::arguments() {
  Arguments all;
  Code named;
  std::vector<std::u16string> keys;
  const Token open = take();
  bool first = true;
  for (; !skip_mark(")"); first = false) {
    if (!first && !skip_mark(",")) unexpected(peek(), "a comma or )");
    const Token key = peek();
    Code value = expression();
    if (!skip_mark("=")) {
      append(all.code, std::move(value));
      ++all.count;
      continue;
    }
    const Op op = value.size() == 1 ? value[0].op : Op::pop;
    const bool text = op == Op::constant && key.is(Kind::string);
    if (op != Op::variable && op != Op::slot && !text) fail("a named argument needs a name before its =", key.at);
    if (key.text == "__proto__") fail("__proto__ is refused", key.at, Fault::Kind::refused);
    keys.push_back(program_.names[static_cast<std::size_t>(name_index(key.text))]);
    append(named, expression());
  }
  if (keys.empty()) return all;
  named.push_back(make(Op::constant, open.at, constant(Value(true))));
  keys.emplace_back(u"__keywords");
  program_.shapes.push_back(std::move(keys));
  named.push_back(make(Op::object, open.at, static_cast<std::int32_t>(program_.shapes.size() - 1)));
  append(all.code, std::move(named));
  ++all.count;
  return all;
}

}  // namespace assay::templates
