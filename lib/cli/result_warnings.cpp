#include "cli/result_warnings.hpp"

#include <algorithm>
#include <map>

namespace assay::cli {
namespace {

class Cells {
 public:
  explicit Cells(const postgres::Table& table) : table_(table) {}

  std::string text(std::size_t row, std::string_view column) const {
    const auto found = std::find(table_.columns.begin(), table_.columns.end(), column);
    if (found == table_.columns.end()) return {};
    return table_.rows[row][static_cast<std::size_t>(found - table_.columns.begin())].value_or("");
  }
  std::size_t rows() const { return table_.rows.size(); }

 private:
  const postgres::Table& table_;
};

}  // namespace

std::string warnings_of(const postgres::Table& results) {
  const Cells cells(results);
  std::map<std::string, std::size_t> facts;
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    if (cells.text(row, "other_model") == "t")
      ++facts["asked for " + cells.text(row, "called_model") + ", answered by " + cells.text(row, "served_model")];
    if (const std::string flags = cells.text(row, "flags"); flags.size() > 2) ++facts["flags " + flags];
    if (const std::string dropped = cells.text(row, "dropped_parameters"); dropped.size() > 2)
      ++facts[cells.text(row, "called_model") + " takes none of " + dropped + ": not sent"];
    if (cells.text(row, "seed_honoured") == "f") ++facts[cells.text(row, "called_model") + ": the seed was not sent"];
    if (cells.text(row, "truncated") == "t")
      ++facts[cells.text(row, "called_model") + ": the answer ended at its limit"];
  }
  std::string text;
  for (const auto& [fact, count] : facts)
    text += "warning: " + fact + " (" + std::to_string(count) + (count == 1 ? " cell)\n" : " cells)\n");
  return text;
}

}  // namespace assay::cli
