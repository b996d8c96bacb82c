#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::similarity {

/// Some texts as sequences of numbers, equal words having equal numbers from 0 to kinds - 1.
struct Numbered {
  std::vector<std::vector<std::uint32_t>> texts;
  std::size_t kinds = 0;
};

Numbered number_words(std::span<const std::vector<std::string_view>> texts);
Numbered number_characters(std::span<const std::u32string> texts);

/// The n-grams of some texts, n counting up from 1. Equal n-grams have equal numbers, found by sorting by counting:
/// time and memory are linear in the texts whatever stands in them.
class Grams {
 public:
  explicit Grams(Numbered words);

  /// From n to n + 1.
  void lengthen();
  /// How many n-grams a text has.
  std::size_t count(std::size_t text) const { return grams_[text].size(); }
  /// How many n-grams of one text are met in another, each as often as it is there: the sum of min(count, count).
  std::size_t matches(std::size_t candidate, std::size_t reference);

 private:
  Numbered words_;
  std::vector<std::vector<std::uint32_t>> grams_;
  std::size_t order_ = 1, kinds_ = 0;
  std::vector<std::uint32_t> left_;  // by kind: how many of the reference are not yet met; zero between calls
};

}  // namespace assay::similarity
