#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace assay::tools {

/// JSON values as JavaScript's operators see them; a missing value is `undefined`.

std::string to_text(json::View value);  ///< String(x), without recursing: an array or object inside an array is "…"
double to_number(json::View value);     ///< Number(x); NaN for objects, arrays, and text that is no number
bool truthy(json::View value);          ///< Boolean(x)
bool blank(std::string_view text);      ///< nothing but white space

/// Members by key, of duplicates the last.
std::vector<json::Member> sorted_members(json::View object);
/// The value of a key among sorted members; missing when there is none.
json::View find(const std::vector<json::Member>& members, std::string_view key);

/// Deeply and strictly equal: key order does not count, 1.0 is 1, but -0 is not 0. Recurses as deep as the documents
/// do, which their reader has bounded.
bool same(json::View left, json::View right);
bool same(const std::vector<json::Member>& left, const std::vector<json::Member>& right);

/// Names joined by ", ", at most so many, with the count of the rest.
std::string listed(const std::vector<std::string_view>& names, std::size_t most = 20);

}  // namespace assay::tools
