#include "similarity/levenshtein.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "text/javascript_text.hpp"
#include "text/utf16.hpp"

namespace assay::similarity {
namespace {

using Units = std::u16string_view;

constexpr std::size_t block_rows = 64;
constexpr std::size_t strip_rows = 2 * block_rows;

std::u16string units_of(std::string_view text) {
  if (text::is_ascii(text)) return {text.begin(), text.end()};
  return text::to_utf16(text);
}

/// What is left of two texts without their common ends; `rows` is not longer than `columns`.
struct Middle {
  Units rows, columns;
};

Middle middle_of(Units a, Units b) {
  if (a.size() > b.size()) std::swap(a, b);
  const auto front = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  a.remove_prefix(front);
  b.remove_prefix(front);
  const auto back = static_cast<std::size_t>(std::mismatch(a.rbegin(), a.rend(), b.rbegin()).first - a.rbegin());
  a.remove_suffix(back);
  b.remove_suffix(back);
  return {a, b};
}

/// In which rows of a strip each unit stands: a bit for each, in two blocks.
struct Masks {
  std::uint64_t upper = 0, lower = 0;
};

/// The masks of the strip that is being worked on. Units have numbers: Latin-1 its own, the others that occur in the
/// rows from 257 on, and 256 stands in none.
class Rows {
 public:
  explicit Rows(Units rows) {
    for (const char16_t unit : rows) {
      if (unit >= latin) others_ += unit;
    }
    std::sort(others_.begin(), others_.end());
    others_.erase(std::unique(others_.begin(), others_.end()), others_.end());
    masks_.resize(latin + 1 + others_.size());
    rows_ = numbers_of(rows);
  }

  std::vector<std::uint32_t> numbers_of(Units columns) const {
    std::vector<std::uint32_t> numbers(columns.size());
    std::transform(columns.begin(), columns.end(), numbers.begin(), [&](char16_t unit) { return number_of(unit); });
    return numbers;
  }
  void enter(std::size_t first, std::size_t count) {
    for (std::size_t row = 0; row < count; ++row) {
      Masks& masks = masks_[rows_[first + row]];
      (row < block_rows ? masks.upper : masks.lower) |= std::uint64_t{1} << row % block_rows;
    }
  }
  void leave(std::size_t first, std::size_t count) {
    for (std::size_t row = 0; row < count; ++row) masks_[rows_[first + row]] = {};
  }
  const Masks& masks(std::uint32_t number) const { return masks_[number]; }

 private:
  static constexpr std::uint32_t latin = 256;

  std::uint32_t number_of(char16_t unit) const {
    if (unit < latin) return unit;
    const auto found = std::lower_bound(others_.begin(), others_.end(), unit);
    const bool occurs = found != others_.end() && *found == unit;
    return occurs ? latin + 1 + static_cast<std::uint32_t>(found - others_.begin()) : latin;
  }

  std::u16string others_;
  std::vector<std::uint32_t> rows_;
  std::vector<Masks> masks_;
};

/// The differences down one column of a block: plus one, minus one, or neither.
struct Column {
  std::uint64_t plus = ~std::uint64_t{0}, minus = 0;

