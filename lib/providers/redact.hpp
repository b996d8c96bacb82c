#pragma once
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "providers/deployment.hpp"

namespace assay::providers {

inline constexpr std::size_t max_detail_bytes = 4096;

/// Text of a vendor for people: without the key (also when only a long piece of it is echoed), without anything that
/// looks like a key of any vendor ("sk-…", "AIza…", "AKIA…", a session token, "Bearer …", `x-api-key: …`, `?key=…`;
/// also masked ones), valid UTF-8 without NUL, at most `max_bytes`.
std::string redacted(std::string_view text, const Secret& key, std::size_t max_bytes = max_detail_bytes);

/// The same without any secret of the deployment: its key, its session token, and those of its headers that hold one.
std::string redacted(std::string_view text, const Deployment& deployment, std::size_t max_bytes = max_detail_bytes);

}  // namespace assay::providers
