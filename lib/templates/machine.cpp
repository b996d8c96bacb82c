#include "templates/machine.hpp"

#include <cmath>
#include <limits>

#include "templates/compare.hpp"
#include "templates/convert.hpp"
#include "templates/filters.hpp"
#include "templates/members.hpp"
#include "templates/questions.hpp"
#include "templates/trouble.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

/// JavaScript's remainder has the sign of the dividend, as fmod has.
double arithmetic(Op op, double x, double y) {
  switch (op) {
    case Op::subtract:
      return x - y;
    case Op::multiply:
      return x * y;
    case Op::divide:
      return x / y;
    case Op::modulo:
      return std::fmod(x, y);
    case Op::power: {
      const bool undecided = std::isnan(y) || (std::fabs(x) == 1 && std::isinf(y));
      return undecided ? std::numeric_limits<double>::quiet_NaN() : std::pow(x, y);
    }
    default:
      return 0;
  }
}

}  // namespace

Machine::Machine(const Program& program, json::View variables, Objects objects)
    : program_(program),
      budget_(program.limits),
      frames_(program, variables, objects, budget_),
      slots_(static_cast<std::size_t>(program.slots)),
      lengths_(program.loops.size()),
      written_(1) {}

std::u16string Machine::run() {
  const auto size = static_cast<std::ptrdiff_t>(program_.code.size());
  for (std::ptrdiff_t at = 0; at < size;) {
    const Instruction& instruction = program_.code[static_cast<std::size_t>(at)];
    try {
      budget_.step();
      at += execute(instruction);
    } catch (Trouble& trouble) {
      if (trouble.at == Trouble::nowhere) trouble.at = instruction.at;
      throw;
    }
  }
  return std::move(written_.back());
}

std::ptrdiff_t Machine::execute(const Instruction& instruction) {
  const auto a = static_cast<std::size_t>(instruction.a);
  switch (instruction.op) {
    case Op::text:
      write(std::u16string_view(program_.texts[a]));
      return 1;
    case Op::output:
      write(pop());
      return 1;
    case Op::constant:
      push(program_.constants[a]);
      return 1;
    case Op::variable:
      push(frames_.get(instruction.a));
      return 1;
    case Op::slot:
      push(slots_[a]);
      return 1;
    case Op::member: {
      const Value key = pop();
      push(member(budget_, pop(), key));
      return 1;
    }
    case Op::property:
      push(member(budget_, pop(), program_.names[a]));
      return 1;
    case Op::range:
      range(a);
      return 1;
    case Op::list:
      push(list_value(budget_, pop(a)));
      return 1;
    case Op::object:
      object(program_.shapes[a]);
      return 1;
    case Op::pop:
      pop();
      return 1;
    case Op::copy:
      push(stack_.back());
      return 1;
    case Op::jump:
      return instruction.a;
    case Op::jump_unless:
      return truthy(pop()) ? 1 : instruction.a;
    case Op::both:
    case Op::either:
      if (truthy(stack_.back()) == (instruction.op == Op::either)) return instruction.a;
      pop();
      return 1;
    case Op::filter:
    case Op::test:
      call(instruction);
      return 1;
    case Op::set: {
      const Value value = pop();
      if (instruction.b != 0) slots_[static_cast<std::size_t>(instruction.b - 1)] = value;
      frames_.set(instruction.a, value);
      return 1;
    }
    case Op::capture_begin:
      begin_capture(instruction);
      return 1;
    case Op::capture_end: {
      std::u16string text = std::move(written_.back());
      written_.pop_back();
      push(text_value(budget_, std::move(text)));
      return 1;
    }
    case Op::loop_begin:
      frames_.push();
      return 1;
    case Op::loop_over:
      return begin_loop(program_.loops[a], a) ? 1 : instruction.b;
    case Op::loop_next:
      return turn(program_.loops[a]) ? 1 : instruction.b;
    case Op::loop_empty:
      push(Value(!truthy(lengths_[a])));
      return 1;
    case Op::loop_end:
      frames_.pop();
      return 1;
    default:
      calculate(instruction.op);
      return 1;
  }
}

