#include "text/unit_set.hpp"

#include <algorithm>

namespace assay::text {

void UnitSet::add(char16_t first, char16_t last) {
  std::vector<Range> merged;
  Range added{first, last};
  for (const Range& range : ranges_) {
    if (int{range.last} + 1 < int{added.first}) {
      merged.push_back(range);
    } else if (int{added.last} + 1 < int{range.first}) {
      merged.push_back(added);
      added = range;
    } else {
      added = {std::min(range.first, added.first), std::max(range.last, added.last)};
    }
  }
  merged.push_back(added);
  ranges_ = std::move(merged);
}

void UnitSet::add(const UnitSet& other) {
  for (const Range& range : other.ranges_) add(range.first, range.last);
}

UnitSet UnitSet::complement() const {
  UnitSet rest;
  int next = 0;
  for (const Range& range : ranges_) {
    if (range.first > next)
      rest.ranges_.push_back({static_cast<char16_t>(next), static_cast<char16_t>(range.first - 1)});
    next = range.last + 1;
  }
  if (next <= 0xFFFF) rest.ranges_.push_back({static_cast<char16_t>(next), 0xFFFF});
  return rest;
}

bool UnitSet::contains(char16_t unit) const {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [unit](const Range& r) { return r.first <= unit && unit <= r.last; });
}

UnitSet UnitSet::digits() {
  UnitSet set;
  set.add('0', '9');
  return set;
}

UnitSet UnitSet::word() {
  UnitSet set = digits();
  set.add('A', 'Z');
  set.add('a', 'z');
  set.add('_', '_');
  return set;
}

UnitSet UnitSet::space() {
  UnitSet set;
  set.add('\t', '\r');
  for (const char16_t unit : {u' ', u'\u00A0', u'\u1680', u'\u202F', u'\u205F', u'\u3000', u'\uFEFF'})
    set.add(unit, unit);
  set.add(u'\u2000', u'\u200A');
  set.add(u'\u2028', u'\u2029');
  return set;
}

UnitSet UnitSet::line_terminators() {
  UnitSet set;
  set.add('\n', '\n');
  set.add('\r', '\r');
  set.add(u'\u2028', u'\u2029');
  return set;
}

}  // namespace assay::text
