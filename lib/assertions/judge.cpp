#include <algorithm>
#include <utility>

#include "assertions/compile.hpp"
#include "assertions/tally.hpp"
#include "json/number.hpp"

namespace assay::assertions {
namespace {

/// A check's result, and what a set's members gave to metrics.
struct Outcome {
  AssertionResult result;
  Metrics metrics;
};
Outcome outcome_of(const Check& check, Answer& answer);

/// The outcomes of a list, in its order, and their sum. Sets are added after the others, as promptfoo does: sums of
/// doubles depend on their order.
struct Outcomes {
  std::vector<AssertionResult> results;
  Tally tally;
};
Outcomes outcomes_of(const std::vector<Check>& checks, Answer& answer) {
  Outcomes outcomes;
  std::vector<std::pair<const Check*, Outcome>> later;
  for (const Check& check : checks) {
    Outcome one = outcome_of(check, answer);
    if (check.members.empty() && check.shape == Shape::kernel) {
      outcomes.tally.add(check, one.result, one.metrics);
    } else {
      later.emplace_back(&check, one);
    }
    outcomes.results.push_back(std::move(one.result));
  }
  for (const auto& [check, one] : later) outcomes.tally.add(*check, one.result, one.metrics);
  return outcomes;
}

void show(AssertionResult& result, const Finding& finding) {
  if (finding.around.data() == nullptr) {
    result.found = cut(finding.found, shown_operand_bytes);
    result.where = finding.where;
  } else {
    result.found = excerpt(finding.around, finding.at.value_or(0));
    if (finding.at) result.where = place(finding.around, *finding.at);
  }
}

void apply(AssertionResult& result, const Check& check, const Finding& finding) {
  const bool turns = check.inverse && !finding.fixed && check.polarity != Polarity::ignored;
  result.passed = finding.holds != turns;
  result.score = finding.score.value_or(result.passed ? 1 : 0);
  if (finding.score && check.inverse && check.polarity == Polarity::complement) result.score = 1 - *finding.score;
  if (check.informs_only) result.passed = true;
  if (!result.passed || finding.around.data() == nullptr) show(result, finding);
}

void run(AssertionResult& result, const Check& check, Answer& answer) {
  auto finding = check.kernel->run(answer);
  if (!finding) {
    result.error = cut(finding.error(), shown_operand_bytes);
    return;
  }
  apply(result, check, *finding);
}

/// The first error among members: a set with one is one.
std::string error_of(const std::vector<AssertionResult>& members) {
  for (const AssertionResult& member : members) {
    if (!member.error.empty()) return "assert[" + std::to_string(member.index) + "]: " + member.error;
  }
  return {};
}

std::size_t passed(const std::vector<AssertionResult>& results) {
  const auto count = std::count_if(results.begin(), results.end(), [](const auto& result) { return result.passed; });
  return static_cast<std::size_t>(count);
}

double best_score(const std::vector<AssertionResult>& members) {
  double best = 0;
  for (const AssertionResult& member : members) best = std::max(best, member.score);
  return best;
}

Finding combined(const Check& check, const Outcomes& members) {
  const std::size_t held = passed(members.results), all = members.results.size();
  Finding finding = decided(false, std::to_string(held) + " of " + std::to_string(all) + " passed");
  switch (check.shape) {
    case Shape::any:
      finding.holds = held > 0;
      finding.score = best_score(members.results);
      break;
    case Shape::none:
      finding.holds = held == 0;
      finding.score = 1 - best_score(members.results);
      break;
    default:
      finding.holds = check.shape == Shape::all ? held == all : members.tally.pass(check.threshold);
      finding.score = members.tally.score();
  }
  return finding;
}

void judge_members(Outcome& outcome, const Check& check, Answer& answer) {
  Outcomes members = outcomes_of(check.members, answer);
  AssertionResult& result = outcome.result;
  result.error = cut(error_of(members.results), shown_operand_bytes);
  if (result.error.empty()) apply(result, check, combined(check, members));
  outcome.metrics = members.tally.metrics();
  result.members = std::move(members.results);
}

/// The kernel finds a part of the answer; the members judge it. Nothing found: they are not asked, and it fails.
void judge_part(Outcome& outcome, const Check& check, Answer& answer) {
  auto part = check.kernel->run(answer);
  if (!part) {
    outcome.result.error = cut(part.error(), shown_operand_bytes);
  } else if (!part->holds) {
    apply(outcome.result, check, *part);
  } else {
    Answer inner(part->found, answer.evidence());
    judge_members(outcome, check, inner);
    outcome.result.found = shown(part->found);
    outcome.result.where = part->where;
  }
}

Outcome outcome_of(const Check& check, Answer& answer) {
  Outcome outcome;
  AssertionResult& result = outcome.result;
  result.index = check.index;
  result.type = check.type;
  result.expected = cut(check.shown, shown_operand_bytes);
  result.weight = check.weight;
  result.metric = check.metric;
  if (!check.fault.empty()) {
    result.error = cut(check.fault, shown_operand_bytes);
  } else if (check.shape == Shape::kernel) {
    run(result, check, answer);
  } else if (check.shape == Shape::extract) {
    judge_part(outcome, check, answer);
  } else {
    judge_members(outcome, check, answer);
  }
  return outcome;
}

std::string why(const CompiledCase& test, const Judgement& judgement, const Tally& tally) {
  if (judgement.first_failed && (tally.erred() || !test.threshold)) {
    const AssertionResult& result = judgement.assertions[static_cast<std::size_t>(*judgement.first_failed)];
    const std::string name = "assertions[" + std::to_string(result.index) + "] " + result.type;
    if (tally.erred()) return cut(name + " could not be judged: " + result.error, shown_operand_bytes);
    if (judgement.verdict == Verdict::fail) return name + " failed";
  }
  if (!test.threshold) return judgement.verdict == Verdict::unchecked ? "nothing has weight" : "all assertions passed";
  return "score " + json::javascript_number(judgement.score) +
         (judgement.verdict == Verdict::pass ? " reaches" : " is below") + " the threshold " +
         json::javascript_number(*test.threshold);
}

void sum_up(Judgement& judgement, const CompiledCase& test, const Tally& tally) {
  const auto asserted = static_cast<double>(judgement.assertions.size());
  const bool share = test.scoring == Scoring::share;
  judgement.first_failed = tally.erred() ? tally.first_error() : tally.first_failed();
  if (tally.erred()) {
    judgement.verdict = Verdict::error;
    judgement.score = 0;
  } else if (test.scoring == Scoring::weighted_strict && tally.weight() <= 0) {
    judgement.verdict = Verdict::unchecked;
    judgement.score = 1;
  } else {
    judgement.verdict = tally.pass(test.threshold) ? Verdict::pass : Verdict::fail;
    judgement.score = share ? static_cast<double>(passed(judgement.assertions)) / asserted : tally.score();
    for (const auto& [name, metric] : tally.metrics()) judgement.named_scores[name] = metric.mean();
  }
  judgement.reason = why(test, judgement, tally);
}

std::size_t work(const std::vector<Check>& checks, std::size_t answer_bytes) {
  std::size_t sum = 0;
  for (const Check& check : checks) {
    if (check.kernel) sum += check.kernel->work(answer_bytes);
    sum += work(check.members, answer_bytes);
  }
  return sum;
}

std::size_t memory_bytes(const std::vector<Check>& checks) {
  std::size_t sum = 0;
  for (const Check& check : checks) {
    sum += sizeof(Check) + check.shown.size() + (check.kernel ? check.kernel->memory_bytes() : 0);
    sum += memory_bytes(check.members);
  }
  return sum;
}

}  // namespace

Judgement judge(const CompiledCase& test, std::string_view bytes) {
  return judge(test, bytes, Evidence{});
}

Judgement judge(const CompiledCase& test, std::string_view bytes, const Evidence& evidence) {
  Judgement judgement;
  judgement.reason = "nothing was asserted";
  if (test.checks.empty()) return judgement;
  Answer answer(bytes, evidence);
  Outcomes outcomes = outcomes_of(test.checks, answer);
  judgement.assertions = std::move(outcomes.results);
  sum_up(judgement, test, outcomes.tally);
  return judgement;
}

std::size_t work(const CompiledCase& test, std::size_t answer_bytes) {
  return work(test.checks, answer_bytes);
}

std::size_t memory_bytes(const CompiledCase& test) {
  return memory_bytes(test.checks);
}

}  // namespace assay::assertions
