#pragma once
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace assay::providers {

inline constexpr std::size_t max_detail_bytes = 4096;

/// Text of a vendor for people: without the key (also when only a long beginning of it is echoed), without anything
/// that looks like a key ("sk-…", "Bearer …", also masked ones), valid UTF-8 without NUL, at most `max_bytes`.
std::string redacted(std::string_view text, const Secret& key, std::size_t max_bytes = max_detail_bytes);

}  // namespace assay::providers
