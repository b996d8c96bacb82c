#include <algorithm>

#include "json/number.hpp"
#include "templates/convert.hpp"
#include "templates/filters.hpp"
#include "templates/parser.hpp"
#include "templates/refused.hpp"

namespace assay::templates {
namespace {

using Kind = Token::Kind;

double integer_value(const std::string& digits) {
  const std::size_t begin = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return json::parse_number(std::string_view(digits).substr(begin)).value_or(0);
}

double decimal_value(std::string text) {
  std::size_t used = 0;
  return leading_number(text, used);
}

}  // namespace

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
