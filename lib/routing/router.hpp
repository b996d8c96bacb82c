#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "http/message.hpp"
#include "job/failure.hpp"
#include "providers/deployment.hpp"

namespace assay::routing {

/// Where calls may go.
enum class Mode {
  native,     ///< to the model's own vendor; the proxy only when it is named ("litellm/gpt-4o")
  proxy,      ///< to the proxy, unless the catalogue sends the model elsewhere
  hybrid,     ///< to the vendor when it is configured and has its key, else to the proxy
  proxy_only  ///< to the proxy, whatever anybody says: direct calls are forbidden
};
std::string_view to_string(Mode mode);
std::optional<Mode> parse_mode(std::string_view name);

/// One configured provider.
struct ProviderSettings {
  std::string name;  ///< what people write before the slash: "openai"
  providers::DialectKind dialect = providers::DialectKind::openai_chat;
  std::string base_url;
  Secret key;
  std::string key_variable;  ///< where a key is looked for, to say so when there is none: "OPENAI_API_KEY"
  bool needs_key = true;
  http::Headers headers;
  std::string vendor;  ///< whose price list counts; empty: the provider's name, for a proxy the model's own vendor
  bool is_proxy = false;
  std::string api_version, region, key_id;  ///< as in providers::Deployment
  Secret session_token;
  providers::Profile profile;
  std::int64_t context_tokens = 0;
  std::shared_ptr<aws::ServerClock> clock{};  ///< Bedrock: the Router makes one where there is none
};

/// A name that people ask for, and what stands behind it. Wins over every rule.
struct CatalogueEntry {
  std::string name, provider, model;
  std::int64_t context_tokens = 0;  ///< 0: the provider's
};

/// A short name and the name that it stands for, which is no alias.
struct Alias {
  std::string name, target;
};

/// A model that its provider serves by another of its formats than the usual one.
struct FormatRule {
  std::string provider, model;
  providers::DialectKind dialect = providers::DialectKind::openai_responses;
};

/// Names that belong to a vendor. A prefix that does not end in '-' must be followed by '-' or by nothing.
struct PrefixRule {
  std::string prefix, vendor;
};
std::vector<PrefixRule> default_rules();  ///< claude- · gpt-, chatgpt-, o1, o3, o4 · gemini-

struct RouterSettings {
  Mode mode = Mode::native;
  bool native_fallback = false;  ///< hybrid only: a native call that failed may move on to the proxy (decide())
  std::vector<ProviderSettings> providers;  ///< at most one of them a proxy (require)
  std::vector<CatalogueEntry> catalogue;
  std::vector<Alias> aliases;  ///< of two with one name the first counts; a proxy gets names as they were written
  std::vector<PrefixRule> rules = default_rules();
  std::vector<FormatRule> formats;           ///< for providers that speak OpenAI's chat format, proxies excepted
  std::vector<std::string> native_prefixes;  ///< hybrid only: names that begin otherwise are the proxy's; empty: no rule
  std::vector<std::string> known_models;  ///< for near matches only: "vendor/model" or "model"
};

struct Route {
  providers::Deployment deployment;
  std::string rule;  ///< why, for people: "prefix claude-"
  std::optional<providers::Deployment> fallback{};  ///< where a call moves on to that failed there: the proxy's
};

/// Turns a model's name into the deployment that answers for it, or says what to do about it. Immutable, a pure
/// function of its settings; keys travel in the Deployment and nowhere else. Any thread.
///
/// A name is looked for, in this order: in the catalogue; among the aliases, whose target is then looked for; as
/// "provider/model" with a configured provider (under any of its names: canonical_provider()); by the prefix rules. A proxy gets names as they were written, without its own name before them.
/// Failures: bad_request for no name; model_not_found when nothing knows the name, with near matches; no_candidate when
/// its provider is not configured or the mode forbids it; auth when the provider has no key, naming the variable to
/// set. All of them before any use of the network: source `worker`, may_have_run false.
class Router {
 public:
  explicit Router(RouterSettings settings);

  Result<Route, Failure> route(std::string_view model) const;

  /// The provider itself, without a model: to list its models, or to look whether it is there. "proxy" and "upstream"
  /// name the proxy. Fails as route() does, the mode apart: nothing is asked of a model.
  Result<providers::Deployment, Failure> reach(std::string_view provider) const;

 private:
  Result<Route, Failure> direct(std::string_view model) const;
  Result<Route, Failure> by_name(std::string_view model) const;
  Result<Route, Failure> through_proxy(std::string_view model) const;
  Result<Route, Failure> from_catalogue(const CatalogueEntry& entry) const;
  Result<Route, Failure> to(const ProviderSettings& provider, std::string_view model, std::string rule) const;
  Failure unknown(std::string_view model) const;
  Failure not_configured(std::string_view provider, std::string_view model) const;

  const CatalogueEntry* entry(std::string_view model) const;
  const Alias* alias(std::string_view model) const;
  bool is_for_proxy(std::string_view model) const;
  const ProviderSettings* provider(std::string_view name) const;
  const ProviderSettings* proxy() const;
  const PrefixRule* rule(std::string_view model) const;
  std::string vendor_behind_proxy(std::string_view model) const;

  RouterSettings settings_;
};

}  // namespace assay::routing
