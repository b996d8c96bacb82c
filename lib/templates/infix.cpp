#include "templates/infix.hpp"

#include <iterator>

#include "templates/trouble.hpp"

namespace assay::templates {
namespace {

/// ECMAScript's, from loose to tight.
int precedence(const Part& part) {
  if (part.kind == Part::Kind::prefix) return 7;
  switch (part.op) {
    case Op::either:
      return 1;
    case Op::both:
      return 2;
    case Op::equal:
    case Op::unequal:
    case Op::same:
    case Op::not_same:
      return 3;
    case Op::less:
    case Op::less_or_equal:
    case Op::greater:
    case Op::greater_or_equal:
      return 4;
    case Op::add:
    case Op::subtract:
      return 5;
    default:
      return 6;
  }
}

/// An operator whose right side is not complete, and where its jump stands if it has one.
struct Open {
  const Part* part = nullptr;
  std::size_t jump = 0;
};

bool jumps(const Part& part) {
  return part.kind == Part::Kind::infix && (part.op == Op::both || part.op == Op::either);
}

void close(Code& code, std::vector<Open>& open) {
  const Open last = open.back();
  open.pop_back();
  if (jumps(*last.part)) {
    code[last.jump].a = static_cast<std::int32_t>(code.size() - last.jump);
  } else {
    code.push_back(make(last.part->op, last.part->at));
  }
}

}  // namespace

void Infix::prefix(Op op, std::size_t at) {
  const bool doubled = !parts_.empty() && parts_.back().kind == Part::Kind::prefix && parts_.back().op == op;
  if (doubled && op != Op::negation) {
    throw Trouble{Fault::Kind::syntax, "two signs in a row: put the second and its number in parentheses", at};
  }
  parts_.push_back({Part::Kind::prefix, op, {}, static_cast<std::uint32_t>(at)});
}

Code Infix::take(std::size_t from) {
  if (parts_.size() == from + 1) {  // an operand alone
    Code code = std::move(parts_[from].code);
    parts_.resize(from);
    return code;
  }
  Code code;
  std::vector<Open> open;
  for (std::size_t at = from; at < parts_.size(); ++at) {
    Part& part = parts_[at];
    if (part.kind == Part::Kind::operand) {
      append(code, std::move(part.code));
      continue;
    }
    const bool infix = part.kind == Part::Kind::infix;
    while (infix && !open.empty() && precedence(*open.back().part) >= precedence(part)) close(code, open);
    open.push_back({&part, code.size()});
    if (jumps(part)) code.push_back(make(part.op, part.at));
  }
  while (!open.empty()) close(code, open);
  parts_.resize(from);
  return code;
}

void append(Code& code, Code more) {
  if (code.empty()) {
    code = std::move(more);
  } else {
    code.insert(code.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
}

Instruction make(Op op, std::size_t at, std::int32_t a, std::int32_t b) {
  return {op, a, b, static_cast<std::uint32_t>(at)};
}

}  // namespace assay::templates
