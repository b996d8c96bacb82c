#include "similarity/list_overlap.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "json/document.hpp"
#include "similarity/rouge.hpp"
#include "similarity/words.hpp"
#include "text/javascript_text.hpp"

namespace assay::similarity {
namespace {

using Items = std::vector<std::string>;

std::optional<Items> json_items(std::string_view text) {
  if (!text.starts_with('[')) return std::nullopt;
  const auto document = json::parse(text, json::Limits::foreign());
  if (!document || !document->root().is_array()) return std::nullopt;
  Items items;
  for (const json::View element : document->root().elements()) {
    const auto text_of = element.as_string();
    items.push_back(text_of ? std::string(*text_of) : element.dump());
  }
  return items;
}

std::string_view without_bullet(std::string_view line) {
  static constexpr std::string_view round_bullet = "\xE2\x80\xA2";
  if (line.starts_with("- ") || line.starts_with("* ")) return text::trim(line.substr(2));
  if (line.starts_with(round_bullet)) return text::trim(line.substr(round_bullet.size()));
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const bool numbered =
      digits > 0 && digits + 1 < line.size() && (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
  return numbered ? text::trim(line.substr(digits + 2)) : line;
}

Items line_items(std::string_view text) {
  Items items;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = without_bullet(text::trim(text.substr(at, end - at)));
    if (!line.empty()) items.emplace_back(line);
    at = end + 1;
  }
  return items;
}

Items fields(std::string_view text) {
  if (auto quoted = comma_list(text)) return std::move(*quoted);
  Items items;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view field = text::trim(text.substr(at, end - at));
    if (!field.empty()) items.emplace_back(field);
    at = end + 1;
  }
  return items;
}

Items as_set(std::span<const std::string> items) {
  Items set(items.begin(), items.end());
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

}  // namespace

std::vector<std::string> list_items(std::string_view text) {
  const std::string_view trimmed = text::trim(text);
  if (auto items = json_items(trimmed)) return std::move(*items);
  if (trimmed.find('\n') != std::string_view::npos) return line_items(trimmed);
  return fields(without_bullet(trimmed));
}

Overlap list_overlap(std::span<const std::string> found, std::span<const std::string> wanted) {
  const Items mine = as_set(found), theirs = as_set(wanted);
  if (mine.empty() && theirs.empty()) return {1, 1, 1, 1};
  if (mine.empty() || theirs.empty()) return {};
  Items both;
  std::set_intersection(mine.begin(), mine.end(), theirs.begin(), theirs.end(), std::back_inserter(both));
  const auto common = static_cast<double>(both.size());
  Overlap overlap;
  overlap.precision = common / static_cast<double>(mine.size());
  overlap.recall = common / static_cast<double>(theirs.size());
  overlap.f1 = f1(overlap.precision, overlap.recall);
  overlap.jaccard = common / static_cast<double>(mine.size() + theirs.size() - both.size());
  return overlap;
}

}  // namespace assay::similarity
