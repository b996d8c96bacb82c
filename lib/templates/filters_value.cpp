#include <algorithm>
#include <cmath>

#include "json/document.hpp"
#include "templates/compare.hpp"
#include "templates/convert.hpp"
#include "templates/filter_functions.hpp"
#include "templates/members.hpp"
#include "templates/read_json.hpp"
#include "templates/trouble.hpp"
#include "templates/write_json.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

/// The object that named arguments have become, if there is one.
const Object* named_arguments(const Arguments& args) {
  if (args.size() == 0) return nullptr;
  const Value& last = args[args.size() - 1];
  return last.is(Kind::object) && last.object().find(u"__keywords") != nullptr ? &last.object() : nullptr;
}

}  // namespace

std::u16string_view require_text(const Value& value) {
  if (!value.is_texty()) raise("needs a text, not " + kind_name(value));
  return value.text();
}

Value like(Budget& budget, const Value& original, std::u16string text) {
  return original.is(Kind::marked) ? marked_value(budget, std::move(text)) : text_value(budget, std::move(text));
}

Value normalized(const Value& value) {
  static const auto empty = std::make_shared<const std::u16string>();
  const bool nothing = value.is_nothing() || (value.is(Kind::boolean) && !value.boolean());
  return nothing ? Value(empty) : value;
}

Items items_like_a_list(Budget& budget, const Value& value) {
  if (value.is_nothing()) return {};
  if (value.is(Kind::list)) {
    budget.step(value.items().size());
    return value.items();
  }
  Items items;
  const Value length = member(budget, value, u"length");
  for (std::size_t index = 0; less(budget, Value(static_cast<double>(index)), length); ++index) {
    budget.iterate();
    items.push_back(element(budget, value, index));
  }
  return items;
}

Items by_name(Budget& budget, const Arguments& args, std::initializer_list<std::u16string_view> names) {
  const Object* named = named_arguments(args);
  const std::size_t positional = args.size() - (named == nullptr ? 0 : 1);
  Items all;
  for (const std::u16string_view name : names) {
    budget.step();
    const std::size_t index = all.size();
    const Value* found = index >= positional && named != nullptr ? named->find(name) : nullptr;
    all.push_back(index < positional ? args[index] : found != nullptr ? *found : Value());
  }
  return all;
}

Value attribute(Budget& budget, const Value& item, const Value& path) {
  if (!truthy(path)) return item;
  Value at = item;
  const std::u16string all = to_text(budget, path);
  const bool dotted = path.is(Kind::text);
  for (std::size_t begin = 0; begin <= all.size();) {
    const std::size_t end = dotted ? std::min(all.find(u'.', begin), all.size()) : all.size();
    const std::u16string_view part = std::u16string_view(all).substr(begin, end - begin);
    if (!has_own(budget, at, part)) return {};
    at = member(budget, at, part);
    begin = end + 1;
  }
  return at;
}

Value filter_default(Budget&, const Arguments& args) {
  const bool keep = truthy(args[2]) ? truthy(args[0]) : !args[0].is(Kind::undefined);
  return keep ? args[0] : args[1];
}

Value filter_dump(Budget& budget, const Arguments& args) {
  std::optional<std::u16string> text = json_text(budget, args[0], args[1]);
  return text ? text_value(budget, std::move(*text)) : Value();
}

Value filter_load(Budget& budget, const Arguments& args) {
  const std::string text = text::to_utf8(to_text(budget, args[0]));
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = budget.limits().max_value_depth;
  limits.max_values = budget.limits().max_steps;
  const auto document = json::parse(text, limits);
  if (!document) raise("not JSON: " + to_string(document.error()));
  return read_json(budget, document->root());
}

}  // namespace assay::templates
