#include "engine/merged_askings.hpp"

#include <algorithm>
#include <utility>

namespace assay::engine {
namespace {

Asking over(const Asking& job, const Asking& suite) {
  Asking merged = job;
  const auto fill = [](auto& wish, const auto& otherwise) {
    if (!wish) wish = otherwise;
  };
  const auto fill_text = [](std::string& wish, const std::string& otherwise) {
    if (wish.empty()) wish = otherwise;
  };
  fill(merged.top_k, suite.top_k);
  fill(merged.frequency_penalty, suite.frequency_penalty);
  fill(merged.presence_penalty, suite.presence_penalty);
  fill(merged.reasoning_tokens, suite.reasoning_tokens);
  fill(merged.parallel_tool_calls, suite.parallel_tool_calls);
  fill(merged.stream, suite.stream);
  fill(merged.log_probs, suite.log_probs);
  fill_text(merged.reasoning_effort, suite.reasoning_effort);
  fill_text(merged.response_format, suite.response_format);
  fill_text(merged.tools, suite.tools);
  fill_text(merged.tool_choice, suite.tool_choice);
  return merged;
}

}  // namespace

MergedAskings::Shared MergedAskings::merged(const Shared& job, const Shared& suite) {
  if (!job) return suite;
  if (!suite) return job;
  const auto known = std::find_if(known_.begin(), known_.end(),
                                  [&](const Pair& pair) { return pair.job == job && pair.suite == suite; });
  if (known != known_.end()) return known->merged;
  if (known_.size() >= most) known_.erase(known_.begin());
  known_.push_back({job, suite, std::make_shared<const Asking>(over(*job, *suite))});
  return known_.back().merged;
}

}  // namespace assay::engine
