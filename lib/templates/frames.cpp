#include "templates/frames.hpp"

#include <algorithm>

#include "templates/inherited.hpp"
#include "templates/read_json.hpp"
#include "templates/refused.hpp"
#include "templates/trouble.hpp"
#include "templates/write_json.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

Value object_as_text(Budget& budget, const Value& value) {
  return value.is(Kind::object) || value.is(Kind::list) ? text_value(budget, *json_text(budget, value, Value()))
                                                        : value;
}

/// promptfoo's reading of a variable for a judge's prompt: an object is its JSON text, a list keeps its plain elements.
Value as_json(Budget& budget, const Value& value) {
  if (!value.is(Kind::list)) return object_as_text(budget, value);
  Items items;
  for (const Value& item : value.items()) items.push_back(object_as_text(budget, item));
  return list_value(budget, std::move(items));
}

[[noreturn]] void refuse(std::u16string_view name, std::string_view why) {
  throw Trouble{Fault::Kind::refused, "\"" + text::to_utf8(name) + "\" is refused: " + std::string(why),
                Trouble::nowhere};
}

}  // namespace

Frames::Frames(const Program& program, json::View variables, Objects objects, Budget& budget)
    : program_(program),
      variables_(variables),
      objects_(objects),
      budget_(budget),
      frames_(1),
      given_(program.names.size()) {}

Value Frames::get(std::int32_t name) {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    budget_.step();
    if (const Value* found = find(*frame, name)) return *found;
    if (frame->loop && program_.names[static_cast<std::size_t>(name)] == u"loop") return Value(frame->loop);
  }
  return given(name);
}

bool Frames::knows(std::int32_t name) {
  const std::u16string& text = program_.names[static_cast<std::size_t>(name)];
  const bool set = std::any_of(frames_.begin(), frames_.end(), [&](const Frame& frame) { return find(frame, name); });
  return set || given_[static_cast<std::size_t>(name)] || variables_.get(text::to_utf8(text)).exists();
}

void Frames::set(std::int32_t name, const Value& value) {
  Frame* home = &frames_.back();
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    budget_.step();
    if (find(*frame, name) == nullptr) continue;
    home = &*frame;
    break;
  }
  const bool top = frames_.size() == 1;
  if (top) given_[static_cast<std::size_t>(name)] = value;
  home->variables[name] = value;
}

void Frames::bind(std::int32_t name, const Value& value) {
  frames_.back().variables[name] = value;
}

Object& Frames::loop() {
  std::shared_ptr<Object>& loop = frames_.back().loop;
  if (!loop) {
    budget_.build(1024);
    loop = std::make_shared<Object>();
  }
  return *loop;
}

const Value* Frames::find(const Frame& frame, std::int32_t name) {
  const auto found = frame.variables.find(name);
  return found == frame.variables.end() || found->second.is(Kind::undefined) ? nullptr : &found->second;
}

Value Frames::given(std::int32_t name) {
  std::optional<Value>& cached = given_[static_cast<std::size_t>(name)];
  if (cached) return *cached;
  const std::u16string& text = program_.names[static_cast<std::size_t>(name)];
  const json::View found = variables_.get(text::to_utf8(text));
  if (!found.exists()) {
    if (is_inherited(Kind::object, text)) refuse(text, "it is built into JavaScript's values");
    if (const std::string_view why = refused_global(text); !why.empty()) refuse(text, why);
    return {};
  }
  const Value value = read_json(budget_, found);
  cached = objects_ == Objects::json ? as_json(budget_, value) : value;
  return *cached;
}

}  // namespace assay::templates
