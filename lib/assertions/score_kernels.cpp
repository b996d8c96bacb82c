#include "assertions/score_kernels.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "assertions/operand.hpp"
#include "json/number.hpp"
#include "similarity/bleu.hpp"
#include "similarity/chrf.hpp"
#include "similarity/jaro_winkler.hpp"
#include "similarity/levenshtein.hpp"
#include "similarity/list_overlap.hpp"
#include "similarity/meteor.hpp"
#include "similarity/numbers.hpp"
#include "similarity/rouge.hpp"
#include "similarity/token_f1.hpp"

namespace assay::assertions {
namespace {

using References = std::vector<std::string>;
using Score = Result<double, std::string>;

/// Units of work for a byte of the answer, against operands of so many bytes: quadratic algorithms in words of 64.
std::size_t per_byte(std::size_t operand_bytes) {
  return 2 + operand_bytes / 16;
}

std::size_t size_of(const References& references) {
  std::size_t bytes = 0;
  for (const std::string& reference : references) bytes += reference.size();
  return bytes;
}

std::string at_least(double threshold, const std::string& of) {
  return "at least " + json::javascript_number(threshold) + " against: " + of;
}

/// A score against one text.
using OneScore = Score (*)(std::string_view answer, std::string_view reference);
Result<Made, std::string> against_one(const Build& build, OneScore score) {
  auto reference = string_operand(build.value);
  if (!reference) return failure(std::move(reference.error()));
  const std::size_t size = reference->size();
  std::string shown = at_least(build.threshold(), *reference);
  return made_heavy(
      [score, threshold = build.threshold(),
       reference = std::move(*reference)](Answer& answer) -> Result<Finding, std::string> {
        const Score reached = score(answer.text(), reference);
        if (!reached) return failure(reached.error());
        return scored(*reached, threshold);
      },
      per_byte(size), std::move(shown));
}

/// A score against the best of several texts.
using BestScore = Score (*)(std::string_view answer, const References& references);
Result<Made, std::string> against_best(const Build& build, BestScore score) {
  auto references = references_operand(build.value);
  if (!references) return failure(std::move(references.error()));
  const std::size_t size = size_of(*references);
  std::string shown = at_least(build.threshold(), references->front());
  return made_heavy(
      [score, threshold = build.threshold(),
       references = std::move(*references)](Answer& answer) -> Result<Finding, std::string> {
        const Score reached = score(answer.text(), references);
        if (!reached) return failure(reached.error());
        return scored(*reached, threshold);
      },
      per_byte(size), std::move(shown));
}

/// Of a score that knows one reference, the best over several.
template <class One>
Score best_of(const References& references, One one) {
  double best = 0;
  for (const std::string& reference : references) {
    const Score score = one(reference);
    if (!score) return score;
    best = std::max(best, *score);
  }
  return best;
}

struct WithinDistance {
  std::string reference;
  double threshold;

  Result<Finding, std::string> operator()(Answer& answer) const {
    // A distance is whole and no longer than both texts; a threshold that is not a number above 0 leaves only 0.
    const double most = std::clamp(std::floor(threshold), 0.0, 1e15);
    const auto distance = similarity::levenshtein_within(answer.text(), reference, static_cast<std::size_t>(most));
    if (!distance) return failure(distance.error());
    if (!*distance) return decided(false, "distance above " + json::javascript_number(most));
    return decided(static_cast<double>(**distance) <= threshold, "distance " + std::to_string(**distance));
  }
};

enum class Take { last, first, only };

struct NumericMatch {
  similarity::Number expected;
  similarity::Tolerance tolerance;
  Take take = Take::last;

  std::optional<similarity::Number> number_in(std::string_view text) const {
    switch (take) {
      case Take::last:
        return similarity::last_number(text);
      case Take::first:
        return similarity::next_number(text);
      case Take::only:
        return similarity::sole_number(text);
    }
    return std::nullopt;
  }

