#include "similarity/grams.hpp"

#include <algorithm>
#include <utility>

namespace assay::similarity {
namespace {

/// An n-gram on its way to n + 1: its number, the next word's, and where the new number goes.
struct Longer {
  std::uint32_t gram = 0, word = 0;
  std::uint32_t* place = nullptr;
};

/// Sorts by one of the two numbers, keeping the order of equals.
void sort_by(std::uint32_t Longer::*key, std::size_t kinds, std::vector<Longer>& grams) {
  std::vector<std::uint32_t> begin(kinds + 1);
  for (const Longer& gram : grams) ++begin[gram.*key + 1];
  for (std::size_t kind = 1; kind <= kinds; ++kind) begin[kind] += begin[kind - 1];
  std::vector<Longer> sorted(grams.size());
  for (const Longer& gram : grams) sorted[begin[gram.*key]++] = gram;
  grams = std::move(sorted);
}

template <class Word, class Texts>
Numbered number_all(const Texts& texts) {
  std::vector<Word> kinds;
  for (const auto& text : texts) kinds.insert(kinds.end(), text.begin(), text.end());
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  Numbered numbered;
  numbered.kinds = kinds.size();
  for (const auto& text : texts) {
    auto& numbers = numbered.texts.emplace_back();
    numbers.reserve(text.size());
    for (const Word& word : text) {
      const auto found = std::lower_bound(kinds.begin(), kinds.end(), word);
      numbers.push_back(static_cast<std::uint32_t>(found - kinds.begin()));
    }
  }
  return numbered;
}

}  // namespace

Numbered number_words(std::span<const std::vector<std::string_view>> texts) {
  return number_all<std::string_view>(texts);
}

Numbered number_characters(std::span<const std::u32string> texts) {
  return number_all<char32_t>(texts);
}

Grams::Grams(Numbered words) : words_(std::move(words)), grams_(words_.texts), kinds_(words_.kinds) {}

void Grams::lengthen() {
  std::vector<Longer> longer;
  for (std::size_t text = 0; text < grams_.size(); ++text) {
    auto& grams = grams_[text];
    const auto& words = words_.texts[text];
    for (std::size_t at = 0; at + order_ < words.size(); ++at) {
      longer.push_back({grams[at], words[at + order_], &grams[at]});
    }
    if (!grams.empty()) grams.pop_back();
  }
  sort_by(&Longer::word, words_.kinds, longer);
  sort_by(&Longer::gram, kinds_, longer);
  kinds_ = 0;
  for (std::size_t at = 0; at < longer.size(); ++at) {
    const bool same = at > 0 && longer[at].gram == longer[at - 1].gram && longer[at].word == longer[at - 1].word;
    if (!same) ++kinds_;
    *longer[at].place = static_cast<std::uint32_t>(kinds_ - 1);
  }
  ++order_;
}

std::size_t Grams::matches(std::size_t candidate, std::size_t reference) {
  left_.resize(std::max(left_.size(), kinds_));
  for (const std::uint32_t gram : grams_[reference]) ++left_[gram];
  std::size_t met = 0;
  for (const std::uint32_t gram : grams_[candidate]) {
    if (left_[gram] == 0) continue;
    --left_[gram];
    ++met;
  }
  for (const std::uint32_t gram : grams_[reference]) left_[gram] = 0;
  return met;
}

}  // namespace assay::similarity
