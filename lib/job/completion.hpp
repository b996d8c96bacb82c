#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "job/usage.hpp"

namespace assay {

/// Why the model stopped. `other` keeps the vendor's word in finish_reason_raw.
enum class FinishReason { stop, length, tool_calls, content_filter, refusal, other };
std::string_view to_string(FinishReason reason);

/// One answer of one model: whatever arrived that can be judged. An empty text is an answer too.
struct Completion {
  std::string text;             ///< as sent: any bytes, NUL and bad UTF-8 included
  FinishReason finish_reason = FinishReason::other;
  std::string finish_reason_raw;
  std::string refusal;          ///< the vendor's own refusal text, when it keeps it apart
  std::string served_model;     ///< the model the answer names; may differ from the one asked for
  std::string request_id;       ///< the vendor's
  std::string service_tier;     ///< as the answer names it, empty when it does not
  std::string fingerprint;      ///< system_fingerprint, empty when absent
  Usage usage;

  std::string tool_calls{};         ///< JSON list [{"id":…,"type":"function","function":{"name":…,"arguments":"…"}}]; empty: none
  std::string reasoning{};          ///< the model's thoughts, as far as the vendor shows them; never part of `text`
  std::vector<double> log_probs{};  ///< of the answer's tokens, natural logarithms; empty: not told
  std::string served_by{};          ///< which host or deployment answered behind a gateway; empty when it does not say
  std::string reported_cost{};      ///< dollars as the gateway wrote them ("1.83e-05"); empty when it states none
  bool cached = false;              ///< the answer came from a gateway's cache: its latency means nothing
  std::vector<std::string> flags{}; ///< what a reader must know, from completion_flags

  std::string raw{};                ///< the answer's body as it came, where the settings keep it

  bool streamed = false;
  std::optional<Duration> first_token{};  ///< request's first byte out → first piece of content; streamed answers only
};

/// Words for Completion::flags; the same stand in SQL and JSON.
namespace completion_flags {
inline constexpr std::string_view empty = "empty";                          ///< no text, no tool call, no refusal
inline constexpr std::string_view fallback = "fallback";                    ///< a gateway says that another model answered
inline constexpr std::string_view other_model = "other_model";              ///< the answer names another model than was asked
inline constexpr std::string_view out_of_reasoning = "out_of_tokens_in_reasoning";
inline constexpr std::string_view prompt_truncated = "prompt_truncated";    ///< the provider cut the prompt
inline constexpr std::string_view no_end_marker = "no_end_marker";          ///< ended by finish reason, without the stream's end
inline constexpr std::string_view usage_mismatch = "usage_mismatch";        ///< the provider's counts contradict each other
inline constexpr std::string_view tool_arguments = "tool_arguments_unreadable";  ///< cut or not JSON: must not be run
}  // namespace completion_flags

}  // namespace assay
