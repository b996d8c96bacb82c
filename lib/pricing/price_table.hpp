#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "pricing/price.hpp"

namespace assay::pricing {

/// The rows of a price list in the format that heads lib/pricing/book/prices.tsv: dollars per million tokens as decimal
/// text, turned into nano-dollars exactly (finer digits are refused). Columns are found by their names; unknown columns
/// are refused, "reasoning", "tiers", "services", "context", "max_output", "note" and the cache classes may be missing.
Result<std::vector<Price>, std::string> parse_price_table(std::string_view tsv);

}  // namespace assay::pricing
