#include <cstdio>
#include <memory>

#include "catalogue/from_settings.hpp"
#include "cli/commands.hpp"
#include "json/writer.hpp"
#include "pricing/unit.hpp"

namespace assay::cli {
namespace {

struct Prices {
  std::string input, cached_read, cache_write_5m, cache_write_1h, output, reasoning;
  std::string unit;

  std::vector<std::pair<const char*, const std::string*>> stated() const {
    std::vector<std::pair<const char*, const std::string*>> all{{"input", &input},
                                                                {"cached_read", &cached_read},
                                                                {"cache_write_5m", &cache_write_5m},
                                                                {"cache_write_1h", &cache_write_1h},
                                                                {"output", &output},
                                                                {"reasoning", &reasoning}};
    std::erase_if(all, [](const auto& one) { return one.second->empty(); });
    return all;
  }
};

struct AddOptions {
  postgres::Admin::Model model;
  Prices prices;
};

std::string json_of(const Prices& prices) {
  if (prices.stated().empty()) return {};
  std::string text;
  json::Writer writer(text);
  writer.begin_object().field("unit", prices.unit);
  for (const auto& [name, dollars] : prices.stated()) writer.field(name, *dollars);
  writer.end_object();
  return text;
}

/// Warns of a price that looks as if it were for another number of tokens.
void compare(const config::Settings& settings, const AddOptions& wanted) {
  const auto unit = pricing::parse_unit(wanted.prices.unit);
  const std::string& served = wanted.model.model.empty() ? wanted.model.name : wanted.model.model;
  const auto known = catalogue::price_book(settings).find(catalogue::vendor_of(settings, wanted.model.provider), served,
                                                          Day{1'000'000});
  if (!unit || !known) return;
  pricing::Rates stated;
  stated.input = pricing::parse_rate(wanted.prices.input, *unit);
  stated.output = pricing::parse_rate(wanted.prices.output, *unit);
  if (const auto warning = pricing::unit_warning(stated, *known))
    std::fprintf(stderr, "warning: %s\n", warning->c_str());
}

ExitCode add(Context& context, AddOptions& wanted) {
  const config::Loaded loaded = context.settings();
  if (loaded.settings.provider(wanted.model.provider) == nullptr)
    std::fprintf(stderr, "warning: no provider %s is configured here; workers must know it\n",
                 wanted.model.provider.c_str());
  if (!wanted.prices.stated().empty() && wanted.prices.unit.empty())
    throw Stop{ExitCode::usage,
               "--unit: say how many tokens the dollars are for: per_million, per_thousand or per_token"};
  wanted.model.prices = json_of(wanted.prices);
  compare(loaded.settings, wanted);
  const auto added = context.admin().put_model(wanted.model);
  if (!added) throw Stop{ExitCode::usage, postgres::to_string(added.error())};
  std::printf("%s\n", wanted.model.name.c_str());
  return ExitCode::ok;
}

ExitCode remove(Context& context, const std::string& name) {
  const auto removed = context.admin().drop_model(name);
  if (!removed) throw Stop{ExitCode::usage, postgres::to_string(removed.error())};
  if (!*removed) throw Stop{ExitCode::usage, "no model " + name + " was added"};
  return ExitCode::ok;
}

}  // namespace

void add_custom_model_commands(CLI::App& program, Context& context, Action& action) {
  CLI::App* models = program.get_subcommand("models");
  auto options = std::make_shared<AddOptions>();
  CLI::App* put = models->add_subcommand("add", "Add a model, or replace it, while workers run; prices in dollars.");
  put->add_option("name", options->model.name, "what people will write")->required();
  put->add_option("--provider", options->model.provider, "where its calls go: a provider of the workers' configuration")
      ->required();
  put->add_option("--model", options->model.model, "the name that the provider knows; the name itself otherwise");
  put->add_option("--price-in", options->prices.input, "of prompt tokens");
  put->add_option("--price-out", options->prices.output, "of answer tokens");
  put->add_option("--price-cached", options->prices.cached_read, "of prompt tokens read from a cache");
  put->add_option("--price-cache-write", options->prices.cache_write_5m, "of prompt tokens written to a cache");
  put->add_option("--price-cache-write-1h", options->prices.cache_write_1h, "the same, kept for an hour");
  put->add_option("--price-reasoning", options->prices.reasoning, "of reasoning tokens; as answer tokens otherwise");
  put->add_option("--unit", options->prices.unit, "what the prices are for: per_million, per_thousand, per_token");
  put->add_option("--context", options->model.context_tokens, "tokens it can read");
  put->add_option("--max-output", options->model.max_output_tokens, "tokens it can write");
  put->add_option("--task", options->model.tasks, "what it is good for; repeat for several")->allow_extra_args(false);
  put->add_option("--lifecycle", options->model.lifecycle, "current, deprecated, retired");
  put->add_option("--mode", options->model.mode, "chat, embedding");
  put->add_option("--config", context.config_file, "YAML file");
  put->callback([&, options] { action = [&, options] { return add(context, *options); }; });

  auto name = std::make_shared<std::string>();
  CLI::App* drop = models->add_subcommand("remove", "Remove a model that was added.");
  drop->add_option("name", *name, "its name")->required();
  drop->callback([&, name] { action = [&, name] { return remove(context, *name); }; });
}

}  // namespace assay::cli
