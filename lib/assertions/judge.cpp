#include <algorithm>

#include "assertions/answer.hpp"
#include "assertions/compile.hpp"
#include "json/grammar.hpp"
#include "json/utf8.hpp"
#include "text/javascript_text.hpp"

namespace assay::assertions {
namespace {

constexpr std::size_t shown_operand_bytes = 1024, shown_answer_bytes = 200, shown_before_bytes = 60;

std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  return std::string(json::truncate_utf8(text, most - 3)) + "\xE2\x80\xA6";
}

/// What stands around a place in a text.
std::string excerpt(std::string_view text, std::size_t at) {
  std::size_t from = at > shown_before_bytes ? at - shown_before_bytes : 0;
  while (from < at && (static_cast<unsigned char>(text[from]) & 0xC0u) == 0x80u) ++from;
  return (from > 0 ? "\xE2\x80\xA6" : "") + cut(text.substr(from), shown_answer_bytes);
}

/// What a kernel says, and what a person may want to see when that was not wanted.
struct Finding {
  bool holds = false;
  std::string found;
};

Finding contains(const Check& check, Answer& answer) {
  const std::size_t at = text::find(answer.lower(), check.operand);
  if (at == std::string_view::npos) return {false, cut(answer.text(), shown_answer_bytes)};
  return {true, check.wanted ? std::string() : excerpt(answer.lower(), at)};
}

Finding equals(const Check& check, Answer& answer) {
  const std::string_view trimmed = text::trim(answer.text());
  if (trimmed == check.operand) return {true, {}};
  return {false, cut(trimmed, shown_answer_bytes)};
}

Result<Finding, std::string> matches(const Check& check, Answer& answer) {
  const auto matched = check.regex->test(answer.regex_subject());
  if (!matched) return failure(matched.error());
  return Finding{*matched, *matched ? std::string() : cut(answer.text(), shown_answer_bytes)};
}

Finding length(const Check& check, Answer& answer) {
  const std::size_t units = answer.length();
  const auto size = static_cast<double>(units);
  return {check.kernel == Kernel::longer_than ? size > check.bound : size < check.bound, std::to_string(units)};
}

Finding json_text(Answer& answer) {
  if (json::is_json(answer.bytes())) return {true, {}};
  return {false, cut(answer.text(), shown_answer_bytes)};
}

Result<Finding, std::string> run(const Check& check, Answer& answer) {
  switch (check.kernel) {
    case Kernel::contains_lower:
      return contains(check, answer);
    case Kernel::equals_trimmed:
      return equals(check, answer);
    case Kernel::regex:
      return matches(check, answer);
    case Kernel::longer_than:
    case Kernel::shorter_than:
      return length(check, answer);
    case Kernel::json:
      return json_text(answer);
  }
  return failure(std::string("unknown kernel"));
}

AssertionResult result_of(const Check& check, Answer& answer) {
  AssertionResult result;
  result.index = check.index;
  result.type = check.type;
  result.expected = cut(check.shown, shown_operand_bytes);
  auto finding = run(check, answer);
  if (!finding) {
    result.error = std::move(finding.error());
    return result;
  }
  result.passed = finding->holds == check.wanted;
  result.found = std::move(finding->found);
  return result;
}

}  // namespace

Judgement judge(const CompiledCase& test, std::string_view bytes) {
  Judgement judgement;
  if (test.checks.empty()) return judgement;
  Answer answer(bytes);
  for (const Check& check : test.checks) judgement.assertions.push_back(result_of(check, answer));
  const auto& results = judgement.assertions;
  const auto passed = std::count_if(results.begin(), results.end(), [](const auto& result) { return result.passed; });
  const bool limited =
      std::any_of(results.begin(), results.end(), [](const auto& result) { return !result.error.empty(); });
  const auto asserted = static_cast<double>(results.size());
  judgement.score = limited ? 0.0 : static_cast<double>(passed) / asserted;
  judgement.verdict = limited                                   ? Verdict::error
                      : static_cast<double>(passed) == asserted ? Verdict::pass
                                                                : Verdict::fail;
  return judgement;
}

std::size_t work(const CompiledCase& test, std::size_t answer_bytes) {
  std::size_t per_byte = 0;
  for (const Check& check : test.checks) per_byte += check.regex ? check.regex->steps_per_byte() : 1;
  return per_byte * answer_bytes;
}

}  // namespace assay::assertions
