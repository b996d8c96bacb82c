#include "assertions/measure_kernels.hpp"

#include <cmath>
#include <utility>

#include "assertions/operand.hpp"
#include "json/number.hpp"
#include "similarity/elementary.hpp"
#include "text/javascript_text.hpp"

namespace assay::assertions {
namespace {

using Measured = Result<double, std::string>;

/// A measure that must not be above the threshold.
template <class Measure>
Made at_most(const Build& build, Measure measure, const char* unit) {
  const double most = build.threshold();
  const std::string shown = "at most " + json::javascript_number(most) + unit;
  return made(
      [most, measure, unit](Answer& answer) -> Result<Finding, std::string> {
        const Measured measured = measure(answer.evidence());
        if (!measured) return failure(measured.error());
        return decided(*measured <= most, json::javascript_number(*measured) + unit);
      },
      shown);
}

Measured latency(const Evidence& evidence) {
  if (evidence.cached) return failure(std::string("the answer came from a cache, so its latency was not measured"));
  if (!evidence.latency_ms) return failure(std::string("the latency was not measured"));
  return *evidence.latency_ms;
}

Measured first_token(const Evidence& evidence) {
  if (evidence.cached) return failure(std::string("the answer came from a cache, so its first token was not timed"));
  if (!evidence.first_token_ms) return failure(std::string("the time to the first token was not measured"));
  return *evidence.first_token_ms;
}

Measured cost(const Evidence& evidence) {
  if (!evidence.cost_usd) return failure(std::string("the cost is unknown"));
  return *evidence.cost_usd;
}

Measured mean_log_prob(const Evidence& evidence) {
  if (evidence.log_probs.empty()) return failure(std::string("the provider told no log probabilities"));
  double sum = 0;
  for (const double log_prob : evidence.log_probs) sum += log_prob;
  return sum / static_cast<double>(evidence.log_probs.size());
}

Measured perplexity(const Evidence& evidence) {
  const Measured mean = mean_log_prob(evidence);
  if (!mean) return mean;
  return similarity::exponential(-*mean);
}

/// The parts of a max-tokens value.
struct TokenLimits {
  std::optional<std::int64_t> prompt, completion, total;

  Result<Finding, std::string> operator()(Answer& answer) const {
    const Evidence& evidence = answer.evidence();
    Finding finding = decided(true, {});
    for (const auto& [name, limit, count] : {std::tuple("prompt", prompt, evidence.prompt_tokens),
                                             std::tuple("completion", completion, evidence.completion_tokens),
                                             std::tuple("total", total, evidence.total_tokens)}) {
      if (!limit) continue;
      if (!count) return failure("the " + std::string(name) + " tokens were not counted");
      finding.holds = finding.holds && *count <= *limit;
      finding.found += (finding.found.empty() ? "" : ", ") + std::to_string(*count) + ' ' + name;
    }
    return finding;
  }
};

Result<TokenLimits, std::string> token_limits(json::View value) {
  TokenLimits limits;
  if (value.is_number()) {
    limits.completion = value.as_int64();
  } else if (value.is_object()) {
    for (const auto& [key, limit] : value.members()) {
      auto* const part = key == "prompt"       ? &limits.prompt
                         : key == "completion" ? &limits.completion
                         : key == "total"      ? &limits.total
                                               : nullptr;
      if (part == nullptr)
        return failure("the value has the key \"" + std::string(key) + "\", which means nothing here");
      *part = limit.as_int64();
      if (!*part) return failure("the value's " + std::string(key) + " is no whole number");
    }
  } else {
    return failure(wrong_kind(value, "a number or an object with prompt, completion or total"));
  }
  if (!limits.prompt && !limits.completion && !limits.total)
    return failure(std::string("the value names no whole number of tokens"));
  return limits;
}

Finding guarded(json::View flags) {
  const auto set = [flags](std::string_view name) { return flags[name].as_bool().value_or(false); };
  if (!set("flagged")) return decided(true, "nothing was flagged");
  const std::string reason(flags["reason"].string_or(""));
  if (!reason.empty()) return decided(false, reason);
  return decided(false, set("flaggedInput")    ? "the prompt was flagged"
                        : set("flaggedOutput") ? "the answer was flagged"
                                               : "flagged");
}

/// The last element of a list.
json::View last_of(json::View list) {
  return list.size() > 0 ? list[list.size() - 1] : json::View();
}

/// What the guardrails said: of the answer itself, or else of the last turn of a red team's history.
Finding guarded(const Evidence& evidence) {
  const auto told = json::parse(evidence.guardrails.empty() ? "null" : evidence.guardrails, json::Limits::foreign());
  if (told && told->root().is_object()) return guarded(told->root());
  const auto metadata = json::parse(evidence.metadata.empty() ? "null" : evidence.metadata, json::Limits::foreign());
  if (!metadata) return decided(true, {});
  return guarded(last_of(metadata->root()["redteamHistory"])["guardrails"]);
}

}  // namespace

Result<Made, std::string> make_latency(const Build& build) {
  return at_most(build, latency, " ms");
}
Result<Made, std::string> make_time_to_first_token(const Build& build) {
  return at_most(build, first_token, " ms");
}
Result<Made, std::string> make_cost(const Build& build) {
  return at_most(build, cost, " USD");
}

Result<Made, std::string> make_max_tokens(const Build& build) {
  const auto limits = token_limits(build.value);
  if (!limits) return failure(limits.error());
  return made(*limits, "at most " + build.value.dump() + " tokens");
}

Result<Made, std::string> make_perplexity(const Build& build) {
  if (build.spec.threshold) return at_most(build, perplexity, "");
  return made(
      [](Answer& answer) -> Result<Finding, std::string> {
        const Measured measured = perplexity(answer.evidence());
        if (!measured) return failure(measured.error());
        Finding finding = decided(true, json::javascript_number(*measured));
        finding.fixed = true;
        return finding;
      },
      "any perplexity");
}

Result<Made, std::string> make_perplexity_score(const Build& build) {
  return made(
      [threshold = build.spec.threshold](Answer& answer) -> Result<Finding, std::string> {
        const Measured mean = mean_log_prob(answer.evidence());
        if (!mean) return failure(mean.error());
        Finding finding = scored(1 / (1 + similarity::exponential(-*mean)), threshold.value_or(0));
        if (!threshold) finding.holds = finding.fixed = true;
        return finding;
      },
      build.spec.threshold ? "at least " + json::javascript_number(*build.spec.threshold) : "any score");
}

Result<Made, std::string> make_finish_reason(const Build& build) {
  auto reason = string_operand(build.value);
  if (!reason) return failure(std::move(reason.error()));
  return made(
      [wanted = text::to_lower_case(*reason)](Answer& answer) -> Result<Finding, std::string> {
        const std::string& told = answer.evidence().finish_reason;
        if (told.empty()) return decided(false, "no finish reason");
        return decided(text::to_lower_case(text::well_formed(told)) == wanted, told);
      },
      *reason);
}

Result<Made, std::string> make_guardrails(const Build&) {
  return made([](Answer& answer) -> Result<Finding, std::string> { return guarded(answer.evidence()); },
              "nothing flagged");
}

}  // namespace assay::assertions
