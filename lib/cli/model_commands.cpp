#include <cstdio>
#include <ctime>
#include <memory>

#include "cli/commands.hpp"
#include "pricing/cost.hpp"
#include "pricing/price_book.hpp"

namespace assay::cli {
namespace {

struct CostOptions {
  std::string model, vendor, day;
  std::int64_t in = 0, out = 0;
};

ExitCode cost(const CostOptions& options) {
  const pricing::PriceBook book = pricing::product_price_book();
  Day day{1'000'000};  // far ahead: the newest price
  if (!options.day.empty()) {
    const auto parsed = pricing::parse_day(options.day);
    if (!parsed) throw Stop{ExitCode::usage, "--day: a date like 2026-08-01 is expected, got " + options.day};
    day = *parsed;
  }
  std::optional<pricing::Price> price;
  if (!options.vendor.empty()) {
    price = book.find(options.vendor, options.model, day);
  } else {
    for (const char* vendor : {"openai", "anthropic", "gemini", "together", "mistral", "groq", "deepseek", "xai"}) {
      if (price = book.find(vendor, options.model, day); price) break;
    }
  }
  if (!price) throw Stop{ExitCode::cost, "the price of " + options.model + " is unknown"};
  Usage usage;
  usage.source = UsageSource::provider;
  usage.input = options.in;
  usage.output = options.out;
  const auto amount = pricing::cost(usage, *price);
  if (!amount) throw Stop{ExitCode::cost, "the cost of " + options.model + " is unknown"};
  std::printf("%s\n", to_dollars(*amount).c_str());
  std::fprintf(stderr, "%s %s: price of %s, source %s\n", price->vendor.c_str(), price->model.c_str(), pricing::to_string(price->from).c_str(), price->source.c_str());
  return ExitCode::ok;
}

}  // namespace

void add_model_commands(CLI::App& program, Context&, Action& action) {
  CLI::App* models = program.add_subcommand("models", "What is known of models.");
  models->require_subcommand(1);
  auto options = std::make_shared<CostOptions>();
  CLI::App* price = models->add_subcommand("cost", "What a call would cost, in dollars; exit 3 when the price is unknown.");
  price->add_option("model", options->model, "the model's name")->required();
  price->add_option("--vendor", options->vendor, "whose price list");
  price->add_option("--in", options->in, "prompt tokens")->required()->check(CLI::NonNegativeNumber);
  price->add_option("--out", options->out, "answer tokens")->required()->check(CLI::NonNegativeNumber);
  price->add_option("--day", options->day, "the price of this day; the newest otherwise");
  price->callback([&, options] { action = [options] { return cost(*options); }; });
}

}  // namespace assay::cli
