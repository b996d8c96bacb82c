#include "pricing/price_book.hpp"

#include <algorithm>
#include <tuple>

#include "base/require.hpp"
#include "pricing/price_table.hpp"

namespace assay::pricing {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The name without its date or "-latest"; the whole name when it has neither.
std::string_view undated(std::string_view model) {
  const auto ends_in_date = [&](std::size_t length, std::string_view before) {
    return model.size() > length && before.find(model[model.size() - length]) != std::string_view::npos;
  };
  if (model.ends_with("-latest")) return model.substr(0, model.size() - 7);
  if (ends_in_date(9, "-@") && all_digits(model.substr(model.size() - 8))) return model.substr(0, model.size() - 9);
  if (ends_in_date(11, "-") && parse_day(model.substr(model.size() - 10))) return model.substr(0, model.size() - 11);
  return model;
}

std::string_view canonical_vendor(std::string_view vendor) {
  if (vendor == "google") return "gemini";
  if (vendor == "azure") return "azure_openai";
  return vendor == "together_ai" ? "together" : vendor;
}

auto place(const Price& price) {
  return std::tie(price.vendor, price.model, price.from);
}
bool in_order(const Price& a, const Price& b) {
  return place(a) < place(b);
}

struct SameName {
  bool operator()(const Price& a, const std::pair<std::string_view, std::string_view>& b) const {
    return std::pair<std::string_view, std::string_view>(a.vendor, a.model) < b;
  }
  bool operator()(const std::pair<std::string_view, std::string_view>& a, const Price& b) const {
    return a < std::pair<std::string_view, std::string_view>(b.vendor, b.model);
  }
};

}  // namespace

Result<PriceBook, std::string> PriceBook::parse(std::string_view tsv) {
  auto prices = parse_price_table(tsv);
  if (!prices) return failure(prices.error());
  PriceBook book;
  book.prices_ = std::move(*prices);
  std::sort(book.prices_.begin(), book.prices_.end(), in_order);
  const auto twin = std::adjacent_find(book.prices_.begin(), book.prices_.end(),
                                       [](const Price& a, const Price& b) { return place(a) == place(b); });
  if (twin != book.prices_.end()) {
    return failure("two prices for " + twin->vendor + "/" + twin->model + " from " + to_string(twin->from));
  }
  return book;
}

PriceBook PriceBook::of(std::vector<Price> prices) {
  PriceBook book;
  for (Price& price : prices) {
    price.vendor = canonical_vendor(price.vendor);
    std::erase_if(book.prices_, [&price](const Price& other) { return place(other) == place(price); });
    book.prices_.push_back(std::move(price));
  }
  std::sort(book.prices_.begin(), book.prices_.end(), in_order);
  return book;
}

const Price* PriceBook::find_exact(std::string_view vendor, std::string_view model, Day day) const {
  const auto [begin, end] = std::equal_range(prices_.begin(), prices_.end(),
                                             std::pair<std::string_view, std::string_view>(vendor, model), SameName());
  if (begin == end) return nullptr;
  const auto later = std::find_if(begin, end, [&](const Price& price) { return price.from > day; });
  return later == begin ? &*begin : &*(later - 1);
}

const Price* PriceBook::find_dated(std::string_view vendor, std::string_view model, Day day) const {
  const Price* newest = nullptr;
  for (const Price& price : prices_) {
    if (price.vendor != vendor || price.model.size() <= model.size() || undated(price.model) != model) continue;
    if (!newest || price.model > newest->model) newest = &price;
  }
  return newest ? find_exact(vendor, newest->model, day) : nullptr;
}

std::optional<Price> PriceBook::find(std::string_view vendor, std::string_view model, Day day) const {
  vendor = canonical_vendor(vendor);
  const Price* found = find_exact(vendor, model, day);
  const std::size_t slash = model.find('/');
  if (!found && slash != std::string_view::npos && knows_vendor(model.substr(0, slash))) {
    vendor = canonical_vendor(model.substr(0, slash));
    model = model.substr(slash + 1);
    found = find_exact(vendor, model, day);
  }
  if (!found) found = find_exact(vendor, undated(model), day);
  if (!found) found = find_dated(vendor, undated(model), day);
  if (!found) return std::nullopt;
  return *found;
}

PriceBook PriceBook::overridden_by(const PriceBook& other) const {
  PriceBook both = other;
  for (const Price& price : prices_) {
    const auto same = [&](const Price& mine) { return mine.vendor == price.vendor && mine.model == price.model; };
    if (std::none_of(other.prices_.begin(), other.prices_.end(), same)) both.prices_.push_back(price);
  }
  std::sort(both.prices_.begin(), both.prices_.end(), in_order);
  return both;
}

std::vector<std::string> PriceBook::names() const {
  std::vector<std::string> names;
  for (const Price& price : prices_) {
    std::string name = price.vendor + "/" + price.model;
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  return names;
}

bool PriceBook::knows_vendor(std::string_view vendor) const {
  vendor = canonical_vendor(vendor);
  return std::any_of(prices_.begin(), prices_.end(), [&](const Price& price) { return price.vendor == vendor; });
}

}  // namespace assay::pricing
