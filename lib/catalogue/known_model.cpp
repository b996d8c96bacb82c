#include "catalogue/known_model.hpp"

#include <algorithm>

#include "catalogue/aliases.hpp"
#include "catalogue/from_settings.hpp"
#include "routing/near_matches.hpp"
#include "routing/provider_names.hpp"

namespace assay::catalogue {
namespace {

std::vector<routing::Alias> aliases_of(const config::Settings& settings) {
  std::vector<routing::Alias> all;
  for (const auto& [name, target] : settings.aliases) all.push_back({name, target});
  for (routing::Alias& own : product_aliases()) all.push_back(std::move(own));
  return all;
}

std::optional<std::int64_t> stated(std::int64_t custom, std::optional<std::int64_t> known) {
  return custom > 0 ? std::optional(custom) : known;
}

}  // namespace

ModelCard::Mode KnownModel::mode() const {
  if (card) return card->mode;
  return custom && custom->mode == "embedding" ? ModelCard::Mode::embedding : ModelCard::Mode::chat;
}

std::string_view KnownModel::lifecycle() const {
  if (custom) return custom->lifecycle;
  return card ? to_string(card->lifecycle) : "unknown";
}

std::optional<std::int64_t> KnownModel::context_tokens() const {
  return stated(custom ? custom->context_tokens : 0, price ? price->context_tokens : std::nullopt);
}

std::optional<std::int64_t> KnownModel::max_output_tokens() const {
  return stated(custom ? custom->max_output_tokens : 0, price ? price->max_output_tokens : std::nullopt);
}

Knowledge::Knowledge(const config::Settings& settings, Day day)
    : settings_(settings), day_(day), prices_(price_book(settings)), cards_(product_cards()) {}

std::optional<KnownModel> Knowledge::find(std::string_view name) const {
  if (auto own = custom(name)) return own;
  for (const routing::Alias& alias : aliases_of(settings_)) {
    if (alias.name != name) continue;
    auto target = find(alias.target);  // which is no alias
    if (target) target->alias_of = alias.target;
    if (target) target->name = alias.name;
    return target;
  }
  const std::size_t slash = name.find('/');
  if (slash != std::string_view::npos) {
    const std::string provider(routing::canonical_provider(name.substr(0, slash)));
    if (auto found = served(provider, name.substr(slash + 1))) return found;
  }
  return bare(name);
}

std::optional<KnownModel> Knowledge::custom(std::string_view name) const {
  const auto own = std::find_if(settings_.models.begin(), settings_.models.end(),
                                [name](const config::ModelSettings& model) { return model.name == name; });
  if (own == settings_.models.end()) return std::nullopt;
  const std::string& model = own->model.empty() ? own->name : own->model;
  const std::string provider(routing::canonical_provider(own->provider));
  KnownModel known = served(provider, model).value_or(KnownModel());
  known.name = own->name;
  known.provider = provider;
  known.model = model;
  known.custom = *own;
  return known;
}

/// A dated name has the card and the price of its row.
std::optional<KnownModel> Knowledge::served(std::string_view provider, std::string_view model) const {
  KnownModel known;
  known.provider = provider;
  known.model = model;
  known.name = known.provider + "/" + known.model;
  known.price = prices_.find(vendor_of(settings_, provider), model, day_);
  const ModelCard* card = find_card(cards_, provider, model);
  if (card == nullptr && known.price) card = find_card(cards_, provider, known.price->model);
  if (card != nullptr) known.card = *card;
  if (!known.card && !known.price) return std::nullopt;
  return known;
}

std::optional<KnownModel> Knowledge::bare(std::string_view name) const {
  for (const routing::PrefixRule& rule : routing::default_rules()) {
    if (!name.starts_with(rule.prefix)) continue;
    if (auto found = served(rule.vendor, name)) return found;
  }
  const auto same =
      std::find_if(cards_.begin(), cards_.end(), [name](const ModelCard& card) { return card.model == name; });
  return same == cards_.end() ? std::nullopt : served(same->provider, same->model);
}

std::vector<KnownModel> Knowledge::all() const {
  std::vector<KnownModel> models;
  for (const config::ModelSettings& own : settings_.models) models.push_back(*custom(own.name));
  for (const ModelCard& card : cards_) {
    const bool replaced = std::any_of(models.begin(), models.end(), [&card](const KnownModel& known) {
      return known.custom && known.provider == card.provider && known.model == card.model;
    });
    auto known = replaced ? std::nullopt : served(card.provider, card.model);
    if (known) models.push_back(std::move(*known));
  }
  std::sort(models.begin(), models.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return models;
}

std::string Knowledge::near(std::string_view name) const {
  std::vector<std::string> names;
  for (const routing::Alias& alias : aliases_of(settings_)) names.push_back(alias.name);
  for (const config::ModelSettings& own : settings_.models) names.push_back(own.name);
  for (const ModelCard& card : cards_) {
    names.push_back(card.provider + "/" + card.model);
    if (name.find('/') == std::string_view::npos) names.push_back(card.model);
  }
  return routing::did_you_mean(routing::near_matches(name, names));
}

std::vector<std::string> chain_of(const config::Settings& settings, const std::string& model) {
  std::vector<std::string> chain = {model};
  for (std::size_t i = 0; i < chain.size(); ++i) {
    for (const std::string& next : settings.fallbacks_of(chain[i])) {
      if (std::find(chain.begin(), chain.end(), next) == chain.end()) chain.push_back(next);
    }
  }
  return chain;
}

}  // namespace assay::catalogue
