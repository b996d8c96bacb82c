#include <cmath>

#include "templates/convert.hpp"
#include "templates/filter_functions.hpp"
#include "templates/inherited.hpp"
#include "templates/members.hpp"
#include "templates/questions.hpp"
#include "templates/trouble.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

void require_something(const Value& value) {
  if (value.is_nothing()) raise("needs a value, not " + kind_name(value));
}

const Items& require_list(const Value& value) {
  if (!value.is(Kind::list)) raise("needs a list, not " + kind_name(value));
  return value.items();
}

/// `value.length`, NaN when it has none.
double length_of(Budget& budget, const Value& value) {
  require_something(value);
  return to_number(budget, member(budget, value, u"length"));
}

/// `Array.prototype.slice.call(value)` without its holes.
Items sliced(Budget& budget, const Value& value) {
  require_something(value);
  if (value.is(Kind::marked)) return {};
  if (!value.is(Kind::object)) return items_like_a_list(budget, value);
  Items items;
  const double length = length_of(budget, value);
  for (const Object::Member* entry : value.object().ordered()) {
    std::size_t index = 0;
    budget.step();
    if (is_index(entry->first, index) && static_cast<double>(index) < length) items.push_back(entry->second);
  }
  return items;
}

Value by_test(Budget& budget, const Arguments& args, bool wanted) {
  const std::u16string name = args[1].is(Kind::undefined) ? u"truthy" : to_text(budget, args[1]);
  const auto question = find_question(text::to_utf8(name));
  if (!question) raise("unknown test " + text::to_utf8(name));
  Items kept;
  for (const Value& item : sliced(budget, args[0])) {
    budget.step();
    const Value asked[] = {item, args[2]};
    if (answer_question(*question, budget, {asked, 2}) == wanted) kept.push_back(item);
  }
  return list_value(budget, std::move(kept));
}

Value by_attribute(Budget& budget, const Arguments& args, bool wanted) {
  Items kept;
  for (const Value& item : require_list(args[0])) {
    if (item.is_nothing()) raise("an element is " + kind_name(item));
    if (truthy(member(budget, item, args[1])) == wanted) kept.push_back(item);
  }
  return list_value(budget, std::move(kept));
}

Value entry_of(Budget& budget, const std::u16string& key, const Value& value) {
  Object entry;
  entry.set(u"key", text_value(budget, key));
  entry.set(u"value", value);
  return object_value(budget, std::move(entry));
}

/// `value.slice(from, to)` of a list or a text.
Value part(Budget& budget, const Value& value, double from, double to, const Value* fill) {
  const auto size = static_cast<double>(value.is(Kind::list) ? value.items().size() : value.text().size());
  const auto place = [size](double at) {
    const double whole = to_integer(at);
    return static_cast<std::size_t>(whole < 0 ? std::max(size + whole, 0.0) : std::min(whole, size));
  };
  const std::size_t begin = place(from), end = std::max(begin, place(to));
  if (!value.is(Kind::list)) {
    if (fill != nullptr) raise("only pieces of a list can be filled up");
    return text_value(budget, std::u16string(value.text().substr(begin, end - begin)));
  }
  const auto first = value.items().begin();
  Items items(first + static_cast<std::ptrdiff_t>(begin), first + static_cast<std::ptrdiff_t>(end));
  if (fill != nullptr) items.push_back(*fill);
  return list_value(budget, std::move(items));
}

}  // namespace

Value filter_batch(Budget& budget, const Arguments& args) {
  const double length = length_of(budget, args[0]), size = to_number(budget, args[1]);
  Items batches, batch;
  const auto finish = [&] {
    batches.push_back(list_value(budget, std::move(batch)));
    batch = {};
  };
  for (std::size_t i = 0; static_cast<double>(i) < length; ++i) {
    budget.iterate();
    if (std::fmod(static_cast<double>(i), size) == 0 && !batch.empty()) finish();
    batch.push_back(element(budget, args[0], i));
  }
  if (batch.empty()) return list_value(budget, {});
  while (truthy(args[2]) && static_cast<double>(batch.size()) < size) {
    budget.iterate();
    batch.push_back(args[2]);
  }
  finish();
  return list_value(budget, std::move(batches));
}

