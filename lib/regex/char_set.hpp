#pragma once
#include <vector>

#include "text/unit_set.hpp"

namespace assay::regex {

/// The most that a pattern can see: units without the u flag, characters with it.
inline constexpr char32_t last_unit = 0xFFFF, last_character = 0x10FFFF;

/// A set of units or of characters, kept as sorted ranges that neither overlap nor touch.
class CharSet {
 public:
  struct Range {
    char32_t first = 0, last = 0;
    friend bool operator==(const Range&, const Range&) = default;
  };

  CharSet() = default;
  CharSet(char32_t first, char32_t last) : ranges_{{first, last}} {}
  explicit CharSet(const text::UnitSet& units);
  /// Ranges in any order, which may overlap.
  static CharSet of(std::vector<Range> ranges);

  void add(char32_t first, char32_t last);
  void add(const CharSet& other);
  /// Everything up to `last` that is not in the set.
  CharSet complement(char32_t last) const;

  bool contains(char32_t character) const;
  bool overlaps(const CharSet& other) const;
  const std::vector<Range>& ranges() const { return ranges_; }

  friend bool operator==(const CharSet&, const CharSet&) = default;

 private:
  std::vector<Range> ranges_;
};

}  // namespace assay::regex
