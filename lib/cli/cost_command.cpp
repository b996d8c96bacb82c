#include <algorithm>
#include <cstdio>
#include <memory>

#include "catalogue/from_settings.hpp"
#include "catalogue/known_model.hpp"
#include "cli/model_commands.hpp"
#include "cli/print_table.hpp"
#include "pricing/cost.hpp"

namespace assay::cli {
namespace {

using catalogue::KnownModel;

struct CostOptions {
  std::string model, vendor, day;
  std::int64_t in = 0, cached = 0, cache_write = 0, out = 0;
  bool all = false, cheapest = false, json = false;
};

Day day_of(const CostOptions& options) {
  if (options.day.empty()) return Day{1'000'000};  // far ahead: the newest price
  const auto day = pricing::parse_day(options.day);
  if (!day) throw Stop{ExitCode::usage, "--day: a date like 2026-08-01 is expected, got " + options.day};
  return *day;
}

Usage usage_of(const CostOptions& options) {
  Usage usage;
  usage.source = UsageSource::provider;
  usage.input = options.in;
  usage.cached_read = options.cached;
  usage.cache_write_5m = options.cache_write;
  usage.output = options.out;
  return usage;
}

/// Prices of a configuration have no day.
std::optional<std::string> day_cell(const pricing::Price& price) {
  return price.from.since_epoch > 0 ? std::optional(pricing::to_string(price.from)) : std::nullopt;
}

struct Bill {
  Money cost;
  const KnownModel* model;
};

/// What people can choose: chats that are served, of known price; cheapest first, then by name.
std::vector<Bill> bills(const std::vector<KnownModel>& models, const Usage& usage) {
  std::vector<Bill> all;
  for (const KnownModel& model : models) {
    const bool open = model.mode() != catalogue::ModelCard::Mode::embedding && model.lifecycle() != "retired";
    const auto cost = open && model.price ? pricing::cost(usage, *model.price) : std::nullopt;
    if (cost) all.push_back({*cost, &model});
  }
  std::sort(all.begin(), all.end(), [](const Bill& a, const Bill& b) {
    return a.cost != b.cost ? a.cost < b.cost : a.model->name < b.model->name;
  });
  return all;
}

ExitCode compare(const config::Settings& settings, const CostOptions& options) {
  const auto models = catalogue::Knowledge(settings, day_of(options)).all();
  std::vector<Bill> all = bills(models, usage_of(options));
  if (all.empty()) throw Stop{ExitCode::cost, "no model has a price"};
  if (options.cheapest) all.resize(1);
  postgres::Table table;
  table.columns = {"model", "cost", "input", "output", "from", "source"};
  for (const Bill& bill : all) {
    const pricing::Price& price = *bill.model->price;
    table.rows.push_back({bill.model->name, to_dollars(bill.cost), dollars_per_million(price.rates.input.value_or(0)),
                          dollars_per_million(price.rates.output.value_or(0)), day_cell(price), price.source});
  }
  if (options.json) {
    std::printf("%s", json_array(table).c_str());
  } else if (options.cheapest) {
    std::printf("%s %s\n", all.front().model->name.c_str(), to_dollars(all.front().cost).c_str());
  } else {
    std::printf("%s", to_text(table, Format::text).c_str());
  }
  return ExitCode::ok;
}

std::optional<pricing::Price> price_of(const config::Settings& settings, const CostOptions& options) {
  if (!options.vendor.empty())
    return catalogue::price_book(settings).find(options.vendor, options.model, day_of(options));
  const auto model = catalogue::Knowledge(settings, day_of(options)).find(options.model);
  return model ? model->price : std::nullopt;
}

ExitCode cost_of_one(const config::Settings& settings, const CostOptions& options) {
  const auto price = price_of(settings, options);
  if (!price) {
    const std::string near = catalogue::Knowledge(settings).near(options.model);
    throw Stop{ExitCode::cost, "the price of " + options.model + " is unknown" + near};
  }
  const auto amount = pricing::cost(usage_of(options), *price);
  if (!amount) throw Stop{ExitCode::cost, "the cost of " + options.model + " is unknown"};
  std::printf("%s\n", to_dollars(*amount).c_str());
  const auto day = day_cell(*price);
  std::fprintf(stderr, "%s %s: price%s, source %s\n", price->vendor.c_str(), price->model.c_str(),
               day ? (" of " + *day).c_str() : "", price->source.c_str());
  return ExitCode::ok;
}

ExitCode cost(Context& context, const CostOptions& options) {
  const config::Settings settings = context.settings().settings;
  if (options.all || options.cheapest) {
    if (!options.model.empty()) throw Stop{ExitCode::usage, "either a model, or --all, or --cheapest"};
    return compare(settings, options);
  }
  if (options.model.empty()) throw Stop{ExitCode::usage, "which model? Or --all, or --cheapest"};
  return cost_of_one(settings, options);
}

}  // namespace

void add_cost_command(CLI::App& models, Context& context, Action& action) {
  auto options = std::make_shared<CostOptions>();
  CLI::App* price = models.add_subcommand(
      "cost", "What a call would cost, in dollars, of one model or of all; exit 3 when the price is unknown.");
  price->add_option("model", options->model, "a model, an alias, or a name of the configuration");
  price->add_option("--vendor", options->vendor, "whose price list");
  const auto tokens = [price](const char* name, std::int64_t& into, const char* help) {
    return price->add_option(name, into, help)->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000'000}));
  };
  tokens("--in", options->in, "prompt tokens, those of a cache apart")->required();
  tokens("--cached", options->cached, "prompt tokens found in a cache");
  tokens("--cache-write", options->cache_write, "prompt tokens written to a cache");
  tokens("--out", options->out, "answer tokens")->required();
  price->add_option("--day", options->day, "the price of this day; the newest otherwise");
  price->add_flag("--all", options->all, "every chat model that is served, the cheapest first");
  price->add_flag("--cheapest", options->cheapest, "the first of them");
  price->add_flag("--json", options->json, "with --all or --cheapest: a JSON array");
  add_settings_options(*price, context);
  price->callback([&, options] { action = [&, options] { return cost(context, *options); }; });
}

}  // namespace assay::cli
