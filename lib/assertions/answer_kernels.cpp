#include "assertions/answer_kernels.hpp"

#include <functional>
#include <limits>
#include <utility>

#include "assertions/operand.hpp"
#include "json/number.hpp"
#include "similarity/extract.hpp"
#include "similarity/refusal.hpp"
#include "similarity/words.hpp"
#include "text/javascript_text.hpp"

namespace assay::assertions {
namespace {

/// How many words an answer may have, both inclusive.
struct WordRange {
  double least = 0, most = std::numeric_limits<double>::infinity();
  std::string shown;
};

/// A bound; outside strict what JavaScript compares as a number is one too. What is no number bounds everything out.
std::optional<double> bound_in(json::View value, bool strict) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (value.is_number() || strict) return value.as_double();
  if (value.is_null()) return 0.0;
  if (const auto truth = value.as_bool()) return *truth ? 1.0 : 0.0;
  return value.is_string() ? javascript_number_of(*value.as_string()).value_or(nan) : nan;
}

Result<WordRange, std::string> words_between(json::View value, bool strict) {
  WordRange range;
  if (!value["min"].exists() && !value["max"].exists())
    return failure(std::string("the value has neither min nor max"));
  for (const char* key : {"min", "max"}) {
    if (!value[key].exists()) continue;
    const auto bound = bound_in(value[key], strict);
    if (!bound) return failure("the value's " + std::string(key) + " is no number");
    (key == std::string_view("min") ? range.least : range.most) = *bound;
  }
  const bool both = value["min"].exists() && value["max"].exists();
  if (both && !(range.least <= range.most)) return failure(std::string("the value's min is above its max"));
  range.shown = value.dump() + " words";
  return range;
}

Result<WordRange, std::string> word_range(json::View value, bool strict) {
  if (value.is_object()) return words_between(value, strict);
  const auto count = value.is_string() ? javascript_number_of(*value.as_string()) : value.as_double();
  if (!count) return failure(wrong_kind(value, "a number, text that is one, or {min, max}"));
  return WordRange{*count, *count, json::javascript_number(*count) + " words"};
}

/// The part of an answer that its members judge.
class Extraction final : public Kernel {
 public:
  using Find = std::function<std::optional<std::string_view>(std::string_view text)>;
  explicit Extraction(Find find) : find_(std::move(find)) {}

  Result<Finding, std::string> run(Answer& answer) const override {
    const auto part = find_(answer.text());
    if (!part) return decided(false, "nothing to extract");
    Finding finding = decided(true, std::string(*part));
    const bool inside = part->data() >= answer.text().data() && !part->empty();
    if (inside) finding.where = place(answer.text(), static_cast<std::size_t>(part->data() - answer.text().data()));
    return finding;
  }

 private:
  Find find_;
};

Made extraction(Extraction::Find find, json::View value) {
  return {std::make_shared<const Extraction>(std::move(find)), "from " + value.dump()};
}

Result<Made, std::string> extraction_by_name(json::View value) {
  const std::string_view name = value.string_or("");
  if (name == "last-line") return extraction(similarity::last_line, value);
  if (name == "answer") return extraction(similarity::marked_answer, value);
  if (name == "boxed") return extraction(similarity::boxed, value);
  if (name == "code")
    return extraction([](std::string_view text) { return similarity::code_block(text, similarity::Which::first); },
                      value);
  return failure(std::string("the value is none of last-line, answer, boxed, code, {after}, {code}"));
}

Result<Made, std::string> extraction_by_object(json::View value) {
  for (const auto& [key, option] : value.members()) {
    const bool known = key == "after" || key == "code" || (key == "which" && value["code"].exists());
    if (!known) return failure("the value has the key \"" + std::string(key) + "\", which means nothing here");
    if (!option.is_string()) return failure("the value's " + std::string(key) + " is no text");
  }
  const std::string after(value["after"].string_or("")), language(value["code"].string_or(""));
  const std::string_view which = value["which"].string_or("first");
  if (value["after"].exists() == value["code"].exists())
    return failure(std::string("the value must have one of after and code"));
  if (value["after"].exists()) {
    if (after.empty()) return failure(std::string("the value's after is empty"));
    return extraction([after](std::string_view text) { return similarity::after_marker(text, after); }, value);
  }
  if (which != "first" && which != "last") return failure(std::string("the value's which is neither first nor last"));
  const auto chosen = which == "first" ? similarity::Which::first : similarity::Which::last;
  return extraction(
      [language, chosen](std::string_view text) { return similarity::code_block(text, chosen, language); }, value);
}

}  // namespace

Result<Made, std::string> make_word_count(const Build& build) {
  auto range = word_range(build.value, build.strict);
  if (!range) return failure(std::move(range.error()));
  return made(
      [range = *range](Answer& answer) -> Result<Finding, std::string> {
        const std::size_t words = similarity::word_count(answer.text());
        const auto count = static_cast<double>(words);
        return decided(count >= range.least && count <= range.most, std::to_string(words) + " words");
      },
      range->shown);
}

Result<Made, std::string> make_is_refusal(const Build& build) {
  return made_heavy(
      [promptfoo = !build.strict](Answer& answer) -> Result<Finding, std::string> {
        const bool structured = answer.evidence().structured;
        const auto refusal = structured ? similarity::Refusal::blank : similarity::refusal(answer.text());
        Finding finding = missed(answer.text());
        if (structured && !promptfoo) return finding;
        finding.holds = refusal != similarity::Refusal::none;
        if (promptfoo && refusal == similarity::Refusal::blank) finding.score = 0;
        return finding;
      },
      16, "a refusal");
}

Result<Made, std::string> make_multiple_choice(const Build& build) {
  const json::View value = build.value, letter = value.is_object() ? value["answer"] : value;
  const std::string_view wanted = letter.string_or("");
  const std::int64_t choices = value["choices"].exists() ? value["choices"].as_int64().value_or(0) : 26;
  if (wanted.size() != 1 || wanted[0] < 'A' || wanted[0] > 'Z')
    return failure(std::string("the value is not one letter from A to Z, or {answer, choices} with one"));
  if (choices < 2 || choices > 26 || wanted[0] - 'A' >= choices)
    return failure(std::string("the value's choices is no number from 2 to 26, or the answer is beyond it"));
  for (const auto& [key, option] : value.members()) {
    if (key != "answer" && key != "choices")
      return failure("the value has the key \"" + std::string(key) + "\", which means nothing here");
  }
  return made_heavy(
      [wanted = wanted[0], choices = static_cast<int>(choices)](Answer& answer) -> Result<Finding, std::string> {
        const auto chosen = similarity::choice_letter(answer.text(), choices);
        return decided(chosen == wanted, chosen ? std::string(1, *chosen) : "no letter");
      },
      4, std::string(wanted));
}

Result<Made, std::string> make_extract(const Build& build) {
  if (build.value.is_string()) return extraction_by_name(build.value);
  if (build.value.is_object()) return extraction_by_object(build.value);
  return failure(wrong_kind(build.value, "text or an object"));
}

}  // namespace assay::assertions
