#include "imports/assertion_types.hpp"

#include <algorithm>

namespace assay::imports {

const std::vector<std::string>& base_types() {
  static const std::vector<std::string> types = {"agent-rubric",
                                                 "answer-relevance",
                                                 "bleu",
                                                 "classifier",
                                                 "contains",
                                                 "contains-all",
                                                 "contains-any",
                                                 "contains-html",
                                                 "contains-json",
                                                 "contains-sql",
                                                 "contains-xml",
                                                 "context-faithfulness",
                                                 "context-recall",
                                                 "context-relevance",
                                                 "conversation-relevance",
                                                 "cost",
                                                 "equals",
                                                 "factuality",
                                                 "finish-reason",
                                                 "g-eval",
                                                 "gleu",
                                                 "guardrails",
                                                 "icontains",
                                                 "icontains-all",
                                                 "icontains-any",
                                                 "is-html",
                                                 "is-json",
                                                 "is-refusal",
                                                 "is-sql",
                                                 "is-valid-function-call",
                                                 "is-valid-openai-function-call",
                                                 "is-valid-openai-tools-call",
                                                 "is-xml",
                                                 "javascript",
                                                 "latency",
                                                 "levenshtein",
                                                 "llm-rubric",
                                                 "pi",
                                                 "meteor",
                                                 "model-graded-closedqa",
                                                 "model-graded-factuality",
                                                 "moderation",
                                                 "perplexity",
                                                 "perplexity-score",
                                                 "python",
                                                 "regex",
                                                 "rouge-n",
                                                 "ruby",
                                                 "similar",
                                                 "similar:cosine",
                                                 "similar:dot",
                                                 "similar:euclidean",
                                                 "starts-with",
                                                 "tool-call-f1",
                                                 "skill-used",
                                                 "trajectory:goal-success",
                                                 "trajectory:tool-args-match",
                                                 "trajectory:step-count",
                                                 "trajectory:tool-sequence",
                                                 "trajectory:tool-used",
                                                 "trace-error-spans",
                                                 "trace-span-count",
                                                 "trace-span-duration",
                                                 "search-rubric",
                                                 "webhook",
                                                 "word-count"};
  return types;
}

const std::vector<std::string>& known_types() {
  static const std::vector<std::string> types = [] {
    std::vector<std::string> all = base_types();
    for (const std::string& type : base_types()) all.push_back("not-" + type);
    all.insert(all.end(), {"assert-set", "select-best", "max-score"});
    return all;
  }();
  return types;
}

bool is_known_type(std::string_view type) {
  const auto& types = known_types();
  return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace assay::imports
