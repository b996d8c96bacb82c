#include <algorithm>

#include "templates/compare.hpp"
#include "templates/convert.hpp"
#include "templates/filter_functions.hpp"
#include "templates/trouble.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

/// An element and what it is ordered by.
struct Keyed {
  Value item, key;
  Value lowered;  ///< of a text: what it is compared with other texts by
};

Value mapped(Budget& budget, const Value& value, std::u16string (*map)(std::u16string_view)) {
  if (!value.is(Kind::text)) return value;
  budget.read(value.text().size());
  return text_value(budget, map(value.text()));
}

/// A stable sort that asks about the same pairs as V8 does for short lists (a run, then insertion by halving), so that
/// orders which contradict themselves, as mixed kinds do, come out alike. `compare` is below, at or above 0.
template <class Compare>
void insertion_sort(std::vector<Keyed>& all, std::size_t from, std::size_t to, const Compare& compare) {
  std::size_t run = from + 1;
  if (run < to) {
    const bool falling = compare(all[run], all[run - 1]) < 0;
    for (++run; run < to && (compare(all[run], all[run - 1]) < 0) == falling;) ++run;
    if (falling) {
      std::reverse(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(run));
    }
  }
  for (; run < to; ++run) {
    std::size_t low = from, high = run;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (compare(all[run], all[middle]) < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    const auto begin = all.begin();
    std::rotate(begin + static_cast<std::ptrdiff_t>(low), begin + static_cast<std::ptrdiff_t>(run),
                begin + static_cast<std::ptrdiff_t>(run) + 1);
  }
}

/// Merges sorted pieces of 32 until one is left. Short lists are one piece.
template <class Compare>
void sort_stably(std::vector<Keyed>& all, const Compare& compare) {
  constexpr std::size_t kPiece = 32;
  if (all.size() < 2 * kPiece) return insertion_sort(all, 0, all.size(), compare);
  for (std::size_t from = 0; from < all.size(); from += kPiece) {
    insertion_sort(all, from, std::min(from + kPiece, all.size()), compare);
  }
  std::vector<Keyed> merged;
  for (std::size_t width = kPiece; width < all.size(); width *= 2) {
    merged.clear();
    for (std::size_t from = 0; from < all.size(); from += 2 * width) {
      const std::size_t middle = std::min(from + width, all.size()), end = std::min(from + 2 * width, all.size());
      std::size_t left = from, right = middle;
      while (left < middle || right < end) {
        const bool take_right = left == middle || (right < end && compare(all[right], all[left]) < 0);
        merged.push_back(std::move(all[take_right ? right++ : left++]));
      }
    }
    all.swap(merged);
  }
}

Value items_of(Budget& budget, std::vector<Keyed> sorted, std::size_t undefined) {
  Items items;
  for (Keyed& one : sorted) items.push_back(std::move(one.item));
  items.resize(items.size() + undefined);
  return list_value(budget, std::move(items));
}

}  // namespace

Value filter_dictsort(Budget& budget, const Arguments& args) {
  if (!args[0].is(Kind::object)) raise("needs an object, not " + kind_name(args[0]));
  const bool by_value = args[2].is(Kind::text) && args[2].text() == u"value";
  const bool by_key = args[2].is(Kind::undefined) || (args[2].is(Kind::text) && args[2].text() == u"key");
  if (!by_key && !by_value) raise("sorts by \"key\" or \"value\"");
  std::vector<Keyed> pairs;
  for (const Object::Member* entry : args[0].object().ordered()) {
    budget.step();
    const Value key = text_value(budget, entry->first);
    const Value& decides = by_value ? entry->second : key;
    const Value compared = truthy(args[1]) ? decides : mapped(budget, decides, text::to_upper_case);
    pairs.push_back({list_value(budget, {key, entry->second}), compared, {}});
  }
  sort_stably(pairs, [&](const Keyed& a, const Keyed& b) {
    budget.step();
    return less(budget, b.key, a.key) ? 1 : strictly_equal(budget, a.key, b.key) ? 0 : -1;
  });
  return items_of(budget, std::move(pairs), 0);
}

Value filter_sort(Budget& budget, const Arguments& args) {
  const Items given = by_name(budget, args, {u"value", u"reverse", u"case_sensitive", u"attribute"});
  const bool reversed = truthy(given[1]), cased = truthy(given[2]);
  std::vector<Keyed> all;
  const Items items = items_like_a_list(budget, given[0]);
  for (const Value& item : items) {
    if (!item.is(Kind::undefined)) all.push_back({item, {}, {}});  // those go to the end unseen
  }
  const std::size_t undefined = items.size() - all.size();
  for (Keyed& one : all) {
    if (all.size() == 1) break;  // nothing to compare
    one.key = attribute(budget, one.item, given[3]);
    one.lowered = cased ? one.key : mapped(budget, one.key, text::to_lower_case);
  }
  sort_stably(all, [&](const Keyed& a, const Keyed& b) {
    const bool texts = a.key.is(Kind::text) && b.key.is(Kind::text);
    const Value &x = texts ? a.lowered : a.key, &y = texts ? b.lowered : b.key;
    budget.step();
    if (less(budget, x, y)) return reversed ? 1 : -1;
    if (less(budget, y, x)) return reversed ? -1 : 1;
    return 0;
  });
  return items_of(budget, std::move(all), undefined);
}

}  // namespace assay::templates
