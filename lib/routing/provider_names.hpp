#pragma once
#include <optional>
#include <string_view>
#include <vector>

namespace assay::routing {

/// The one name of a provider that has several: "gemini" for "google", "together" for "together_ai", "azure" for
/// "azure_openai", …; any other name is its own. Keys are stored and looked up under it.
std::string_view canonical_provider(std::string_view name);

/// The provider that stands before the slash of a LiteLLM model ("together_ai/…"), by our name; empty when that is a
/// provider we do not speak to.
std::optional<std::string_view> litellm_provider(std::string_view prefix);

/// Providers that a LiteLLM proxy serves and we do not speak to, by its names: "replicate", "vertex_ai", …; sorted.
const std::vector<std::string_view>& proxy_only_providers();

}  // namespace assay::routing
