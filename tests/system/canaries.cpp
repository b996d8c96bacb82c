#include "tests/system/canaries.hpp"

#include <iterator>

namespace assay::testing {
namespace {

struct Shape {
  const char *dialect, *prefix, *more;
};
constexpr Shape known[] = {
    {"openai", "sk-proj-", ""},
    {"anthropic", "sk-ant-api03-", ""},
    {"gemini", "AIzaSy", ""},
    {"azure", "", "    api_version: 2024-10-21\n"},
    {"bedrock", "", "    region: us-east-1\n    key_id: AKIAIOSFODNN7EXAMPLE\n"},
    {"openai-responses", "gsk_", ""},
    {"ollama", "", ""},
    {"anthropic", "Zq7", "    api_version: 2026-10-21\n"},
    {"bedrock", "ABSK", "    region: us-east-1\n"},
};
static_assert(std::size(known) == shapes);

}  // namespace

Canary Maker::make(const std::string& name, const std::string& prefix) {
  constexpr std::string_view letters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  Canary canary{name, {}, {}};
  while (canary.core.size() < 32) canary.core += letters[random_.below(letters.size())];
  canary.core[12] = '7';  // keys have digits
  canary.value = prefix + canary.core;
  return canary;
}

void Search::learn(const Canary& canary) {
  ++canaries_;
  for (std::size_t at = 0; at + window <= canary.core.size(); ++at)
    windows_.emplace(canary.core.substr(at, window), canary.name);
}

std::map<std::string, std::string> Search::find(std::string_view text) const {
  std::map<std::string, std::string> found;
  for (std::size_t at = 0; at + window <= text.size(); ++at) {
    const auto hit = windows_.find(std::string(text.substr(at, window)));
    if (hit == windows_.end()) continue;
    const std::size_t from = at < 160 ? 0 : at - 160;
    found.emplace(hit->second, std::string(text.substr(from, 300)));
  }
  return found;
}

std::vector<CanaryProvider> make_providers(Maker& maker, std::size_t canaries, const std::string& name) {
  std::vector<CanaryProvider> providers;
  for (std::size_t made = 0; made < canaries;) {
    const std::size_t n = providers.size();
    const Shape& shape = known[n % shapes];
    CanaryProvider provider{name + std::to_string(n), shape.dialect, shape.more, false, {}};
    provider.is_signed = provider.more.find("key_id") != std::string::npos;
    const auto add = [&](const std::string& what, const std::string& prefix) {
      provider.secrets.push_back(maker.make(what + " of " + provider.name + ", " + shape.dialect, prefix));
    };
    add("key", shape.prefix);
    add("header", n % 2 == 0 ? "Bearer " : "");
    if (provider.is_signed) add("session token", "FwoG");
    made += provider.secrets.size();
    providers.push_back(std::move(provider));
  }
  return providers;
}

std::string yaml_of(const CanaryProvider& provider, const std::string& url) {
  std::string yaml = "  " + provider.name + ":\n    dialect: " + provider.dialect + "\n    base_url: " + url + "\n";
  yaml += std::string(provider.is_signed ? "    secret_key: " : "    api_key: ") + provider.secrets[0].value + "\n";
  if (provider.is_signed) yaml += "    session_token: " + provider.secrets[2].value + "\n";
  return yaml + provider.more + "    headers:\n      X-House-Secret: " + provider.secrets[1].value + "\n";
}

routing::ProviderSettings settings_of(const CanaryProvider& provider, const std::string& url) {
  routing::ProviderSettings settings;
  settings.name = provider.name;
  settings.dialect = providers::parse_dialect(provider.dialect).value();
  settings.base_url = url;
  settings.key = Secret(provider.secrets[0].value);
  settings.headers = {{"X-House-Secret", provider.secrets[1].value}};
  const auto value = [&](const std::string& name) {
    const std::size_t at = provider.more.find("    " + name + ": ");
    if (at == std::string::npos) return std::string();
    const std::size_t from = at + name.size() + 6;
    return provider.more.substr(from, provider.more.find('\n', from) - from);
  };
  settings.region = value("region");
  settings.key_id = value("key_id");
  settings.api_version = value("api_version");
  if (provider.is_signed) settings.session_token = Secret(provider.secrets[2].value);
  return settings;
}

}  // namespace assay::testing
