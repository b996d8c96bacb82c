#include "job/usage.hpp"

namespace assay {

std::string_view to_string(UsageSource source) {
  switch (source) {
    case UsageSource::provider: return "provider";
    case UsageSource::estimated: return "estimated";
    case UsageSource::none: return "none";
  }
  return "none";
}

std::int64_t Usage::prompt_tokens() const {
  return input.value_or(0) + cached_read.value_or(0) + cache_write_5m.value_or(0) + cache_write_1h.value_or(0);
}

std::int64_t Usage::answer_tokens() const { return output.value_or(0) + reasoning.value_or(0); }

}  // namespace assay
