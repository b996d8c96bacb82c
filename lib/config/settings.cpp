#include "config/settings.hpp"

#include <algorithm>

namespace assay::config {

const ProviderSettings* Settings::provider(std::string_view name) const {
  const auto found = std::find_if(providers.begin(), providers.end(),
                                  [name](const ProviderSettings& provider) { return provider.name == name; });
  return found == providers.end() ? nullptr : &*found;
}

}  // namespace assay::config
