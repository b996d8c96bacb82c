#pragma once
#include <string>
#include <utility>
#include <vector>

#include "config/keys.hpp"

namespace assay::config {

/// Adds the keys of one section, so that paths are not written twice.
class Section {
 public:
  Section(std::vector<Key>& keys, std::string prefix) : keys_(keys), prefix_(std::move(prefix)) {}

  template <class Maker, class Member, class... Rest>
  Key& add(Maker maker, const char* name, Member at, Rest... rest) {
    keys_.push_back(maker(prefix_ + name, at, rest...));
    return keys_.back();
  }

 private:
  std::vector<Key>& keys_;
  std::string prefix_;
};

/// Gives a provider what is known of its vendor: the profile, and the base URL where it has none.
void apply_vendor(ProviderSettings& provider);

/// The keys of the provider that stands at this place of Settings::providers.
void add_provider_keys(std::vector<Key>& keys, const std::string& name, std::size_t index);
/// The same for Settings::models.
void add_model_keys(std::vector<Key>& keys, const std::string& name, std::size_t index);
/// aliases, fallbacks
void add_name_keys(std::vector<Key>& keys);

}  // namespace assay::config
