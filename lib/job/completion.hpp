#pragma once
#include <string>
#include <string_view>

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
};

}  // namespace assay
