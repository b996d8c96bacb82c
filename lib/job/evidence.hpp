#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What a judge may look at beside the answer's text. What is absent was not measured or not told; a type that needs it
/// says so. JSON texts are empty when absent.
struct Evidence {
  std::optional<double> latency_ms{};
  std::optional<double> first_token_ms{};  ///< from the request to the first piece of the answer
  bool cached = false;                     ///< the answer came from a cache: its latency means nothing
  std::optional<double> cost_usd{};        ///< to compare with a threshold, never to book
  std::optional<std::int64_t> prompt_tokens{}, completion_tokens{}, total_tokens{};
  std::string finish_reason{};      ///< the vendor's word
  std::vector<double> log_probs{};  ///< of the answer's tokens, natural logarithms
  bool structured = false;          ///< the answer is JSON text of a value that the provider returned, not a text
  std::string tool_calls{};         ///< JSON of the calls that the model asked for, where they come apart from the text
  std::string tools{};              ///< JSON list of the tools that the model was offered
  std::string trace{};              ///< JSON list of spans
  std::string metadata{};           ///< JSON object
  std::string guardrails{};         ///< JSON object: flagged, flaggedInput, flaggedOutput, reason
};

}  // namespace assay
