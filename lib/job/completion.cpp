#include "job/completion.hpp"

namespace assay {

std::string_view to_string(FinishReason reason) {
  switch (reason) {
    case FinishReason::stop: return "stop";
    case FinishReason::length: return "length";
    case FinishReason::tool_calls: return "tool_calls";
    case FinishReason::content_filter: return "content_filter";
    case FinishReason::refusal: return "refusal";
    case FinishReason::other: return "other";
  }
  return "other";
}

}  // namespace assay
