#include "routing/router.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/require.hpp"
#include "providers/bedrock.hpp"
#include "providers/wire.hpp"
#include "routing/near_matches.hpp"
#include "routing/provider_names.hpp"

namespace assay::routing {
namespace {

constexpr std::array<std::pair<Mode, std::string_view>, 4> modes{
    {{Mode::native, "native"}, {Mode::proxy, "proxy"}, {Mode::hybrid, "hybrid"}, {Mode::proxy_only, "proxy_only"}}};

/// "vendor/model" in two; the first is empty when there is no slash.
std::pair<std::string_view, std::string_view> split(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return {{}, name};
  return {name.substr(0, slash), name.substr(slash + 1)};
}

bool matches(const PrefixRule& rule, std::string_view model) {
  if (!model.starts_with(rule.prefix)) return false;
  return rule.prefix.ends_with('-') || model.size() == rule.prefix.size() || model[rule.prefix.size()] == '-';
}

/// A name as people may see it in an error: short and quoted.
std::string quoted(std::string_view name) {
  return "\"" + providers::short_text(name) + "\"";
}

Failure refusal(Failure::Kind kind, std::string provider, std::string detail) {
  Failure failure;
  failure.kind = kind;
  failure.source = Failure::Source::worker;
  failure.provider = std::move(provider);
  failure.detail = std::move(detail);
  return failure;
}

}  // namespace

std::string_view to_string(Mode mode) {
  for (const auto& [known, name] : modes) {
    if (known == mode) return name;
  }
  return "native";
}

std::optional<Mode> parse_mode(std::string_view name) {
  for (const auto& [mode, known] : modes) {
    if (known == name) return mode;
  }
  return std::nullopt;
}

std::vector<PrefixRule> default_rules() {
  return {{"claude-", "anthropic"}, {"gpt-", "openai"}, {"chatgpt-", "openai"}, {"o1", "openai"},
          {"o3", "openai"},         {"o4", "openai"},   {"gemini-", "gemini"}};
}

Router::Router(RouterSettings settings) : settings_(std::move(settings)) {
  const auto proxies =
      std::count_if(settings_.providers.begin(), settings_.providers.end(), [](const auto& p) { return p.is_proxy; });
  require(proxies <= 1, "at most one provider is a proxy");
  for (ProviderSettings& provider : settings_.providers) {
    const bool keeps_time = provider.dialect == providers::DialectKind::bedrock && !provider.clock;
    if (keeps_time) provider.clock = providers::server_clock();
  }
}

Result<Route, Failure> Router::route(std::string_view model) const {
  if (model.empty())
    return failure(refusal(Failure::Kind::bad_request, "", "no model is named, and there is no silent default"));
  switch (settings_.mode) {
    case Mode::native:
      return direct(model);
    case Mode::proxy: {
      const CatalogueEntry* found = entry(model);
      return found ? from_catalogue(*found) : through_proxy(model);
    }
    case Mode::hybrid: {
      if (proxy() && is_for_proxy(model)) return through_proxy(model);
      auto native = direct(model);
      if (!proxy()) return native;
      if (!native) return through_proxy(model);
      if (settings_.native_fallback && !native->deployment.is_proxy) {
        auto upstream = through_proxy(model);
        if (upstream) native->fallback = std::move(upstream->deployment);
      }
      return native;
    }
    case Mode::proxy_only:
      return through_proxy(model);
  }
  return direct(model);
}

Result<providers::Deployment, Failure> Router::reach(std::string_view name) const {
  const bool upstream = name == "proxy" || name == "upstream";
  const ProviderSettings* named = upstream ? proxy() : provider(name);
  if (!named && upstream)
    return failure(refusal(Failure::Kind::no_candidate, "", "no proxy is configured (LITELLM_PROXY_URL)"));
  if (!named) return failure(not_configured(name, ""));
  auto found = to(*named, "", "");
  if (!found) return failure(found.error());
  return std::move(found->deployment);
}

Result<Route, Failure> Router::direct(std::string_view model) const {
  const Alias* short_name = entry(model) ? nullptr : alias(model);
  if (!short_name) return by_name(model);
  auto route = by_name(short_name->target);
  if (route) route->rule = "alias " + short_name->name + " → " + short_name->target + ", " + route->rule;
  return route;
}

Result<Route, Failure> Router::by_name(std::string_view model) const {
  if (const CatalogueEntry* found = entry(model)) return from_catalogue(*found);
  const auto [prefix, rest] = split(model);
  if (!prefix.empty()) {
    const ProviderSettings* named = provider(prefix);
    if (!named) return failure(not_configured(prefix, model));
    if (rest.empty()) return failure(unknown(model));
    return to(*named, rest, "provider " + named->name + "/");
  }
  const PrefixRule* found = rule(model);
  if (!found) return failure(unknown(model));
  const ProviderSettings* vendor = provider(found->vendor);
  if (!vendor) return failure(not_configured(found->vendor, model));
  return to(*vendor, model, "prefix " + found->prefix);
}

Result<Route, Failure> Router::through_proxy(std::string_view model) const {
  const ProviderSettings* upstream = proxy();
  if (!upstream) {
    return failure(refusal(Failure::Kind::no_candidate, "",
                           "mode " + std::string(to_string(settings_.mode)) +
                               " needs a proxy, and none is configured (LITELLM_PROXY_URL)"));
  }
  const CatalogueEntry* found = entry(model);
  if (found && found->provider == upstream->name) return from_catalogue(*found);
  const auto [prefix, rest] = split(model);
  if (prefix == upstream->name && !rest.empty()) model = rest;
  return to(*upstream, model, "mode " + std::string(to_string(settings_.mode)));
}

Result<Route, Failure> Router::from_catalogue(const CatalogueEntry& found) const {
  const ProviderSettings* named = provider(found.provider);
  if (!named) return failure(not_configured(found.provider, found.name));
  auto route = to(*named, found.model, "catalogue " + found.name);
  if (route && found.context_tokens > 0) route->deployment.context_tokens = found.context_tokens;
  return route;
}

Result<Route, Failure> Router::to(const ProviderSettings& chosen, std::string_view model, std::string rule) const {
  if (chosen.needs_key && chosen.key.empty()) {
    const std::string where = chosen.key_variable.empty() ? "its key in the configuration" : chosen.key_variable;
    return failure(refusal(Failure::Kind::auth, chosen.name, "provider " + chosen.name + " has no key: set " + where));
  }
  Route route;
  route.rule = std::move(rule);
  providers::Deployment& deployment = route.deployment;
  deployment.provider = chosen.name;
  deployment.vendor = chosen.vendor;
  if (deployment.vendor.empty()) deployment.vendor = chosen.is_proxy ? vendor_behind_proxy(model) : chosen.name;
  deployment.dialect = chosen.dialect;
  deployment.base_url = chosen.base_url;
  deployment.model = model;
  deployment.key = chosen.key;
  deployment.headers = chosen.headers;
  deployment.is_proxy = chosen.is_proxy;
  deployment.api_version = chosen.api_version;
  deployment.region = chosen.region;
  deployment.key_id = chosen.key_id;
  deployment.session_token = chosen.session_token;
  deployment.clock = chosen.clock;
  deployment.profile = chosen.profile;
  deployment.context_tokens = chosen.context_tokens;
  for (const FormatRule& known : settings_.formats) {
    const bool usual = chosen.dialect == providers::DialectKind::openai_chat && !chosen.is_proxy;
    if (usual && known.provider == canonical_provider(chosen.name) && known.model == model)
      deployment.dialect = known.dialect;
  }
  return route;
}

Failure Router::unknown(std::string_view model) const {
  std::vector<std::string> names;
  for (const CatalogueEntry& known : settings_.catalogue) names.push_back(known.name);
  for (const Alias& known : settings_.aliases) names.push_back(known.name);
  for (const std::string& known : settings_.known_models) {
    names.push_back(known);
    // A name without its vendor is a suggestion only where a rule would find it.
    const std::string bare(split(known).second);
    if (bare != known && rule(bare)) names.push_back(bare);
  }
  return refusal(Failure::Kind::model_not_found, "",
                 "no provider serves a model " + quoted(model) + did_you_mean(near_matches(model, names)));
}

Failure Router::not_configured(std::string_view name, std::string_view model) const {
  std::vector<std::string> names;
  for (const ProviderSettings& known : settings_.providers) names.push_back(known.name);
  return refusal(Failure::Kind::no_candidate, providers::short_text(name),
                 "no provider " + quoted(name) + " is configured" +
                     (model.empty() ? "" : " for model " + quoted(model)) +
                     did_you_mean(near_matches(name, names)));
}

const CatalogueEntry* Router::entry(std::string_view model) const {
  for (const CatalogueEntry& known : settings_.catalogue) {
    if (known.name == model) return &known;
  }
  return nullptr;
}

const Alias* Router::alias(std::string_view model) const {
  for (const Alias& known : settings_.aliases) {
    if (known.name == model) return &known;
  }
  return nullptr;
}

/// A name that the catalogue knows is never the proxy's by its beginning alone.
bool Router::is_for_proxy(std::string_view model) const {
  if (settings_.native_prefixes.empty() || entry(model)) return false;
  if (const Alias* short_name = alias(model)) model = short_name->target;
  const std::string_view rest = split(model).second;
  return std::none_of(
      settings_.native_prefixes.begin(), settings_.native_prefixes.end(),
      [&](const std::string& prefix) { return model.starts_with(prefix) || rest.starts_with(prefix); });
}

const ProviderSettings* Router::provider(std::string_view name) const {
  for (const ProviderSettings& known : settings_.providers) {
    if (canonical_provider(known.name) == canonical_provider(name)) return &known;
  }
  return nullptr;
}

const ProviderSettings* Router::proxy() const {
  for (const ProviderSettings& known : settings_.providers) {
    if (known.is_proxy) return &known;
  }
  return nullptr;
}

const PrefixRule* Router::rule(std::string_view model) const {
  for (const PrefixRule& known : settings_.rules) {
    if (matches(known, model)) return &known;
  }
  return nullptr;
}

std::string Router::vendor_behind_proxy(std::string_view model) const {
  const auto [prefix, rest] = split(model);
  if (!prefix.empty()) return std::string(canonical_provider(prefix));
  const PrefixRule* found = rule(model);
  return found ? found->vendor : "";
}

}  // namespace assay::routing
