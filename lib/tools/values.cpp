#include "tools/values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "json/number.hpp"
#include "json/utf8.hpp"
#include "text/javascript_text.hpp"

namespace assay::tools {
namespace {

using json::Kind;

double number_of(json::View value) {
  return json::parse_number(value.number_text()).value_or(std::numeric_limits<double>::quiet_NaN());
}

double number_of_text(std::string_view text) {
  std::string_view digits = text::trim(text);
  if (digits.empty()) return 0;
  const bool negative = digits.front() == '-';
  if (negative || digits.front() == '+') digits.remove_prefix(1);
  if (digits == "Infinity") return negative ? -HUGE_VAL : HUGE_VAL;
  std::string shown = digits.starts_with('.') ? "0" : "";
  shown += digits;
  if (shown.ends_with('.')) shown.pop_back();
  const std::size_t zeros = std::min(shown.find_first_not_of('0'), shown.size());
  const bool whole = zeros > 0 && (zeros == shown.size() || (shown[zeros] >= '0' && shown[zeros] <= '9'));
  if (whole) shown.erase(0, zeros == shown.size() ? zeros - 1 : zeros);
  if (shown.starts_with('-')) return std::numeric_limits<double>::quiet_NaN();
  const double size = json::parse_number(shown).value_or(std::numeric_limits<double>::quiet_NaN());
  return negative ? -size : size;
}

bool same_number(double left, double right) {
  return left == right && std::signbit(left) == std::signbit(right);
}

bool same_elements(json::View left, json::View right) {
  if (left.size() != right.size()) return false;
  const json::Elements others = right.elements();
  auto other = others.begin();
  for (const json::View element : left.elements()) {
    if (!same(element, *other)) return false;
    ++other;
  }
  return true;
}

std::string element_text(json::View element) {
  if (element.is_null()) return "";
  return element.is_array() || element.is_object() ? "…" : to_text(element);
}

}  // namespace

std::string to_text(json::View value) {
  switch (value.kind()) {
    case Kind::missing:
      return "undefined";
    case Kind::null:
      return "null";
    case Kind::boolean:
      return value.as_bool().value_or(false) ? "true" : "false";
    case Kind::number:
      return json::javascript_number(number_of(value));
    case Kind::string:
      return std::string(value.string_or(""));
    case Kind::object:
      return "[object Object]";
    case Kind::array:
      break;
  }
  std::string joined;
  for (const json::View element : value.elements()) joined.append(element_text(element)).append(",");
  if (!joined.empty()) joined.pop_back();
  return joined;
}

double to_number(json::View value) {
  switch (value.kind()) {
    case Kind::null:
      return 0;
    case Kind::boolean:
      return value.as_bool().value_or(false) ? 1 : 0;
    case Kind::number:
      return number_of(value);
    case Kind::string:
      return number_of_text(value.string_or(""));
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

bool truthy(json::View value) {
  switch (value.kind()) {
    case Kind::missing:
    case Kind::null:
      return false;
    case Kind::boolean:
      return value.as_bool().value_or(false);
    case Kind::number:
      return number_of(value) != 0;
    case Kind::string:
      return !value.string_or("").empty();
    default:
      return true;
  }
}

bool blank(std::string_view text) {
  return text::trim(text).empty();
}

std::vector<json::Member> sorted_members(json::View object) {
  std::vector<json::Member> members;
  members.reserve(object.size());
  for (const json::Member& member : object.members()) members.push_back(member);
  std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (std::size_t at = 0; at < members.size(); ++at) {
    if (at + 1 < members.size() && members[at + 1].key == members[at].key) continue;
    members[kept++] = members[at];
  }
  members.resize(kept);
  return members;
}

json::View find(const std::vector<json::Member>& members, std::string_view key) {
  const auto at = std::lower_bound(members.begin(), members.end(), key,
                                   [](const json::Member& member, std::string_view name) { return member.key < name; });
  return at != members.end() && at->key == key ? at->value : json::View();
}

bool same(json::View left, json::View right) {
  if (left.kind() != right.kind()) return false;
  switch (left.kind()) {
    case Kind::boolean:
      return left.as_bool() == right.as_bool();
    case Kind::number:
      return same_number(number_of(left), number_of(right));
    case Kind::string:
      return left.as_string() == right.as_string();
    case Kind::array:
      return same_elements(left, right);
    case Kind::object:
      return same(sorted_members(left), sorted_members(right));
    default:
      return true;
  }
}

bool same(const std::vector<json::Member>& left, const std::vector<json::Member>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const auto& a, const auto& b) { return a.key == b.key && same(a.value, b.value); });
}

std::string listed(const std::vector<std::string_view>& names, std::size_t most) {
  constexpr std::size_t kNameBytes = 120;
  if (names.empty()) return "(none)";
  std::string text;
  for (std::size_t at = 0; at < std::min(names.size(), most); ++at) {
    const std::string_view shown = json::truncate_utf8(names[at], kNameBytes);
    text.append(at == 0 ? "" : ", ").append(shown).append(shown.size() < names[at].size() ? "…" : "");
  }
  if (names.size() > most) text.append(" and ").append(std::to_string(names.size() - most)).append(" more");
  return text;
}

}  // namespace assay::tools
