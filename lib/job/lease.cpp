#include "job/lease.hpp"

#include <algorithm>

#include "base/require.hpp"

namespace assay {

GridPlace place_of(const JobTerms& terms, CellNumber cell) {
  std::int32_t number = cell.value;
  if (!terms.only.empty()) {
    require(number >= 0 && static_cast<std::size_t>(number) < terms.only.size(), "a cell lies inside its job's list");
    number = terms.only[static_cast<std::size_t>(number)].value;
  }
  const auto models = static_cast<std::int32_t>(terms.models.size());
  require(number >= 0 && terms.cases > 0 && models > 0, "a cell lies inside its job's grid");
  return GridPlace{number % terms.cases, number / terms.cases % models, number / terms.cases / models};
}

std::vector<CellNumber> open_cells(const Lease& lease) {
  std::vector<CellNumber> open;
  for (std::int32_t offset = 0; offset < lease.count; ++offset) {
    const CellNumber cell(lease.first.value + offset);
    if (!std::binary_search(lease.done.begin(), lease.done.end(), cell)) open.push_back(cell);
  }
  return open;
}

}  // namespace assay
