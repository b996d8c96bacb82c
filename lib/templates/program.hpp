#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "templates/limits.hpp"
#include "templates/value.hpp"

namespace assay::templates {

/// What the machine can do. Each line: what it takes from the stack → what it leaves; `a` and `b` of the instruction.
enum class Op : std::uint8_t {
  text,         ///< writes text a
  output,       ///< value → ; writes it, nothing for undefined and null
  constant,     ///< → constant a
  variable,     ///< → the variable of name a
  slot,         ///< → slot a (a loop's own variable); its name is b
  member,       ///< value key → value[key]
  property,     ///< value → value.(name a)
  range,        ///< a arguments → a list of numbers; b is the name "range", which no variable may have
  list,         ///< a values → a list
  object,       ///< as many values as shape a has keys → an object
  pop,          ///< value →
  copy,         ///< value → value value
  jump,         ///< by a, counted from this instruction
  jump_unless,  ///< condition → ; by a when it is false
  both,         ///< value → value and a jump by a when it is false, else → nothing
  either,       ///< value → value and a jump by a when it is true, else → nothing
  add,
  subtract,
  multiply,
  divide,
  modulo,
  floor,  ///< number → the whole number below
  power,
  negate,
  plus,
  negation,
  equal,
  unequal,
  same,
  not_same,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  in,             ///< key value → boolean
  filter,         ///< b arguments → filter a of them
  test,           ///< b arguments → test a of them
  set,            ///< value → ; assigns name a, and slot b - 1 unless b is 0
  capture_begin,  ///< what is written from here on is kept; loops a to b - 1 are as if they had never run
  capture_end,    ///< → the text kept
  loop_begin,     ///< opens a scope
  loop_over,      ///< value → ; starts loop a; jumps by b when the value is false
  loop_next,      ///< the next turn of loop a; jumps by b when there is none
  loop_empty,     ///< → whether loop a had nothing to go through
  loop_end        ///< closes the scope
};

struct Instruction {
  Op op = Op::pop;
  std::int32_t a = 0, b = 0;
  std::uint32_t at = 0;  ///< byte of the template, for faults
};

/// Instructions whose jumps are relative: pieces may be joined freely.
using Code = std::vector<Instruction>;

/// `{% for a, b in … %}`
struct LoopNames {
  std::vector<std::int32_t> names;  ///< indices of Program::names
  std::vector<std::int32_t> slots;  ///< where the values of this turn are
};

/// A compiled template. Never changes: any number of machines may run it at once.
struct Program {
  std::string source;
  Limits limits;
  Code code;
  std::vector<std::u16string> texts;
  std::vector<Value> constants;
  std::vector<std::u16string> names;
  std::vector<std::vector<std::u16string>> shapes;  ///< keys of objects
  std::vector<LoopNames> loops;
  std::int32_t slots = 0;
};

}  // namespace assay::templates
