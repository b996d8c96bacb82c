#pragma once
#include <cstdint>
#include <vector>

#include "json/document.hpp"

namespace assay::json {

/// When two numbers are the same.
enum class Numbers {
  same_value,  ///< as doubles, and -0 is not 0 (JavaScript's Object.is, deep strict equality)
  equal,       ///< as doubles, and -0 is 0 (JavaScript's ===)
  exact        ///< by their digits, never rounded; 1.0 is 1, -0 is 0
};

/// Whether two values are the same all the way down: same kinds, elements in order, members in any order (of
/// duplicates the last counts). A missing value equals only a missing one. Never recurses; time grows with the sizes,
/// and n log n with the members of one object.
bool deep_equal(View left, View right, Numbers numbers = Numbers::same_value);

/// The same for values that are deeply equal, whichever way their numbers are compared. Recurses as deep as the
/// document is nested, which json::parse bounds at 1024.
std::uint64_t deep_hash(View value);

/// The members sorted by key (bytes); of duplicates the last.
std::vector<Member> sorted_members(View object);

}  // namespace assay::json