void Machine::calculate(Op op) {
  const Value right = pop();
  switch (op) {
    case Op::negation:
      return push(Value(!truthy(right)));
    case Op::negate:
      return push(Value(-to_number(budget_, right)));
    case Op::plus:
      return push(Value(to_number(budget_, right)));
    case Op::floor:
      return push(Value(std::floor(to_number(budget_, right))));
    default:
      break;
  }
  const Value left = pop();
  switch (op) {
    case Op::add:
      return push(add(budget_, left, right));
    case Op::equal:
      return push(Value(loosely_equal(budget_, left, right)));
    case Op::unequal:
      return push(Value(!loosely_equal(budget_, left, right)));
    case Op::same:
      return push(Value(strictly_equal(budget_, left, right)));
    case Op::not_same:
      return push(Value(!strictly_equal(budget_, left, right)));
    case Op::less:
      return push(Value(less(budget_, left, right)));
    case Op::less_or_equal:
      return push(Value(less_or_equal(budget_, left, right)));
    case Op::greater:
      return push(Value(less(budget_, right, left)));
    case Op::greater_or_equal:
      return push(Value(less_or_equal(budget_, right, left)));
    case Op::in:
      return push(Value(contains(budget_, right, left)));
    default: {
      const double x = to_number(budget_, left), y = to_number(budget_, right);
      return push(Value(arithmetic(op, x, y)));
    }
  }
}

void Machine::write(const Value& value) {
  if (value.is_nothing()) return;
  if (value.is_texty()) return write(value.text());
  write(std::u16string_view(to_text(budget_, value)));
}

void Machine::write(std::u16string_view text) {
  std::u16string& out = written_.back();
  const std::size_t limit = program_.limits.max_output_bytes;
  if (text.size() > limit - out.size()) exceed("the template writes too much", limit, "max_output_bytes");
  budget_.read(text.size());
  out += text;
}

Value Machine::pop() {
  Value value = std::move(stack_.back());
  stack_.pop_back();
  return value;
}

Items Machine::pop(std::size_t count) {
  const auto from = stack_.end() - static_cast<std::ptrdiff_t>(count);
  Items items(std::make_move_iterator(from), std::make_move_iterator(stack_.end()));
  stack_.erase(from, stack_.end());
  return items;
}

/// range(stop), range(start, stop), range(start, stop, step)
void Machine::range(std::size_t count) {
  Items given = pop(count);
  given.resize(3);
  if (given[1].is(Kind::undefined)) given = {Value(0.0), given[0], Value(1.0)};
  if (!truthy(given[2])) given[2] = Value(1.0);
  for (const Value& number : given) {
    if (!number.is(Kind::number)) raise("range takes numbers, not " + kind_name(number));
  }
  const double stop = given[1].number(), step = given[2].number();
  Items numbers;
  for (double i = given[0].number(); step > 0 ? i < stop : i > stop; i += step) {
    budget_.iterate();
    numbers.emplace_back(i);
  }
  push(list_value(budget_, std::move(numbers)));
}

void Machine::object(const std::vector<std::u16string>& keys) {
  Items values = pop(keys.size());
  Object object;
  for (std::size_t i = 0; i < keys.size(); ++i) object.set(keys[i], std::move(values[i]));
  push(object_value(budget_, std::move(object)));
}

void Machine::call(const Instruction& instruction) {
  const auto count = static_cast<std::size_t>(instruction.b);
  const Arguments arguments(stack_.data() + (stack_.size() - count), count);
  Value result = instruction.op == Op::filter ? apply_filter(instruction.a, budget_, arguments)
                                              : Value(answer_question(instruction.a, budget_, arguments));
  stack_.resize(stack_.size() - count);
  push(std::move(result));
}

}  // namespace assay::templates
