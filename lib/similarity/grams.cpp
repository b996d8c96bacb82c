#include "similarity/grams.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
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

/// A word on its way to its number, which goes where it came from.
struct Word {
  std::size_t hash = 0;  // sorts faster than the text; words of one hash are told apart by their text
  std::string_view text;
  std::uint32_t* place = nullptr;
};

bool before(const Word& a, const Word& b) {
  return a.hash != b.hash ? a.hash < b.hash : a.text < b.text;
}

}  // namespace

Numbered number_words(std::span<const std::vector<std::string_view>> texts) {
  Numbered numbered;
  std::vector<Word> words;
  for (const auto& text : texts) numbered.texts.emplace_back(text.size());
  for (std::size_t text = 0; text < texts.size(); ++text) {
    for (std::size_t at = 0; at < texts[text].size(); ++at) {
      const std::string_view word = texts[text][at];
      words.push_back({std::hash<std::string_view>()(word), word, &numbered.texts[text][at]});
    }
  }
  std::sort(words.begin(), words.end(), before);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (at == 0 || before(words[at - 1], words[at])) ++numbered.kinds;
    *words[at].place = static_cast<std::uint32_t>(numbered.kinds - 1);
  }
  return numbered;
}

Numbered number_characters(std::span<const std::u32string> texts) {
  constexpr char32_t direct = 256;  // these are their own numbers
  std::u32string others;
  for (const auto& text : texts) {
    std::copy_if(text.begin(), text.end(), std::back_inserter(others), [](char32_t c) { return c >= direct; });
  }
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  const auto number = [&](char32_t c) {
    if (c < direct) return static_cast<std::uint32_t>(c);
    return static_cast<std::uint32_t>(direct + (std::lower_bound(others.begin(), others.end(), c) - others.begin()));
  };
  Numbered numbered;
  numbered.kinds = direct + others.size();
  for (const auto& text : texts) {
    auto& numbers = numbered.texts.emplace_back(text.size());
    std::transform(text.begin(), text.end(), numbers.begin(), number);
  }
  return numbered;
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
