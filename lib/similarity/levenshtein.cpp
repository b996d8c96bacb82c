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

/// In which rows of a block each unit stands. Units are numbered by the rows' alphabet; 0 stands in none.
class Rows {
 public:
  explicit Rows(Units rows) : rows_(number_units(rows)), masks_(alphabet_.size() + 1) {}

  std::vector<std::uint32_t> numbers_of(Units columns) const {
    std::vector<std::uint32_t> numbers(columns.size());
    std::transform(columns.begin(), columns.end(), numbers.begin(), [&](char16_t unit) { return number_of(unit); });
    return numbers;
  }
  void enter(std::size_t first, std::size_t count) {
    for (std::size_t row = 0; row < count; ++row) masks_[rows_[first + row]] |= std::uint64_t{1} << row;
  }
  void leave(std::size_t first, std::size_t count) {
    for (std::size_t row = 0; row < count; ++row) masks_[rows_[first + row]] = 0;
  }
  std::uint64_t mask(std::uint32_t number) const { return masks_[number]; }

 private:
  std::vector<std::uint32_t> number_units(Units rows) {
    alphabet_.assign(rows.begin(), rows.end());
    std::sort(alphabet_.begin(), alphabet_.end());
    alphabet_.erase(std::unique(alphabet_.begin(), alphabet_.end()), alphabet_.end());
    for (std::size_t i = 0; i < alphabet_.size() && alphabet_[i] < latin_.size(); ++i) {
      latin_[alphabet_[i]] = static_cast<std::uint32_t>(i + 1);
    }
    return numbers_of(rows);
  }
  std::uint32_t number_of(char16_t unit) const {
    if (unit < latin_.size()) return latin_[unit];
    const auto found = std::lower_bound(alphabet_.begin(), alphabet_.end(), unit);
    return found != alphabet_.end() && *found == unit ? static_cast<std::uint32_t>(found - alphabet_.begin() + 1) : 0;
  }

  std::vector<char16_t> alphabet_;
  std::vector<std::uint32_t> latin_ = std::vector<std::uint32_t>(256);
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint64_t> masks_;
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

/// The columns that a path of cost `width` can touch in the rows of one block.
struct Range {
  std::size_t begin = 0, end = 0;
};

Range columns_of(std::size_t first_row, std::size_t columns, std::size_t width) {
  return {first_row > width ? first_row - width : 0, std::min(columns, first_row + block_rows + width)};
}

std::uint64_t steps_of(const Middle& texts, std::size_t width) {
  std::uint64_t steps = 0;
  for (std::size_t row = 0; row < texts.rows.size(); row += block_rows) {
    const Range range = columns_of(row, texts.columns.size(), width);
    steps += range.end - range.begin;
  }
  return steps;
}

/// The distance if it is at most `width`, else any larger number. Cells further than `width` from the diagonal are
/// taken as one more than their neighbour: never less than they are, and on no path that costs `width` or less.
std::size_t banded(const Middle& texts, std::size_t width) {
  Rows rows(texts.rows);
  const std::vector<std::uint32_t> columns = rows.numbers_of(texts.columns);
  std::vector<std::uint8_t> steps(columns.size(), one_more);  // along the row above the block
  std::size_t corner = 0;                                     // the cell above the block, left of its range
  Range range;
  for (std::size_t first = 0; first < texts.rows.size(); first += block_rows) {
    const std::size_t height = std::min(block_rows, texts.rows.size() - first);
    const Range last = std::exchange(range, columns_of(first, columns.size(), width));
    corner = std::accumulate(steps.begin() + last.begin, steps.begin() + range.begin, corner, moved) + height;
    rows.enter(first, height);
    Column column;
    for (std::size_t at = range.begin; at < range.end; ++at) {
      steps[at] = column.advance(rows.mask(columns[at]), steps[at], static_cast<unsigned>(height - 1));
    }
    rows.leave(first, height);
  }
  return std::accumulate(steps.begin() + range.begin, steps.begin() + range.end, corner, moved);
}

}  // namespace

Result<std::size_t, std::string> levenshtein(std::string_view a, std::string_view b, std::uint64_t max_steps) {
  const std::u16string first = text::to_utf16(a), second = text::to_utf16(b);
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
  const std::u16string first = text::to_utf16(a), second = text::to_utf16(b);
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
