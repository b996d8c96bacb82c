#pragma once
#include <cstddef>
#include <vector>

#include "templates/program.hpp"

namespace assay::templates {

/// A part of an expression: an operand that is compiled already, or an operator.
struct Part {
  enum class Kind : std::uint8_t { operand, prefix, infix };
  Kind kind = Kind::operand;
  Op op = Op::pop;
  Code code;
  std::uint32_t at = 0;
};

/// The parts of an expression in the order they are written. Nunjucks reads templates with its own precedence but
/// writes what it read as JavaScript without parentheses, so that JavaScript's precedence decides: `1 ~ 2 + 3` is
/// "123", `not a == b` is `(!a) == b`. The parser therefore groups only what Nunjucks wraps in a call, and joins the
/// rest here.
class Infix {
 public:
  std::size_t size() const { return parts_.size(); }
  void operand(Code code) { parts_.push_back({Part::Kind::operand, Op::pop, std::move(code), 0}); }
  void prefix(Op op, std::size_t at);  ///< refuses -- and ++, which JavaScript takes for other operators
  void infix(Op op, std::size_t at) { parts_.push_back({Part::Kind::infix, op, {}, static_cast<std::uint32_t>(at)}); }

  /// Takes the parts from `from` on out and joins them by JavaScript's precedence.
  Code take(std::size_t from = 0);

 private:
  std::vector<Part> parts_;
};

void append(Code& code, Code more);
Instruction make(Op op, std::size_t at, std::int32_t a = 0, std::int32_t b = 0);

}  // namespace assay::templates
