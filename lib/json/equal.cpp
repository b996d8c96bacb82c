#include "json/equal.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "json/decimal.hpp"
#include "json/number.hpp"

namespace assay::json {
namespace {

double double_of(View number) {
  return parse_number(number.number_text()).value_or(std::numeric_limits<double>::quiet_NaN());
}

bool same_number(View left, View right, Numbers numbers) {
  if (numbers == Numbers::exact) return read_decimal(left.number_text()) == read_decimal(right.number_text());
  const double a = double_of(left), b = double_of(right);
  return a == b && (numbers == Numbers::equal || std::signbit(a) == std::signbit(b));
}

/// The splitmix64 finalizer: spreads what is added to it over all bits.
std::uint64_t mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
  return bits ^ (bits >> 31);
}

std::uint64_t hash_text(std::string_view text) {
  return mix(std::hash<std::string_view>()(text));
}

/// Pairs still to be compared.
using Pairs = std::vector<std::pair<View, View>>;

bool open_arrays(View left, View right, Pairs& pairs) {
  if (left.size() != right.size()) return false;
  auto other = right.elements().begin();
  for (const View element : left.elements()) {
    pairs.emplace_back(element, *other);
    ++other;
  }
  return true;
}

bool open_objects(View left, View right, Pairs& pairs) {
  const std::vector<Member> mine = sorted_members(left), theirs = sorted_members(right);
  if (mine.size() != theirs.size()) return false;
  for (std::size_t index = 0; index < mine.size(); ++index) {
    if (mine[index].key != theirs[index].key) return false;
    pairs.emplace_back(mine[index].value, theirs[index].value);
  }
  return true;
}

}  // namespace

std::vector<Member> sorted_members(View object) {
  std::vector<Member> members;
  members.reserve(object.size());
  for (const Member member : object.members()) members.push_back(member);
  std::stable_sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (const Member& member : members) {
    if (kept > 0 && members[kept - 1].key == member.key) --kept;
    members[kept++] = member;
  }
  members.resize(kept);
  return members;
}

bool deep_equal(View left, View right, Numbers numbers) {
  Pairs pairs{{left, right}};
  while (!pairs.empty()) {
    const auto [a, b] = pairs.back();
    pairs.pop_back();
    if (a.kind() != b.kind()) return false;
    bool same = true;
    switch (a.kind()) {
      case Kind::missing:
      case Kind::null:
        break;
      case Kind::boolean:
        same = a.as_bool() == b.as_bool();
        break;
      case Kind::number:
        same = same_number(a, b, numbers);
        break;
      case Kind::string:
        same = a.as_string() == b.as_string();
        break;
      case Kind::array:
        same = open_arrays(a, b, pairs);
        break;
      case Kind::object:
        same = open_objects(a, b, pairs);
        break;
    }
    if (!same) return false;
  }
  return true;
}

std::uint64_t deep_hash(View value) {
  std::uint64_t hash = mix(static_cast<std::uint64_t>(value.kind()) + 1);
  switch (value.kind()) {
    case Kind::missing:
    case Kind::null:
      break;
    case Kind::boolean:
      hash += value.as_bool() == true;
      break;
    case Kind::number:
      hash += std::bit_cast<std::uint64_t>(double_of(value) + 0.0);  // -0 + 0 is 0
      break;
    case Kind::string:
      hash += hash_text(*value.as_string());
      break;
    case Kind::array:
      for (const View element : value.elements()) hash = mix(hash + deep_hash(element));
      break;
    case Kind::object:
      for (const auto& [key, member] : sorted_members(value)) hash = mix(hash + hash_text(key)) + deep_hash(member);
      break;
  }
  return mix(hash);
}

}  // namespace assay::json
