#include "similarity/list_likeness.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "similarity/levenshtein.hpp"

namespace assay::similarity {
namespace {

using Items = std::span<const std::string>;

constexpr std::size_t free_row = 0;

std::uint64_t steps_of(Items rows, Items columns) {
  std::uint64_t steps = std::uint64_t{rows.size()} * rows.size() * columns.size();
  std::uint64_t column_bytes = 0;
  for (const std::string& column : columns) column_bytes += column.size() + 1;
  for (const std::string& row : rows) steps += 2 * (row.size() / 64 + 1) * column_bytes;
  return steps;
}

/// Assigns every row a column of its own so that the costs sum up to the least, row after row: each new row takes a
/// column along the cheapest chain of changes, found as Dijkstra does it over costs reduced by prices.
class Assignment {
 public:
  Assignment(std::size_t rows, std::size_t columns)
      : columns_(columns),
        costs_(rows * columns),
        row_price_(rows + 1),
        column_price_(columns + 1),
        row_of_(columns + 1, free_row),
        before_(columns + 1) {}

  double& cost(std::size_t row, std::size_t column) { return costs_[row * columns_ + column]; }

  /// Rows and columns count from 1 here; column 0 stands for the row that has none yet.
  void take(std::size_t row) {
    row_of_[0] = row;
    std::vector<double> least(columns_ + 1, std::numeric_limits<double>::infinity());
    std::vector<bool> done(columns_ + 1);
    std::size_t at = 0;
    do {
      done[at] = true;
      at = next_column(at, least, done);
    } while (row_of_[at] != free_row);
    while (at != 0) {
      row_of_[at] = row_of_[before_[at]];
      at = before_[at];
    }
  }

  double sum() const {
    double total = 0;
    for (std::size_t column = 1; column <= columns_; ++column) {
      if (row_of_[column] != free_row) total += costs_[(row_of_[column] - 1) * columns_ + column - 1];
    }
    return total;
  }

 private:
  /// The nearest column that is not done, after the prices were moved by its distance.
  std::size_t next_column(std::size_t from, std::vector<double>& least, const std::vector<bool>& done) {
    const std::size_t row = row_of_[from];
    std::size_t nearest = 0;
    double step = std::numeric_limits<double>::infinity();
    for (std::size_t column = 1; column <= columns_; ++column) {
      if (done[column]) continue;
      const double reduced = costs_[(row - 1) * columns_ + column - 1] - row_price_[row] - column_price_[column];
      if (reduced < least[column]) {
        least[column] = reduced;
        before_[column] = from;
      }
      if (least[column] < step) {
        step = least[column];
        nearest = column;
      }
    }
    for (std::size_t column = 0; column <= columns_; ++column) {
      if (done[column]) {
        row_price_[row_of_[column]] += step;
        column_price_[column] -= step;
      } else {
        least[column] -= step;
      }
    }
    return nearest;
  }

  std::size_t columns_;
  std::vector<double> costs_, row_price_, column_price_;
  std::vector<std::size_t> row_of_, before_;
};

}  // namespace

Result<double, std::string> list_likeness(Items found, Items wanted, std::uint64_t max_steps) {
  Items rows = found, columns = wanted;
  if (rows.size() > columns.size()) std::swap(rows, columns);
  if (rows.empty()) return columns.empty() ? 1.0 : 0.0;
  const std::uint64_t needed = steps_of(rows, columns);
  if (needed > max_steps) return failure(over_limit("list likeness", needed, max_steps));
  Assignment assignment(rows.size(), columns.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const auto likeness = levenshtein_ratio(rows[row], columns[column], max_steps);
      if (!likeness) return failure(likeness.error());
      assignment.cost(row, column) = 1 - *likeness;
    }
  }
  for (std::size_t row = 1; row <= rows.size(); ++row) assignment.take(row);
  return (static_cast<double>(rows.size()) - assignment.sum()) / static_cast<double>(columns.size());
}

}  // namespace assay::similarity
