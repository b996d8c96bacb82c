#include "similarity/bleu.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "similarity/elementary.hpp"
#include "similarity/grams.hpp"
#include "similarity/words.hpp"
#include "text/javascript_text.hpp"

namespace assay::similarity {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::size_t orders = 4;
constexpr double smoothed = 1e-7;

/// The candidate first, then the references, lowered and in words.
struct Texts {
  std::vector<std::string> lower;
  std::vector<Words> words;

  Texts(std::string_view candidate, std::span<const std::string> references) {
    lower.reserve(references.size() + 1);
    lower.push_back(text::to_lower_case(candidate));
    for (const std::string& reference : references) lower.push_back(text::to_lower_case(reference));
    for (const std::string& text : lower) words.push_back(split_at_space(text::trim(text)));
  }
};

std::uint64_t steps_of(const Texts& texts) {
  std::uint64_t steps = 0;
  for (std::size_t text = 1; text < texts.words.size(); ++text) {
    steps += orders * (texts.words[text].size() + texts.words[0].size());
  }
  return steps;
}

std::size_t distance(std::size_t a, std::size_t b) {
  return a > b ? a - b : b - a;
}

std::size_t nearest_length(const Texts& texts) {
  const std::size_t wanted = texts.words[0].size();
  std::size_t best = texts.words[1].size();
  for (std::size_t text = 2; text < texts.words.size(); ++text) {
    const std::size_t length = texts.words[text].size();
    const std::size_t far = distance(length, wanted), least = distance(best, wanted);
    if (far < least || (far == least && length < best)) best = length;
  }
  return best;
}

double brevity(std::size_t candidate, std::size_t reference) {
  if (candidate > reference) return 1;
  return exponential(1 - static_cast<double>(reference) / static_cast<double>(candidate));
}

/// The precision of each order that the candidate has n-grams of.
std::vector<double> precisions(const Texts& texts) {
  std::vector<double> found;
  Grams grams(number_words(texts.words));
  for (std::size_t n = 1; n <= orders && grams.count(0) > 0; ++n) {
    std::size_t best = 0;
    for (std::size_t text = 1; text < texts.words.size(); ++text) best = std::max(best, grams.matches(0, text));
    found.push_back(static_cast<double>(best) / static_cast<double>(grams.count(0)));
    if (n < orders) grams.lengthen();
  }
  return found;
}

void drop_points(Words& words) {
  for (std::string_view& word : words) word = word.substr(0, word.find_last_not_of('.') + 1);
  if (std::all_of(words.begin(), words.end(), [](std::string_view word) { return word.empty(); })) words.clear();
}

/// N-grams over all orders: those of each text, and those of each reference that the candidate meets.
struct Totals {
  std::vector<std::size_t> count, met;
};

Totals totals_of(const Texts& texts) {
  Totals totals{std::vector<std::size_t>(texts.words.size()), std::vector<std::size_t>(texts.words.size())};
  Grams grams(number_words(texts.words));
  for (std::size_t n = 1; n <= orders; ++n) {
    for (std::size_t text = 0; text < texts.words.size(); ++text) {
      totals.count[text] += grams.count(text);
      if (text > 0) totals.met[text] += grams.matches(0, text);
    }
    if (n < orders) grams.lengthen();
  }
  return totals;
}

std::string no_reference() {
  return "there is no reference to compare with";
}

}  // namespace

Result<double, std::string> bleu(std::string_view candidate, std::span<const std::string> references,
                                 std::uint64_t max_steps) {
  if (references.empty()) return failure(no_reference());
  if (text::trim(candidate).empty()) return 0.0;
  const Texts texts(candidate, references);
  if (steps_of(texts) > max_steps) return failure(over_limit("bleu", steps_of(texts), max_steps));
  const std::vector<double> shares = precisions(texts);
  const double weight = 0.25 / (0.25 * static_cast<double>(shares.size()));
  double mean = 0;
  for (const double share : shares) mean = mean + weight * logarithm(share == 0 ? smoothed : share);
  return brevity(texts.words[0].size(), nearest_length(texts)) * exponential(mean);
}

Result<double, std::string> gleu(std::string_view candidate, std::span<const std::string> references,
                                 std::uint64_t max_steps) {
  if (references.empty()) return failure(no_reference());
  Texts texts(candidate, references);
  if (steps_of(texts) > max_steps) return failure(over_limit("gleu", steps_of(texts), max_steps));
  for (Words& words : texts.words) drop_points(words);
  if (texts.words[0].empty()) return 0.0;
  const Totals totals = totals_of(texts);
  double best = 0;
  for (std::size_t text = 1; text < texts.words.size(); ++text) {
    if (texts.words[text] == texts.words[0]) return 1.0;
    const auto longer = static_cast<double>(std::max(totals.count[0], totals.count[text]));
    best = std::max(best, static_cast<double>(totals.met[text]) / longer);
  }
  return best;
}

}  // namespace assay::similarity
