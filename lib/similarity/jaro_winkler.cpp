#include "similarity/jaro_winkler.hpp"

#include <algorithm>
#include <vector>

#include "similarity/words.hpp"

namespace assay::similarity {
namespace {

/// Characters of one text that match the other's, in their order.
struct Matched {
  std::u32string of_a, of_b;
};

Matched matched(const std::u32string& a, const std::u32string& b, std::size_t window) {
  Matched found;
  std::vector<bool> taken(b.size());
  for (std::size_t at = 0; at < a.size(); ++at) {
    const std::size_t end = std::min(b.size(), at + window + 1);
    for (std::size_t other = at > window ? at - window : 0; other < end; ++other) {
      if (taken[other] || a[at] != b[other]) continue;
      taken[other] = true;
      found.of_a += a[at];
      break;
    }
  }
  for (std::size_t other = 0; other < b.size(); ++other) {
    if (taken[other]) found.of_b += b[other];
  }
  return found;
}

std::size_t window_of(std::size_t longer) {
  return longer < 4 ? 0 : longer / 2 - 1;
}

double score(const Matched& found, std::size_t a, std::size_t b) {
  if (found.of_a.empty()) return 0;
  std::size_t differing = 0;
  for (std::size_t at = 0; at < found.of_a.size(); ++at) differing += found.of_a[at] != found.of_b[at];
  const auto matches = static_cast<double>(found.of_a.size());
  const auto half_differing = static_cast<double>(differing / 2);
  return (matches / static_cast<double>(a) + matches / static_cast<double>(b) + (matches - half_differing) / matches) /
         3;
}

Result<double, std::string> jaro_of(const std::u32string& a, const std::u32string& b, std::uint64_t max_steps) {
  if (a.empty() && b.empty()) return 1.0;
  const std::size_t window = window_of(std::max(a.size(), b.size()));
  const std::uint64_t steps = std::uint64_t{a.size()} * std::min(b.size(), 2 * window + 1);
  if (steps > max_steps) return failure(over_limit("jaro-winkler", steps, max_steps));
  return score(matched(a, b, window), a.size(), b.size());
}

}  // namespace

Result<double, std::string> jaro(std::string_view a, std::string_view b, std::uint64_t max_steps) {
  return jaro_of(characters(a), characters(b), max_steps);
}

Result<double, std::string> jaro_winkler(std::string_view a, std::string_view b, std::uint64_t max_steps) {
  const std::u32string first = characters(a), second = characters(b);
  const auto likeness = jaro_of(first, second, max_steps);
  if (!likeness || *likeness <= 0.7) return likeness;
  const std::size_t most = std::min<std::size_t>({4, first.size(), second.size()});
  std::size_t common = 0;
  while (common < most && first[common] == second[common]) ++common;
  return *likeness + 0.1 * static_cast<double>(common) * (1 - *likeness);
}

}  // namespace assay::similarity
