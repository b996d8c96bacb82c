#include "similarity/meteor.hpp"

#include <algorithm>
#include <vector>

#include "similarity/elementary.hpp"
#include "similarity/grams.hpp"
#include "similarity/porter_stem.hpp"
#include "similarity/words.hpp"
#include "text/javascript_text.hpp"

namespace assay::similarity {
namespace {

constexpr std::size_t none = std::string::npos;

using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
  Words words;
  for (const std::string_view piece : split_at_space(text)) {
    words.push_back(text::to_lower_case(piece.substr(0, piece.find_last_not_of('.') + 1)));
  }
  return words;
}

Words stems_of(const Words& words) {
  Words stems(words.size());
  std::transform(words.begin(), words.end(), stems.begin(), porter_stem);
  return stems;
}

/// Which word of the reference each word of the candidate has been matched with, and which are taken.
struct Alignment {
  std::vector<std::size_t> partner;
  std::vector<bool> taken;
};

Numbered number_both(const Words& candidate, const Words& reference) {
  const std::vector<std::string_view> texts[] = {{candidate.begin(), candidate.end()},
                                                 {reference.begin(), reference.end()}};
  return number_words(texts);
}

/// Matches what is still free and equal, from the ends.
void match(const Words& candidate, const Words& reference, Alignment& alignment) {
  const Numbered numbered = number_both(candidate, reference);
  std::vector<std::vector<std::size_t>> places(numbered.kinds);
  for (std::size_t at = 0; at < reference.size(); ++at) {
    if (!alignment.taken[at]) places[numbered.texts[1][at]].push_back(at);
  }
  for (std::size_t at = candidate.size(); at-- > 0;) {
    auto& free = places[numbered.texts[0][at]];
    if (alignment.partner[at] != none || free.empty()) continue;
    alignment.partner[at] = free.back();
    alignment.taken[free.back()] = true;
    free.pop_back();
  }
}

struct Matches {
  std::size_t count = 0, chunks = 0;  ///< a chunk: neighbours matched with neighbours, in order
};

Matches matches_of(const std::vector<std::size_t>& partner) {
  Matches matches;
  for (std::size_t at = 0; at < partner.size(); ++at) {
    if (partner[at] == none) continue;
    const bool goes_on = at > 0 && partner[at - 1] != none && partner[at] == partner[at - 1] + 1;
    ++matches.count;
    matches.chunks += goes_on ? 0 : 1;
  }
  return matches;
}

double score(const Matches& matches, std::size_t candidate, std::size_t reference, const MeteorWeights& weights) {
  if (matches.count == 0) return 0;
  const auto count = static_cast<double>(matches.count);
  const double precision = count / static_cast<double>(candidate), recall = count / static_cast<double>(reference);
  const double denominator = weights.alpha * precision + (1 - weights.alpha) * recall;
  if (denominator == 0) return 0;
  const double mean = precision * recall / denominator;
  const double scatter = static_cast<double>(matches.chunks) / count;
  return (1 - weights.gamma * power(scatter, weights.beta)) * mean;
}

}  // namespace

Result<double, std::string> meteor(std::string_view candidate, std::span<const std::string> references,
                                   const MeteorWeights& weights, std::uint64_t max_steps) {
  if (candidate.empty()) return failure(std::string("the answer is empty"));
  if (references.empty()) return failure(std::string("there is no reference to compare with"));
  const Words words = words_of(candidate), stems = stems_of(words);
  double best = 0;
  bool first = true;
  std::uint64_t steps = 0;
  for (const std::string& reference : references) {
    const Words wanted = words_of(reference);
    steps += 2 * (words.size() + wanted.size());
    if (steps > max_steps) return failure(over_limit("meteor", steps, max_steps));
    Alignment alignment{std::vector<std::size_t>(words.size(), none), std::vector<bool>(wanted.size())};
    match(words, wanted, alignment);
    match(stems, stems_of(wanted), alignment);
    const double found = score(matches_of(alignment.partner), words.size(), wanted.size(), weights);
    best = first ? found : std::max(best, found);
    first = false;
  }
  return best;
}

}  // namespace assay::similarity
