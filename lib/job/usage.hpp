#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// Where a token count comes from. `none`: nobody counted, so nothing may be computed from it.
enum class UsageSource { provider, estimated, none };
std::string_view to_string(UsageSource source);

/// Tokens of one call in disjoint classes: their sum is what is billed. Absent (empty), null (empty) and zero are kept
/// apart as the provider sent them; `raw` is its usage object, byte for byte.
struct Usage {
  std::optional<std::int64_t> input;           ///< prompt tokens neither read from nor written to a cache
  std::optional<std::int64_t> cached_read;     ///< prompt tokens read from a cache
  std::optional<std::int64_t> cache_write_5m;  ///< prompt tokens written to a cache, normal lifetime
  std::optional<std::int64_t> cache_write_1h;  ///< prompt tokens written to a cache, long lifetime
  std::optional<std::int64_t> output;          ///< answer tokens without reasoning
  std::optional<std::int64_t> reasoning;       ///< reasoning tokens, billed as output
  UsageSource source = UsageSource::none;
  std::string raw;

  std::int64_t prompt_tokens() const;  ///< all classes that were sent; what context tiers compare
  std::int64_t answer_tokens() const;
};

}  // namespace assay
