#pragma once
#include "job/completion.hpp"
#include "json/document.hpp"

namespace assay::providers {

/// How one of OpenAI's formats calls its counts.
struct UsageNames {
  std::string_view prompt, prompt_details, answer, answer_details;
};
inline constexpr UsageNames chat_usage{"prompt_tokens", "prompt_tokens_details", "completion_tokens",
                                       "completion_tokens_details"};
inline constexpr UsageNames responses_usage{"input_tokens", "input_tokens_details", "output_tokens",
                                            "output_tokens_details"};

/// Disjoint classes from the inclusive counts of these formats: cached and written tokens stand inside the prompt's,
/// reasoning inside the answer's; what a vendor counts outside is told by its total. A part is never larger than its
/// whole. Knows the names of every vendor of the format (cached_tokens, prompt_cache_hit_tokens, num_cached_tokens, …).
Usage read_openai_usage(json::View usage, const UsageNames& names = chat_usage);

/// Whether the counts cannot all be true: a part larger than its whole, a total that is no sum, a negative count.
bool contradicts_itself(json::View usage, const UsageNames& names = chat_usage);

/// Writes a usage object into an answer: the counts, the flag usage_mismatch, and the charge where the vendor states it
/// there (OpenRouter, LiteLLM). Nothing when it is no object, so that of several the last one counts.
void add_usage(json::View usage, Completion& completion, const UsageNames& names = chat_usage);

}  // namespace assay::providers
