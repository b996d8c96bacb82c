#include "templates/members.hpp"

#include <algorithm>
#include <cmath>

#include "templates/compare.hpp"
#include "templates/convert.hpp"
#include "templates/inherited.hpp"
#include "templates/trouble.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

Value text_member(Budget& budget, const Value& value, std::u16string_view key) {
  const std::u16string_view text = value.text();
  std::size_t index = 0;
  if (key == u"length") return Value(static_cast<double>(text.size()));
  if (value.is(Kind::marked)) return key == u"val" ? Value(value.text_pointer()) : Value();
  if (is_index(key, index) && index < text.size()) return text_value(budget, std::u16string(text.substr(index, 1)));
  return {};
}

Value own_member(Budget& budget, const Value& value, std::u16string_view key) {
  std::size_t index = 0;
  switch (value.kind()) {
    case Kind::text:
    case Kind::marked:
      return text_member(budget, value, key);
    case Kind::list:
      if (key == u"length") return Value(static_cast<double>(value.items().size()));
      return is_index(key, index) && index < value.items().size() ? value.items()[index] : Value();
    case Kind::object: {
      const Value* found = value.object().find(key);
      return found == nullptr ? Value() : *found;
    }
    case Kind::undefined:
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
      return {};
  }
  return {};
}

/// For each beginning of the needle the length of the longest of its own beginnings that ends it (Knuth, Morris,
/// Pratt).
std::vector<std::size_t> borders(std::u16string_view needle) {
  std::vector<std::size_t> border(needle.size(), 0);
  for (std::size_t at = 1, length = 0; at < needle.size(); ++at) {
    while (length > 0 && needle[at] != needle[length]) length = border[length - 1];
    if (needle[at] == needle[length]) ++length;
    border[at] = length;
  }
  return border;
}

}  // namespace

Value member(Budget& budget, const Value& value, std::u16string_view key) {
  budget.step();
  const Value own = own_member(budget, value, key);
  if (!own.is(Kind::undefined) || value.is_nothing()) return own;
  if (is_inherited(value.kind(), key)) {
    throw Trouble{Fault::Kind::refused,
                  "\"" + text::to_utf8(key) + "\" is built into JavaScript's values; templates have no access to it",
                  Trouble::nowhere};
  }
  return {};
}

Value member(Budget& budget, const Value& value, const Value& key) {
  if (key.is(Kind::text)) return member(budget, value, key.text());
  if (key.is(Kind::number) && value.is(Kind::list)) {
    const double index = key.number();
    if (index >= 0 && index < static_cast<double>(value.items().size()) && index == std::trunc(index)) {
      budget.step();
      return value.items()[static_cast<std::size_t>(index)];
    }
  }
  return member(budget, value, to_text(budget, key));
}

Value element(Budget& budget, const Value& value, std::size_t index) {
  if (value.is(Kind::list)) return index < value.items().size() ? value.items()[index] : Value();
  return member(budget, value, number_text(static_cast<double>(index)));
}

bool has_own(Budget& budget, const Value& value, std::u16string_view key) {
  if (value.is_nothing()) raise(kind_name(value) + " has no properties");
  budget.step();
  if (value.is(Kind::object)) return value.object().find(key) != nullptr;
  if (value.is(Kind::list)) {  // an undefined element is there all the same
    std::size_t index = 0;
    return key == u"length" || (is_index(key, index) && index < value.items().size());
  }
  return !own_member(budget, value, key).is(Kind::undefined);
}

bool contains(Budget& budget, const Value& value, const Value& key) {
  switch (value.kind()) {
    case Kind::list:
      return std::any_of(value.items().begin(), value.items().end(), [&](const Value& item) {
        budget.step();
        return strictly_equal(budget, item, key);
      });
    case Kind::text: {
      budget.read(value.text().size());
      const std::u16string needle = to_text(budget, key);
      return find(value.text(), needle) != std::u16string_view::npos;
    }
    case Kind::marked:
    case Kind::object: {
      const std::u16string name = to_text(budget, key);
      return has_own(budget, value, name) || is_inherited(value.kind(), name);
    }
    case Kind::undefined:
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
      break;
  }
  raise("\"in\" looks into a text, a list or an object, not into " + kind_name(value));
}

std::vector<std::u16string> keys(Budget& budget, const Value& value) {
  std::vector<std::u16string> all;
  const auto add_key = [&](std::u16string key) {
    budget.step();
    budget.build(sizeof key + 2 * key.size());
    all.push_back(std::move(key));
  };
  if (value.is(Kind::object)) {
    for (const Object::Member* entry : value.object().ordered()) add_key(entry->first);
  } else if (value.is(Kind::marked)) {
    add_key(u"val");
    add_key(u"length");
  } else if (value.is(Kind::text) || value.is(Kind::list)) {
    const std::size_t size = value.is(Kind::list) ? value.items().size() : value.text().size();
    for (std::size_t index = 0; index < size; ++index) add_key(number_text(static_cast<double>(index)));
  }
  return all;
}

std::size_t find(std::u16string_view text, std::u16string_view needle, std::size_t from) {
  if (from > text.size() || needle.size() > text.size() - from) return std::u16string_view::npos;
  if (needle.size() < 4) return text.find(needle, from);
  const std::vector<std::size_t> border = borders(needle);
  for (std::size_t at = from, matched = 0; at < text.size(); ++at) {
    while (matched > 0 && text[at] != needle[matched]) matched = border[matched - 1];
    if (text[at] == needle[matched]) ++matched;
    if (matched == needle.size()) return at + 1 - matched;
  }
  return std::u16string_view::npos;
}

Value characters(Budget& budget, std::u16string_view text) {
  Items items;
  for (std::size_t at = 0; at < text.size();) {
    const bool pair = text[at] >= 0xD800 && text[at] <= 0xDBFF && at + 1 < text.size() && text[at + 1] >= 0xDC00 &&
                      text[at + 1] <= 0xDFFF;
    budget.step();
    items.push_back(text_value(budget, std::u16string(text.substr(at, pair ? 2 : 1))));
    at += pair ? 2 : 1;
  }
  return list_value(budget, std::move(items));
}

Value units(Budget& budget, std::u16string_view text) {
  Items items;
  for (const char16_t unit : text) {
    budget.step();
    items.push_back(text_value(budget, std::u16string(1, unit)));
  }
  return list_value(budget, std::move(items));
}

}  // namespace assay::templates