Value filter_first(Budget& budget, const Arguments& args) {
  require_something(args[0]);
  return element(budget, args[0], 0);
}

Value filter_groupby(Budget& budget, const Arguments& args) {
  const double length = length_of(budget, args[0]);
  std::vector<std::u16string> keys;
  std::map<std::u16string, Items> groups;
  for (std::size_t i = 0; static_cast<double>(i) < length; ++i) {
    budget.iterate();
    const Value item = element(budget, args[0], i);
    std::u16string key = to_text(budget, attribute(budget, item, args[1]));
    if (is_inherited(Kind::object, key)) raise("a group cannot be called " + text::to_utf8(key));
    Items& group = groups[key];
    if (group.empty()) keys.push_back(std::move(key));
    group.push_back(item);
  }
  Object result;
  for (std::u16string& key : keys) {
    Value group = list_value(budget, std::move(groups[key]));
    result.set(std::move(key), std::move(group));
  }
  return object_value(budget, std::move(result));
}

Value filter_join(Budget& budget, const Arguments& args) {
  const std::u16string between = truthy(args[1]) ? to_text(budget, args[1]) : u"";
  Items items;
  if (truthy(args[2])) {
    items = items_like_a_list(budget, args[0]);
    for (Value& item : items) {
      if (item.is_nothing()) raise("an element is " + kind_name(item));
      item = member(budget, item, args[2]);
    }
  } else {
    items = require_list(args[0]);
  }
  std::u16string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    budget.step();
    if (i > 0) {
      budget.build(2 * between.size());
      out += between;
    }
    if (!items[i].is_nothing()) append_text(budget, out, items[i]);
  }
  return text_value(budget, std::move(out));
}

Value filter_last(Budget& budget, const Arguments& args) {
  return member(budget, args[0], Value(length_of(budget, args[0]) - 1));
}

Value filter_length(Budget& budget, const Arguments& args) {
  const Value value = normalized(args[0]);
  if (value.is(Kind::object)) return Value(static_cast<double>(value.object().size()));
  return member(budget, value, u"length");
}

Value filter_list(Budget& budget, const Arguments& args) {
  const Value& value = args[0];
  if (value.is(Kind::list)) return value;
  if (value.is(Kind::text)) return units(budget, value.text());
  if (!value.is(Kind::object) && !value.is(Kind::marked))
    raise("goes through texts, lists and objects, not " + kind_name(value));
  Items entries;
  for (const std::u16string& key : keys(budget, value)) {
    entries.push_back(
        entry_of(budget, key, value.is(Kind::object) ? *value.object().find(key) : member(budget, value, key)));
  }
  return list_value(budget, std::move(entries));
}

Value filter_reject(Budget& budget, const Arguments& args) {
  return by_test(budget, args, false);
}

Value filter_rejectattr(Budget& budget, const Arguments& args) {
  return by_attribute(budget, args, false);
}

Value filter_reverse(Budget& budget, const Arguments& args) {
  if (args[0].is(Kind::text)) {
    budget.read(args[0].text().size());
    return text_value(budget, std::u16string(args[0].text().rbegin(), args[0].text().rend()));
  }
  Items items = items_like_a_list(budget, args[0]);
  return list_value(budget, Items(items.rbegin(), items.rend()));
}

Value filter_select(Budget& budget, const Arguments& args) {
  return by_test(budget, args, true);
}

Value filter_selectattr(Budget& budget, const Arguments& args) {
  return by_attribute(budget, args, true);
}

Value filter_slice(Budget& budget, const Arguments& args) {
  const double slices = to_number(budget, args[1]), length = length_of(budget, args[0]);
  const double each = std::floor(length / slices), extra = std::fmod(length, slices);
  Items pieces;
  double offset = 0;
  for (double i = 0; i < slices; ++i) {
    budget.iterate();
    if (!args[0].is(Kind::list) && !args[0].is_texty()) raise("cuts lists and texts, not " + kind_name(args[0]));
    const double start = offset + i * each;
    if (i < extra) ++offset;
    const bool fill = truthy(args[2]) && i >= extra;
    pieces.push_back(part(budget, args[0], start, offset + (i + 1) * each, fill ? &args[2] : nullptr));
  }
  return list_value(budget, std::move(pieces));
}

}  // namespace assay::templates
