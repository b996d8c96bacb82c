#include "templates/compare.hpp"
#include "templates/convert.hpp"
#include "templates/machine.hpp"
#include "templates/members.hpp"
#include "templates/trouble.hpp"

namespace assay::templates {

using Kind = Value::Kind;

void Machine::begin_capture(const Instruction& instruction) {
  for (std::int32_t loop = instruction.a; loop < instruction.b; ++loop) {
    lengths_[static_cast<std::size_t>(loop)] = Value();
    for (const std::int32_t slot : program_.loops[static_cast<std::size_t>(loop)].slots) {
      slots_[static_cast<std::size_t>(slot)] = Value();
    }
  }
  written_.emplace_back();
}

bool Machine::begin_loop(const LoopNames& names, std::size_t loop) {
  Value value = pop();
  if (!truthy(value)) return false;
  Turning turning;
  if (value.is(Kind::marked)) {  // goes character by character, a text unit by unit
    turning.value = characters(budget_, value.text());
  } else {
    turning.value = std::move(value);
  }
  turning.by_key = names.names.size() > 1 && !turning.value.is(Kind::list);
  if (turning.by_key) {
    turning.keys = keys(budget_, turning.value);
    turning.length = Value(static_cast<double>(turning.keys.size()));
  } else {
    turning.length = member(budget_, turning.value, u"length");
  }
  lengths_[loop] = turning.length;
  turning_.push_back(std::move(turning));
  return true;
}

bool Machine::turn(const LoopNames& names) {
  Turning& turning = turning_.back();
  if (!less(budget_, Value(static_cast<double>(turning.index)), turning.length)) {
    turning_.pop_back();
    return false;
  }
  budget_.iterate();
  bind(names, turning);
  bind_loop(turning);
  ++turning.index;
  return true;
}

void Machine::bind(const LoopNames& names, Turning& turning) {
  const auto slot = [&](std::size_t number) -> Value& { return slots_[static_cast<std::size_t>(names.slots[number])]; };
  if (turning.by_key) {
    const std::u16string& key = turning.keys[turning.index];
    slot(0) = text_value(budget_, key);
    slot(1) = member(budget_, turning.value, key);
    frames_.bind(names.names[0], slot(0));
    frames_.bind(names.names[1], slot(1));
    return;
  }
  const Value item = element(budget_, turning.value, turning.index);
  if (names.names.size() == 1) {
    slot(0) = item;
    frames_.bind(names.names[0], item);
    return;
  }
  if (item.is_nothing()) raise("an element of the list is " + kind_name(item) + " and cannot be taken apart");
  for (std::size_t i = 0; i < names.names.size(); ++i) slot(i) = element(budget_, item, i);
}

void Machine::bind_loop(const Turning& turning) {
  Object& loop = frames_.loop();
  const auto index = static_cast<double>(turning.index);
  const double length = to_number(budget_, turning.length);
  loop.set(u"index", Value(index + 1));
  loop.set(u"index0", Value(index));
  loop.set(u"revindex", Value(length - index));
  loop.set(u"revindex0", Value(length - index - 1));
  loop.set(u"first", Value(turning.index == 0));
  loop.set(u"last", Value(index == length - 1));
  loop.set(u"length", turning.length);
}

}  // namespace assay::templates
