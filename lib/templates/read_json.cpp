#include "templates/read_json.hpp"

#include "json/number.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

Value read(Budget& budget, json::View view, std::size_t depth) {
  switch (view.kind()) {
    case json::Kind::missing:
      return {};
    case json::Kind::null:
      return Value(Value::Null{});
    case json::Kind::boolean:
      return Value(view.as_bool().value_or(false));
    case json::Kind::number:
      return Value(json::parse_number(view.number_text()).value_or(0));
    case json::Kind::string: {
      const std::string_view text = view.string_or("");
      budget.build(2 * text.size());
      return Value(std::make_shared<const std::u16string>(text::to_utf16(text)));
    }
    case json::Kind::array: {
      budget.nest(depth + 1);
      budget.step(view.size() / 8);
      Items items;
      items.reserve(view.size());
      for (const json::View element : view.elements()) items.push_back(read(budget, element, depth + 1));
      return list_value(budget, std::move(items));
    }
    case json::Kind::object: {
      budget.nest(depth + 1);
      budget.step(view.size() / 8);
      Object object;
      for (const auto& [key, value] : view.members()) {
        object.set(text::to_utf16(key), read(budget, value, depth + 1));
      }
      return object_value(budget, std::move(object));
    }
  }
  return {};
}

}  // namespace

Value read_json(Budget& budget, json::View view) {
  return read(budget, view, 0);
}

}  // namespace assay::templates
