#include "cli/model_commands.hpp"

#include <cstdio>
#include <memory>

#include "catalogue/known_model.hpp"
#include "cli/ask_provider.hpp"
#include "cli/commands.hpp"
#include "cli/print_table.hpp"
#include "routing/near_matches.hpp"
#include "routing/provider_names.hpp"

namespace assay::cli {
namespace {

using catalogue::KnownModel;
using Cell = std::optional<std::string>;

struct ListOptions {
  std::string provider, from;
  bool json = false;
};

Cell count_cell(std::optional<std::int64_t> count) {
  return count ? Cell(std::to_string(*count)) : std::nullopt;
}

Cell rate_cell(const KnownModel& model, std::optional<std::int64_t> pricing::Rates::*rate) {
  return model.price && model.price->rates.*rate ? Cell(dollars_per_million(*(model.price->rates.*rate)))
                                                 : std::nullopt;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

postgres::Table table_of(const std::vector<KnownModel>& models) {
  postgres::Table table;
  table.columns = {"name",       "provider", "mode",   "lifecycle", "context",
                   "max_output", "input",    "output", "can",       "source"};
  for (const KnownModel& model : models) {
    Cell source = model.price ? Cell(model.price->source) : std::nullopt;
    if (!source && model.card) source = model.card->source;
    table.rows.push_back({model.name, model.provider, std::string(to_string(model.mode())),
                          std::string(model.lifecycle()), count_cell(model.context_tokens()),
                          count_cell(model.max_output_tokens()), rate_cell(model, &pricing::Rates::input),
                          rate_cell(model, &pricing::Rates::output),
                          model.card ? Cell(joined(model.card->can)) : std::nullopt, source});
  }
  return table;
}

std::string near_provider(const config::Settings& settings, const std::string& name) {
  std::vector<std::string> names;
  for (const config::ProviderSettings& provider : settings.providers) names.push_back(provider.name);
  return routing::did_you_mean(routing::near_matches(name, names));
}

ExitCode list_known(const config::Settings& settings, const ListOptions& options) {
  std::vector<KnownModel> models = catalogue::Knowledge(settings).all();
  const std::string_view wanted = routing::canonical_provider(options.provider);
  std::erase_if(models, [&](const KnownModel& model) { return !wanted.empty() && model.provider != wanted; });
  if (models.empty())
    throw Stop{ExitCode::usage,
               "no model of a provider " + options.provider + " is known" + near_provider(settings, options.provider)};
  const postgres::Table table = table_of(models);
  std::printf("%s", options.json ? json_array(table).c_str() : to_text(table, Format::text).c_str());
  return ExitCode::ok;
}

ExitCode list_live(const Context& context, const config::Settings& settings, const ListOptions& options) {
  const auto models = live_models(context.world(), settings, options.from);
  if (!models) throw Stop{exit_code_of(models.error()), to_text(models.error())};
  postgres::Table table;
  table.columns = {"name", "display_name", "context", "max_output", "input_per_token", "output_per_token"};
  const auto told = [](const std::string& text) { return text.empty() ? std::nullopt : Cell(text); };
  for (const auto& model : *models) {
    table.rows.push_back({model.name, told(model.display_name), count_cell(model.context_tokens),
                          count_cell(model.max_output_tokens), told(model.input_price), told(model.output_price)});
  }
  std::printf("%s", options.json ? json_array(table).c_str() : to_text(table, Format::text).c_str());
  return ExitCode::ok;
}

ExitCode list(Context& context, const ListOptions& options) {
  const config::Settings settings = context.settings().settings;
  return options.from.empty() ? list_known(settings, options) : list_live(context, settings, options);
}

ExitCode show(Context& context, const std::string& name, bool json) {
  const catalogue::Knowledge knowledge(context.settings().settings);
  const auto model = knowledge.find(name);
  if (!model) throw Stop{ExitCode::usage, "nothing is known of a model \"" + name + "\"" + knowledge.near(name)};
  std::printf("%s\n", json ? to_json(*model).c_str() : to_text(*model).c_str());
  return ExitCode::ok;
}

}  // namespace

ExitCode exit_code_of(const Failure& failure) {
  const bool ours = failure.source == Failure::Source::worker && failure.status == 0;
  return ours ? ExitCode::usage : ExitCode::upstream;
}

void add_model_commands(CLI::App& program, Context& context, Action& action) {
  CLI::App* models = program.add_subcommand("models", "What is known of models.");
  models->require_subcommand(1);

  auto listing = std::make_shared<ListOptions>();
  CLI::App* every = models->add_subcommand(
      "list", "Models with context, dollars per million tokens and what they can; --from asks a provider itself.");
  every->add_option("--provider", listing->provider, "only this provider's");
  every->add_option("--from", listing->from,
                    "what it says it serves: proxy, upstream, or a provider; exit 4 when it is away");
  every->add_flag("--json", listing->json, "a JSON array");
  add_settings_options(*every, context);
  every->callback([&, listing] { action = [&, listing] { return list(context, *listing); }; });

  auto name = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  CLI::App* one = models->add_subcommand("show", "One model, whatever it is called; aliases with what they stand for.");
  one->add_option("name", *name, "a model, an alias, or a name of the configuration")->required();
  one->add_flag("--json", *json, "a JSON object");
  add_settings_options(*one, context);
  one->callback([&, name, json] { action = [&, name, json] { return show(context, *name, *json); }; });

  add_cost_command(*models, context, action);
}

}  // namespace assay::cli