  /// Moves one column to the right. `above` is the step of the row above the block; the answer that of its last row.
  std::uint8_t advance(std::uint64_t equal, std::uint8_t above, unsigned last_row) {
    const std::uint64_t up = above & 1u, down = above >> 1;
    const std::uint64_t vertical = equal | minus;
    equal |= down;
    const std::uint64_t diagonal = (((equal & plus) + plus) ^ plus) | equal;
    const std::uint64_t right_plus = minus | ~(diagonal | plus), right_minus = plus & diagonal;
    const std::uint64_t shifted_plus = right_plus << 1 | up, shifted_minus = right_minus << 1 | down;
    plus = shifted_minus | ~(vertical | shifted_plus);
    minus = shifted_plus & vertical;
    return static_cast<std::uint8_t>((right_plus >> last_row & 1) | (right_minus >> last_row & 1) << 1);
  }
};

/// A step to the right along a row, as advance() writes it: bit 0 for one more, bit 1 for one less.
constexpr std::uint8_t one_more = 1;
std::size_t moved(std::size_t cell, std::uint8_t step) {
  return cell + (step & 1u) - (step >> 1);
}

/// The columns that a path of cost `width` can touch in the rows of one strip.
struct Range {
  std::size_t begin = 0, end = 0;
};

Range columns_of(std::size_t first_row, std::size_t columns, std::size_t width) {
  return {first_row > width ? first_row - width : 0, std::min(columns, first_row + strip_rows + width)};
}

std::uint64_t steps_of(const Middle& texts, std::size_t width) {
  std::uint64_t steps = 0;
  for (std::size_t row = 0; row < texts.rows.size(); row += strip_rows) {
    const Range range = columns_of(row, texts.columns.size(), width);
    const std::uint64_t blocks = texts.rows.size() - row > block_rows ? 2 : 1;
    steps += blocks * (range.end - range.begin);
  }
  return steps;
}

using Steps = std::vector<std::uint8_t>;

/// Carries the steps above a block to its last row.
void cross_block(const Rows& rows, const std::vector<std::uint32_t>& columns, Range range, std::size_t height,
                 Steps& steps) {
  Column column;
  const auto last_row = static_cast<unsigned>(height - 1);
  for (std::size_t at = range.begin; at < range.end; ++at) {
    steps[at] = column.advance(rows.masks(columns[at]).upper, steps[at], last_row);
  }
}

/// The same for a strip of two blocks. The lower one follows a column behind, so that the processor works on both at
/// once.
void cross_two_blocks(const Rows& rows, const std::vector<std::uint32_t>& columns, Range range, std::size_t height,
                      Steps& steps) {
  Column upper, lower;
  const auto last_row = static_cast<unsigned>(height - block_rows - 1);
  const Masks& first = rows.masks(columns[range.begin]);
  std::uint8_t between = upper.advance(first.upper, steps[range.begin], block_rows - 1);
  std::uint64_t waiting = first.lower;
  for (std::size_t at = range.begin + 1; at < range.end; ++at) {
    const Masks& masks = rows.masks(columns[at]);
    steps[at - 1] = lower.advance(waiting, between, last_row);
    between = upper.advance(masks.upper, steps[at], block_rows - 1);
    waiting = masks.lower;
  }
  steps[range.end - 1] = lower.advance(waiting, between, last_row);
}

/// The distance if it is at most `width`, else any larger number. Cells further than `width` from the diagonal are
/// taken as one more than their neighbour: never less than they are, and on no path that costs `width` or less.
std::size_t banded(const Middle& texts, std::size_t width) {
  Rows rows(texts.rows);
  const std::vector<std::uint32_t> columns = rows.numbers_of(texts.columns);
  Steps steps(columns.size(), one_more);  // along the row above the strip
  std::size_t corner = 0;                 // the cell above the strip, left of its range
  Range range;
  for (std::size_t first = 0; first < texts.rows.size(); first += strip_rows) {
    const std::size_t height = std::min(strip_rows, texts.rows.size() - first);
    const Range last = std::exchange(range, columns_of(first, columns.size(), width));
    corner = std::accumulate(steps.begin() + last.begin, steps.begin() + range.begin, corner, moved) + height;
    rows.enter(first, height);
    (height > block_rows ? cross_two_blocks : cross_block)(rows, columns, range, height, steps);
    rows.leave(first, height);
  }
  return std::accumulate(steps.begin() + range.begin, steps.begin() + range.end, corner, moved);
}

}  // namespace

Result<std::size_t, std::string> levenshtein(std::string_view a, std::string_view b, std::uint64_t max_steps) {
  const std::u16string first = units_of(a), second = units_of(b);
  const Middle texts = middle_of(first, second);
  if (texts.rows.empty()) return texts.columns.size();
  std::uint64_t spent = 0;
  for (std::size_t width = block_rows;; width *= 8) {
    width = std::max(width, texts.columns.size() - texts.rows.size());
    if (width > texts.columns.size() / 4) width = texts.columns.size();
    const bool all = width == texts.columns.size();
    spent += steps_of(texts, width);
    if (spent > max_steps) return failure(over_limit("levenshtein", spent, max_steps));
    const std::size_t distance = banded(texts, width);
    if (all || distance <= width) return distance;
  }
}

Result<std::optional<std::size_t>, std::string> levenshtein_within(std::string_view a, std::string_view b,
                                                                   std::size_t most, std::uint64_t max_steps) {
  const std::u16string first = units_of(a), second = units_of(b);
  const Middle texts = middle_of(first, second);
  const std::size_t surplus = texts.columns.size() - texts.rows.size();
  if (surplus > most) return std::optional<std::size_t>();
  if (texts.rows.empty()) return std::optional<std::size_t>(texts.columns.size());
  const std::size_t width = std::min(most, texts.columns.size());
  const std::uint64_t needed = steps_of(texts, width);
  if (needed > max_steps) return failure(over_limit("levenshtein", needed, max_steps));
  const std::size_t distance = banded(texts, width);
  return distance <= most ? std::optional<std::size_t>(distance) : std::nullopt;
}

Result<double, std::string> levenshtein_ratio(std::string_view a, std::string_view b, std::uint64_t max_steps) {
  const auto distance = levenshtein(a, b, max_steps);
  if (!distance) return failure(distance.error());
  const std::size_t longer = std::max(text::utf16_length(a), text::utf16_length(b));
  return longer == 0 ? 1.0 : 1.0 - static_cast<double>(*distance) / static_cast<double>(longer);
}

}  // namespace assay::similarity
