#include "curl/origins.hpp"

#include <algorithm>
#include <optional>

namespace assay::curl {
namespace {

constexpr std::size_t many_hosts = 256;

/// "https://host:port" of a URL, in lower case. None: not http or https, no host, or credentials inside.
std::optional<std::string> origin_name(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == url.npos) return std::nullopt;
  const auto end = std::min(url.find_first_of("/?#", scheme + 3), url.size());
  std::string name(url.substr(0, end));
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (name.substr(0, scheme) != "http" && name.substr(0, scheme) != "https") return std::nullopt;
  if (end == scheme + 3 || name.find('@') != name.npos) return std::nullopt;
  return name;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
}

}  // namespace

Origin::Share& Origin::share(std::size_t index) {
  if (index >= shares.size()) shares.resize(index + 1);
  return shares[index];
}

Origin* Origins::of(std::string_view url) {
  const auto name = is_printable(url) ? origin_name(url) : std::nullopt;
  if (!name) return nullptr;
  const auto known = origins_.find(*name);
  if (known != origins_.end()) return known->second.get();
  if (origins_.size() >= many_hosts) {
    std::erase_if(origins_, [](const auto& entry) { return entry.second->open == 0 && entry.second->busy == 0; });
  }
  return origins_.emplace(*name, std::make_unique<Origin>()).first->second.get();
}

}  // namespace assay::curl
