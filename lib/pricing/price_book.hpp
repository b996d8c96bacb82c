#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "pricing/price.hpp"

namespace assay::pricing {

/// A dated, sourced list of prices. Immutable once built; may be read from several threads.
class PriceBook {
 public:
  PriceBook() = default;

  /// Reads the format that heads lib/pricing/book/prices.tsv. The error names line and column.
  static Result<PriceBook, std::string> parse(std::string_view tsv);

  /// Prices made elsewhere. Of two for one model and day the later stays.
  static PriceBook of(std::vector<Price> prices);

  /// The price of a vendor's model on a day, or empty: unknown, never zero. Tried in this order:
  /// 1. the name as given;
  /// 2. without a leading "vendor/", when that names a vendor of the book; that vendor then counts;
  /// 3. without a trailing date ("-2026-08-01", "-20260801", "@20260801") or "-latest";
  /// 4. a name without date as the newest dated row of that name ("claude-sonnet-4" → "claude-sonnet-4-20250514").
  /// Of several rows for one name the newest that is not younger than `day` holds; the oldest row also holds for the
  /// days before it. Names compare exactly; "google" is "gemini", "azure"
  /// is "azure_openai", "together_ai" is "together".
  std::optional<Price> find(std::string_view vendor, std::string_view model, Day day) const;

  /// These prices before the book's own: an operator's or a deployment's list.
  PriceBook overridden_by(const PriceBook& other) const;

  /// "vendor/model" of every row, for near matches and listings; sorted, each once.
  std::vector<std::string> names() const;
  bool knows_vendor(std::string_view vendor) const;
  const std::vector<Price>& prices() const { return prices_; }  ///< by vendor, model, from
  std::size_t size() const { return prices_.size(); }

 private:
  const Price* find_exact(std::string_view vendor, std::string_view model, Day day) const;
  const Price* find_dated(std::string_view vendor, std::string_view model, Day day) const;
  std::vector<Price> prices_;  // by vendor, model, from
};

/// The product's own list, built into the program.
PriceBook product_price_book();

}  // namespace assay::pricing
