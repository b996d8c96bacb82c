#include "similarity/rouge.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "similarity/grams.hpp"
#include "similarity/treebank.hpp"
#include "text/javascript_text.hpp"

namespace assay::similarity {
namespace {

constexpr std::size_t max_units = 1'000'000;

std::vector<std::string_view> views(const std::vector<std::string>& tokens) {
  return {tokens.begin(), tokens.end()};
}

std::size_t units_in(const std::vector<std::string>& tokens) {
  std::size_t units = 0;
  for (const std::string& token : tokens) units += text::utf16_length(token);
  return units;
}

std::string too_long(std::size_t units) {
  return "rouge-n: the tokens have " + std::to_string(units) + " units, more than " + std::to_string(max_units);
}

double score(std::size_t common, std::size_t candidate, std::size_t reference) {
  if (common == 0) return 0;
  const auto share = static_cast<double>(common);
  return f1(share / static_cast<double>(candidate), share / static_cast<double>(reference));
}

/// The length of the longest common subsequence, 64 rows at once (H. Hyyrö, "Bit-parallel LCS-length computation
/// revisited", 2004): a cleared bit is a row where the length grows.
std::size_t common_subsequence(const std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& columns,
                               std::size_t kinds) {
  std::vector<std::uint64_t> masks(kinds);
  std::vector<std::uint8_t> carries(columns.size());
  std::size_t length = 0;
  for (std::size_t first = 0; first < rows.size(); first += 64) {
    const std::size_t height = std::min<std::size_t>(64, rows.size() - first);
    for (std::size_t row = 0; row < height; ++row) masks[rows[first + row]] |= std::uint64_t{1} << row;
    std::uint64_t column = ~std::uint64_t{0};
    for (std::size_t at = 0; at < columns.size(); ++at) {
      const std::uint64_t mask = masks[columns[at]], met = column & mask;
      const std::uint64_t sum = column + met, total = sum + carries[at];
      carries[at] = sum < column || total < sum;
      column = total | (column & ~mask);
    }
    for (std::size_t row = 0; row < height; ++row) {
      length += (column >> row & 1) == 0;
      masks[rows[first + row]] = 0;
    }
  }
  return length;
}

}  // namespace

double f1(double precision, double recall) {
  if (precision == recall) return precision;
  if (precision == 0 || recall == 0) return 0;
  const double lower = std::min(precision, recall), upper = std::max(precision, recall);
  return std::min(upper, lower * (2 / (1 + lower / upper)));
}

Result<double, std::string> rouge_n(std::string_view candidate, std::string_view reference) {
  const auto answer = treebank_tokens(text::to_lower_case(candidate));
  const auto wanted = treebank_tokens(text::to_lower_case(reference));
  if (answer.empty() || wanted.empty()) return 0.0;
  const std::size_t units = std::max(units_in(answer), units_in(wanted));
  if (units > max_units) return failure(too_long(units));
  Grams grams(number_words(std::array{views(answer), views(wanted)}));
  return score(grams.matches(0, 1), answer.size(), wanted.size());
}

Result<double, std::string> rouge_l(std::string_view candidate, std::string_view reference, std::uint64_t max_steps) {
  const auto answer = treebank_tokens(text::to_lower_case(candidate));
  const auto wanted = treebank_tokens(text::to_lower_case(reference));
  const std::uint64_t steps = (answer.size() + 63) / 64 * std::uint64_t{wanted.size()};
  if (steps > max_steps) return failure(over_limit("rouge-l", steps, max_steps));
  const Numbered numbered = number_words(std::array{views(answer), views(wanted)});
  const std::size_t common = common_subsequence(numbered.texts[0], numbered.texts[1], numbered.kinds);
  return score(common, answer.size(), wanted.size());
}

}  // namespace assay::similarity
