#include "regex/case_closure.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "text/case_fold.hpp"

namespace assay::regex {
namespace {

/// No character above this has a case.
constexpr char32_t last_cased = 0x1FFFF;

char32_t canonical(char32_t character, bool unicode) {
  return unicode ? text::canonical_character(character) : text::canonical_unit(static_cast<char16_t>(character));
}

/// The characters that have cases, in groups of those that are the same.
struct Cases {
  std::vector<std::vector<char32_t>> groups;
  std::vector<std::pair<char32_t, std::uint32_t>> members;  ///< character, place in groups; sorted
  CharSet beyond_ascii;
};

bool is_ascii_pair(const std::vector<char32_t>& group) {
  return group.size() == 2 && group[0] < 0x80 && group[1] < 0x80;
}

Cases find_cases(bool unicode) {
  std::map<char32_t, std::vector<char32_t>> same;
  const char32_t last = unicode ? last_cased : last_unit;
  for (char32_t c = 0; c <= last; ++c) {
    const char32_t to = canonical(c, unicode);
    if (to != c) same[to].push_back(c);
  }
  Cases cases;
  std::vector<CharSet::Range> beyond_ascii;
  for (auto& [to, group] : same) {
    if (canonical(to, unicode) == to) group.push_back(to);
    const bool ascii = is_ascii_pair(group);
    for (const char32_t c : group) {
      cases.members.emplace_back(c, static_cast<std::uint32_t>(cases.groups.size()));
      if (!ascii) beyond_ascii.push_back({c, c});
    }
    cases.groups.push_back(std::move(group));
  }
  cases.beyond_ascii = CharSet::of(std::move(beyond_ascii));
  std::sort(cases.members.begin(), cases.members.end());
  return cases;
}

const Cases& cases_of(bool unicode) {
  if (unicode) {
    static const Cases of_characters = find_cases(true);
    return of_characters;
  }
  static const Cases of_units = find_cases(false);
  return of_units;
}

}  // namespace

CharSet case_closure(const CharSet& set, bool unicode) {
  const Cases& cases = cases_of(unicode);
  std::vector<CharSet::Range> ranges = set.ranges();
  for (const CharSet::Range& range : set.ranges()) {
    auto member = std::lower_bound(cases.members.begin(), cases.members.end(), std::pair(range.first, 0u));
    for (; member != cases.members.end() && member->first <= range.last; ++member) {
      for (const char32_t same : cases.groups[member->second]) {
        if (same < range.first || same > range.last) ranges.push_back({same, same});
      }
    }
  }
  return CharSet::of(std::move(ranges));
}

const CharSet& folded_beyond_ascii(bool unicode) {
  return cases_of(unicode).beyond_ascii;
}

}  // namespace assay::regex
