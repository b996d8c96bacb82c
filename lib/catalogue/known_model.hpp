#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "catalogue/model_card.hpp"
#include "config/settings.hpp"
#include "pricing/price_book.hpp"

namespace assay::catalogue {

/// All that is known of a model, from the configuration, the program's list and the price book.
struct KnownModel {
  std::string name;             ///< as people may write it: "openai/gpt-4o", or a name of the configuration
  std::string alias_of;         ///< the name that an alias stands for; empty: it is none
  std::string provider, model;  ///< who serves it, and under which name
  std::optional<ModelCard> card{};
  std::optional<pricing::Price> price{};
  std::optional<config::ModelSettings> custom{};

  ModelCard::Mode mode() const;
  std::string_view lifecycle() const;
  std::optional<std::int64_t> context_tokens() const, max_output_tokens() const;
};

/// Everything that can be known without asking a provider. A value; any thread.
class Knowledge {
 public:
  /// Prices of that day; the default is so far ahead that the newest hold.
  explicit Knowledge(const config::Settings& settings, Day day = Day{1'000'000});

  /// A name of the configuration, an alias, "provider/model", or a bare name: then the provider whose rule it fits,
  /// else the first that serves a model of that name. Empty when nothing is known of it.
  std::optional<KnownModel> find(std::string_view name) const;

  /// The configuration's and the program's, by name.
  std::vector<KnownModel> all() const;

  /// The names nearest to one that is unknown: "; did you mean …?", or nothing.
  std::string near(std::string_view name) const;

 private:
  std::optional<KnownModel> custom(std::string_view name) const;
  std::optional<KnownModel> served(std::string_view provider, std::string_view model) const;
  std::optional<KnownModel> bare(std::string_view name) const;

  const config::Settings settings_;
  Day day_;
  pricing::PriceBook prices_;
  std::vector<ModelCard> cards_;
};

/// A model and those that stand in for it, in the order in which they are tried: its own list, then those of the names
/// in it, each name once.
std::vector<std::string> chain_of(const config::Settings& settings, const std::string& model);

}  // namespace assay::catalogue