  Result<Finding, std::string> operator()(Answer& answer) const {
    const auto number = number_in(answer.text());
    if (!number) return decided(false, "no number");
    Finding finding = decided(similarity::same_number(*number, expected, tolerance),
                              std::string(answer.text().substr(number->offset, number->length)));
    finding.where = place(answer.text(), number->offset);
    return finding;
  }
};

Result<similarity::Number, std::string> expected_number(json::View value) {
  if (const auto number = value.as_double()) return similarity::Number{*number};
  if (!value.is_string()) return failure(wrong_kind(value, "a number, or text that is one"));
  const auto number = similarity::sole_number(*value.as_string());
  if (!number) return failure(std::string("the value is text that is not a number"));
  return *number;
}

Result<void, std::string> read_numeric_option(NumericMatch& match, std::string_view key, json::View value) {
  if (key == "absolute" || key == "relative") {
    const auto number = value.as_double();
    if (!number || *number < 0) return failure("the value's " + std::string(key) + " is no number from 0 on");
    (key == "absolute" ? match.tolerance.absolute : match.tolerance.relative) = *number;
  } else if (key == "take") {
    const std::string_view word = value.string_or("");
    if (word != "last" && word != "first" && word != "only")
      return failure(std::string("the value's take is none of last, first, only"));
    match.take = word == "last" ? Take::last : word == "first" ? Take::first : Take::only;
  } else if (key != "value") {
    return failure("the value has the key \"" + std::string(key) + "\", which means nothing here");
  }
  return {};
}

Result<NumericMatch, std::string> numeric_match(json::View value) {
  NumericMatch match;
  const auto expected = expected_number(value.is_object() ? value["value"] : value);
  if (!expected) return failure(expected.error());
  match.expected = *expected;
  for (const auto& [key, option] : value.members()) {
    if (auto read = read_numeric_option(match, key, option); !read) return failure(read.error());
  }
  return match;
}

}  // namespace

Result<Made, std::string> make_levenshtein(const Build& build) {
  auto reference = string_operand(build.value);
  if (!reference) return failure(std::move(reference.error()));
  const std::size_t size = reference->size();
  std::string shown = "at most " + json::javascript_number(build.threshold()) + " from: " + *reference;
  return made_heavy(WithinDistance{std::move(*reference), build.threshold()}, per_byte(size), std::move(shown));
}

Result<Made, std::string> make_levenshtein_ratio(const Build& build) {
  return against_one(build, [](std::string_view answer, std::string_view reference) {
    return similarity::levenshtein_ratio(answer, reference);
  });
}

Result<Made, std::string> make_jaro_winkler(const Build& build) {
  return against_one(build, [](std::string_view answer, std::string_view reference) {
    return similarity::jaro_winkler(answer, reference);
  });
}

Result<Made, std::string> make_rouge_n(const Build& build) {
  return against_one(build, [](std::string_view answer, std::string_view reference) {
    return similarity::rouge_n(answer, reference);
  });
}

Result<Made, std::string> make_rouge_l(const Build& build) {
  return against_one(build, [](std::string_view answer, std::string_view reference) {
    return similarity::rouge_l(answer, reference);
  });
}

Result<Made, std::string> make_bleu(const Build& build) {
  return against_best(build, [](std::string_view answer, const References& references) {
    return similarity::bleu(answer, references);
  });
}

Result<Made, std::string> make_gleu(const Build& build) {
  return against_best(build, [](std::string_view answer, const References& references) {
    return similarity::gleu(answer, references);
  });
}

Result<Made, std::string> make_meteor(const Build& build) {
  return against_best(build, [](std::string_view answer, const References& references) {
    return similarity::meteor(answer, references);
  });
}

Result<Made, std::string> make_chrf(const Build& build) {
  return against_best(build, [](std::string_view answer, const References& references) {
    return similarity::chrf(answer, references);
  });
}

Result<Made, std::string> make_token_f1(const Build& build) {
  return against_best(build, [](std::string_view answer, const References& references) {
    return best_of(references, [answer](std::string_view one) -> Score { return similarity::token_f1(answer, one); });
  });
}

Result<Made, std::string> make_exact_match(const Build& build) {
  auto references = references_operand(build.value);
  if (!references) return failure(std::move(references.error()));
  std::string shown = references->front();
  const std::size_t count = references->size();
  return made_heavy(
      [references = std::move(*references)](Answer& answer) -> Result<Finding, std::string> {
        Finding finding = missed(answer.text());
        finding.holds = std::any_of(references.begin(), references.end(), [&answer](const std::string& one) {
          return similarity::squad_equal(answer.text(), one);
        });
        return finding;
      },
      4 * count, std::move(shown));
}

Result<Made, std::string> make_list_overlap(const Build& build) {
  auto wanted = needles_operand(build.value, true);
  if (!wanted) return failure(std::move(wanted.error()));
  return made_heavy(
      [wanted = std::move(*wanted), threshold = build.threshold()](Answer& answer) -> Result<Finding, std::string> {
        const auto overlap = similarity::list_overlap(similarity::list_items(answer.text()), wanted);
        return scored(overlap.f1, threshold);
      },
      8, at_least(build.threshold(), build.value.dump()));
}

Result<Made, std::string> make_numeric(const Build& build) {
  const auto match = numeric_match(build.value);
  if (!match) return failure(match.error());
  return made_heavy(*match, 4, build.value.dump());
}

}  // namespace assay::assertions
