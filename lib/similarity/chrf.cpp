#include "similarity/chrf.hpp"

#include <algorithm>
#include <vector>

#include "similarity/grams.hpp"
#include "similarity/words.hpp"
#include "text/unicode.hpp"

namespace assay::similarity {
namespace {

constexpr std::size_t orders = 6;
constexpr double beta_squared = 4;

std::u32string without_space(std::string_view text) {
  std::u32string found = characters(text);
  std::erase_if(found, text::is_javascript_space);
  return found;
}

/// Sums over the orders that both texts have.
struct Means {
  double precision = 0, recall = 0;
  std::size_t orders = 0;

  void add(std::size_t met, std::size_t candidate, std::size_t reference) {
    if (candidate == 0 || reference == 0) return;
    precision += static_cast<double>(met) / static_cast<double>(candidate);
    recall += static_cast<double>(met) / static_cast<double>(reference);
    ++orders;
  }
  double score() const {
    if (precision + recall == 0) return 0;
    const double p = precision / static_cast<double>(orders), r = recall / static_cast<double>(orders);
    return (1 + beta_squared) * p * r / (beta_squared * p + r);
  }
};

}  // namespace

Result<double, std::string> chrf(std::string_view candidate, std::span<const std::string> references,
                                 std::uint64_t max_steps) {
  if (references.empty()) return failure(std::string("there is no reference to compare with"));
  std::vector<std::u32string> texts{without_space(candidate)};
  std::uint64_t steps = 0;
  for (const std::string& reference : references) {
    texts.push_back(without_space(reference));
    steps += orders * (texts.front().size() + texts.back().size());
  }
  if (steps > max_steps) return failure(over_limit("chrf", steps, max_steps));
  Grams grams(number_characters(texts));
  std::vector<Means> means(texts.size());
  for (std::size_t n = 1; n <= orders; ++n) {
    for (std::size_t text = 1; text < texts.size(); ++text) {
      means[text].add(grams.matches(0, text), grams.count(0), grams.count(text));
    }
    if (n < orders) grams.lengthen();
  }
  double best = 0;
  for (const Means& of_one : means) best = std::max(best, of_one.score());
  return best;
}

}  // namespace assay::similarity
