#include "regex/char_set.hpp"

#include <algorithm>
#include <utility>

namespace assay::regex {

CharSet::CharSet(const text::UnitSet& units) {
  for (const auto& range : units.ranges()) ranges_.push_back({range.first, range.last});
}

CharSet CharSet::of(std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.first < b.first; });
  CharSet set;
  for (const Range& range : ranges) {
    if (!set.ranges_.empty() && range.first <= set.ranges_.back().last + 1) {
      set.ranges_.back().last = std::max(set.ranges_.back().last, range.last);
    } else {
      set.ranges_.push_back(range);
    }
  }
  return set;
}

void CharSet::add(char32_t first, char32_t last) {
  // The ranges that overlap or touch the new one become one with it.
  const auto begin = std::lower_bound(ranges_.begin(), ranges_.end(), first,
                                      [](const Range& range, char32_t c) { return range.last + 1 < c; });
  auto end = begin;
  for (; end != ranges_.end() && end->first <= last + 1; ++end) {
    first = std::min(first, end->first);
    last = std::max(last, end->last);
  }
  if (begin == end) {
    ranges_.insert(begin, {first, last});
  } else {
    *begin = {first, last};
    ranges_.erase(begin + 1, end);
  }
}

void CharSet::add(const CharSet& other) {
  auto ranges = std::move(ranges_);
  ranges.insert(ranges.end(), other.ranges_.begin(), other.ranges_.end());
  *this = of(std::move(ranges));
}

CharSet CharSet::complement(char32_t last) const {
  CharSet rest;
  char32_t next = 0;
  for (const Range& range : ranges_) {
    if (range.first > next) rest.ranges_.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= last) rest.ranges_.push_back({next, last});
  return rest;
}

bool CharSet::contains(char32_t character) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), character,
                                      [](char32_t c, const Range& range) { return c < range.first; });
  return after != ranges_.begin() && character <= std::prev(after)->last;
}

bool CharSet::overlaps(const CharSet& other) const {
  auto a = ranges_.begin(), b = other.ranges_.begin();
  while (a != ranges_.end() && b != other.ranges_.end()) {
    if (a->last < b->first) {
      ++a;
    } else if (b->last < a->first) {
      ++b;
    } else {
      return true;
    }
  }
  return false;
}

}  // namespace assay::regex
