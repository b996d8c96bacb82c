#include "catalogue/from_settings.hpp"

#include <utility>

#include "catalogue/aliases.hpp"
#include "catalogue/model_card.hpp"
#include "routing/provider_names.hpp"

namespace assay::catalogue {
namespace {

http::Headers plain(const std::vector<std::pair<std::string, Secret>>& headers) {
  http::Headers result;
  for (const auto& [name, value] : headers) result.emplace_back(name, std::string(value.reveal()));
  return result;
}

/// A bearer wins over a pair of AWS keys, as in the vendor's own tools.
void give_key(const config::ProviderSettings& from, routing::ProviderSettings& to) {
  const bool signs = from.api_key.empty() && !from.key_id.empty() && !from.secret_key.empty();
  to.key = signs ? from.secret_key : from.api_key;
  if (!signs) return;
  to.key_id = from.key_id;
  to.session_token = from.session_token;
}

routing::ProviderSettings provider_of(const config::ProviderSettings& from) {
  routing::ProviderSettings to;
  to.name = from.name;
  to.vendor = from.vendor;
  to.dialect = from.dialect;
  to.base_url = from.base_url;
  give_key(from, to);
  if (!from.key_names.empty()) to.key_variable = from.key_names.front();
  to.needs_key = from.auth == config::Auth::key;
  to.headers = plain(from.headers);
  to.api_version = from.api_version;
  to.region = from.region;
  to.profile = from.profile;
  to.context_tokens = from.context_tokens;
  return to;
}

routing::ProviderSettings proxy_of(const config::ProxySettings& from) {
  routing::ProviderSettings to;
  to.name = "litellm";
  to.dialect = providers::DialectKind::openai_chat;
  to.base_url = from.base_url;
  to.key = from.api_key;
  to.key_variable = "LITELLM_API_KEY";
  to.needs_key = from.auth == config::Auth::key;
  to.headers = plain(from.headers);
  to.is_proxy = true;
  to.profile = providers::vendor_profile("litellm");
  return to;
}

const std::string& served_name(const config::ModelSettings& model) {
  return model.model.empty() ? model.name : model.model;
}

void add_names(const config::Settings& settings, routing::RouterSettings& router) {
  for (const config::ModelSettings& model : settings.models) {
    const std::string provider(routing::canonical_provider(model.provider));
    router.catalogue.push_back({model.name, provider, served_name(model), model.context_tokens});
  }
  for (const auto& [name, target] : settings.aliases) router.aliases.push_back({name, target});
  for (routing::Alias& own : product_aliases()) router.aliases.push_back(std::move(own));
  for (const ModelCard& card : product_cards()) {
    if (card.mode == ModelCard::Mode::responses)
      router.formats.push_back({card.provider, card.model, providers::DialectKind::openai_responses});
    router.known_models.push_back(card.provider + "/" + card.model);
  }
}

}  // namespace

routing::Mode router_mode(const config::Settings& settings) {
  switch (settings.mode) {
    case config::ExecutorMode::native:
      return routing::Mode::native;
    case config::ExecutorMode::proxy:
      return routing::Mode::proxy;
    case config::ExecutorMode::hybrid:
      return routing::Mode::hybrid;
    case config::ExecutorMode::proxy_only:
      return routing::Mode::proxy_only;
  }
  return routing::Mode::native;
}

routing::RouterSettings router_settings(const config::Settings& settings) {
  routing::RouterSettings router;
  router.mode = router_mode(settings);
  router.native_fallback = settings.native_fallback == config::NativeFallback::proxy;
  router.native_prefixes = settings.native_prefixes;
  for (const config::ProviderSettings& provider : settings.providers) {
    if (!provider.base_url.empty()) router.providers.push_back(provider_of(provider));
  }
  if (!settings.proxy.base_url.empty()) router.providers.push_back(proxy_of(settings.proxy));
  add_names(settings, router);
  return router;
}

std::string vendor_of(const config::Settings& settings, std::string_view provider) {
  const config::ProviderSettings* known = settings.provider(routing::canonical_provider(provider));
  const bool renamed = known != nullptr && !known->vendor.empty();
  return renamed ? known->vendor : std::string(routing::canonical_provider(provider));
}

pricing::PriceBook price_book(const config::Settings& settings) {
  std::vector<pricing::Price> own;
  for (const config::ModelSettings& model : settings.models) {
    if (!model.rates) continue;
    pricing::Price price;
    price.vendor = vendor_of(settings, model.provider);
    price.model = served_name(model);
    price.source = model.prices.source;
    price.rates = *model.rates;
    if (model.context_tokens > 0) price.context_tokens = model.context_tokens;
    if (model.max_output_tokens > 0) price.max_output_tokens = model.max_output_tokens;
    own.push_back(std::move(price));
  }
  return pricing::product_price_book().overridden_by(pricing::PriceBook::of(std::move(own)));
}

}  // namespace assay::catalogue
