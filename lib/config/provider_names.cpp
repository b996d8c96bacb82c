#include <algorithm>
#include <set>

#include "config/collect.hpp"
#include "config/sections.hpp"

namespace assay::config {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

/// The middle of ASSAY_PROVIDERS_<NAME>_<FIELD>; empty when the variable is none of these.
std::string name_in_variable(const std::string& variable) {
  constexpr std::string_view start = "ASSAY_PROVIDERS_";
  if (!variable.starts_with(start)) return "";
  for (const std::string& field : provider_fields()) {
    const std::string end = "_" + environment_name(field).substr(std::string_view("ASSAY_").size());
    const bool fits = variable.ends_with(end) && variable.size() > start.size() + end.size();
    if (fits) return variable.substr(start.size(), variable.size() - start.size() - end.size());
  }
  return "";
}

/// The middle of providers.<name>.<rest>=…; empty when it is none of these.
std::string name_in_set(const std::string& set) {
  constexpr std::string_view start = "providers.";
  const std::string path = set.substr(0, set.find('='));
  const std::size_t end = path.find('.', start.size());
  return path.starts_with(start) && end != std::string::npos ? path.substr(start.size(), end - start.size()) : "";
}

const yaml::Node* member(const yaml::Node& map, std::string_view key) {
  for (const yaml::Node::Member& entry : map.members) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

/// The names found so far; two that share their variables' names cannot stand together.
class Names {
 public:
  Names(std::vector<ProviderSettings>& providers, std::vector<Fault>& faults)
      : providers_(providers), faults_(faults) {}

  void add(const std::string& written, const Place& place) {
    const std::string name = canonical_provider(written);
    const auto same = [&name](const ProviderSettings& known) {
      return environment_name(known.name) == environment_name(name);
    };
    const auto known = std::find_if(providers_.begin(), providers_.end(), same);
    if (known != providers_.end() && known->name == name) {
      known->built_in = false;
    } else if (known != providers_.end()) {
      refuse(place, "providers." + name + ": its environment variables would be those of providers." + known->name);
    } else if (!is_provider_name(name)) {
      refuse(place, "a provider's name is lower-case letters, digits, - and _, starting with a letter, at most 63");
    } else {
      ProviderSettings fresh;
      fresh.name = name;
      apply_vendor(fresh);
      providers_.push_back(fresh);
    }
  }

  /// A section whose provider has another name too stands alone.
  void add_member(const yaml::Node& section, const yaml::Node::Member& entry) {
    const std::string name = canonical_provider(entry.key);
    if (name != entry.key && section.find(name) != nullptr)
      refuse(entry.place, "providers." + entry.key + " is providers." + name + ", which is there too");
    add(entry.key, entry.place);
  }

  void add_variable(const std::string& middle, const Place& place) {
    const std::string name = canonical_provider(lower(middle));
    const auto same = [&](const ProviderSettings& known) {
      return environment_name(known.name) == "ASSAY_" + middle || known.name == name;
    };
    const auto known = std::find_if(providers_.begin(), providers_.end(), same);
    if (known != providers_.end()) {
      known->built_in = false;
    } else {
      add(name, place);
    }
  }

 private:
  void refuse(const Place& place, std::string message) {
    Fault fault;
    fault.place = place;
    fault.message = std::move(message);
    faults_.push_back(std::move(fault));
  }

  std::vector<ProviderSettings>& providers_;
  std::vector<Fault>& faults_;
};

}  // namespace

std::vector<ProviderSettings> name_providers(const Sources& sources, const yaml::Tree& tree,
                                             std::vector<Fault>& faults) {
  std::vector<ProviderSettings> providers = built_in_providers();
  Names names(providers, faults);
  if (const yaml::Node* section = member(tree.root, "providers")) {
    for (const yaml::Node::Member& entry : section->members) names.add_member(*section, entry);
  }
  for (const std::string& set : sources.sets) {
    const std::string name = name_in_set(set);
    if (!name.empty()) names.add(name, {"--set", 0, 0});
  }
  for (const auto& [variable, value] : sources.environment) {
    const std::string middle = value.empty() ? "" : name_in_variable(variable);
    if (!middle.empty()) names.add_variable(middle, {variable, 0, 0});
  }
  std::sort(providers.begin(), providers.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return providers;
}

std::vector<ModelSettings> name_models(const yaml::Tree& tree, std::vector<Fault>& faults) {
  std::vector<ModelSettings> models;
  const yaml::Node* section = member(tree.root, "models");
  if (section == nullptr) return models;
  for (const yaml::Node::Member& entry : section->members) {
    const auto fits = [](char c) { return c > ' ' && c != '\x7F' && c != ',' && c != '"'; };
    if (!entry.key.empty() && entry.key.size() <= 128 && std::all_of(entry.key.begin(), entry.key.end(), fits)) {
      models.emplace_back().name = entry.key;
      continue;
    }
    Fault fault;
    fault.place = entry.place;
    fault.message = "a model's name has no spaces, commas or quotes and at most 128 bytes";
    faults.push_back(std::move(fault));
  }
  return models;
}

}  // namespace assay::config
