#pragma once
#include <cstddef>
#include <span>

#include "postgres/error.hpp"

namespace assay::postgres {

/// Whether an error is about one of the values sent, so that the others can be stored without it.
inline bool about_a_row(const DatabaseError& error) {
  return error.kind() == ErrorKind::bad_data || error.kind() == ErrorKind::ours;
}

/// Carries out a group in one statement; when a row cannot be stored, halves the group until that row stands alone and
/// hands it to `alone`, which must not throw because of that row. One bad row among n costs about 2 log2 n statements.
/// Other errors leave.
template <class Item, class Answer, class Together, class Alone>
void bisect(std::span<Item> items, std::span<Answer> answers, const Together& together, const Alone& alone) {
  try {
    together(items, answers);
  } catch (const DatabaseError& error) {
    if (!about_a_row(error)) throw;
    if (items.size() == 1) {
      answers[0] = alone(items[0], error);
      return;
    }
    const std::size_t half = items.size() / 2;
    bisect(items.first(half), answers.first(half), together, alone);
    bisect(items.subspan(half), answers.subspan(half), together, alone);
  }
}

}  // namespace assay::postgres
