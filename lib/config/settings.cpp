#include "config/settings.hpp"

#include <algorithm>

#include "config/keys.hpp"

namespace assay::config {

const ProviderSettings* Settings::provider(std::string_view name) const {
  const std::string known = canonical_provider(name);
  const auto found = std::find_if(providers.begin(), providers.end(),
                                  [&known](const ProviderSettings& provider) { return provider.name == known; });
  return found == providers.end() ? nullptr : &*found;
}

std::vector<std::string> Settings::fallbacks_of(std::string_view model) const {
  for (const auto& [name, others] : fallbacks) {
    if (name == model) return others;
  }
  return {};
}

}  // namespace assay::config
