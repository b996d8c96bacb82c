#include <cstdio>
#include <memory>

#include "catalogue/from_settings.hpp"
#include "cli/commands.hpp"
#include "cli/print_table.hpp"
#include "json/writer.hpp"

namespace assay::cli {
namespace {

using postgres::Admin;

struct UsageOptions {
  std::string by = "provider", prices_file;
  Admin::Span span;
  bool json = false, own = false;
};

template <class T>
T accepted(Result<T, postgres::Refusal> answer) {
  if (!answer) throw Stop{ExitCode::usage, postgres::to_string(answer.error())};
  return std::move(*answer);
}

void print(const postgres::Table& table, bool json) {
  std::printf("%s", to_text(table, json ? Format::json : Format::text).c_str());
}

ExitCode usage(Context& context, const UsageOptions& options) {
  print(accepted(context.admin().usage(options.by, options.span)), options.json);
  return ExitCode::ok;
}

pricing::PriceBook book_of(const config::Settings& settings, const std::string& prices_file) {
  pricing::PriceBook book = catalogue::price_book(settings);
  if (prices_file.empty()) return book;
  auto text = config::read_small_file(prices_file, std::size_t{16} << 20);
  if (!text) throw Stop{ExitCode::usage, prices_file + ": " + text.error()};
  auto stated = pricing::PriceBook::parse(*text);
  if (!stated) throw Stop{ExitCode::usage, prices_file + ": " + stated.error()};
  return book.overridden_by(*stated);
}

/// What the book says of every model that was called, on the day it was called.
std::string prices_for(const config::Settings& settings, const pricing::PriceBook& book,
                       const std::vector<Admin::Called>& all) {
  std::string text;
  json::Writer writer(text);
  writer.begin_array();
  for (const Admin::Called& called : all) {
    const std::string vendor = called.vendor.empty() ? catalogue::vendor_of(settings, called.provider) : called.vendor;
    const auto price = book.find(vendor, called.model, pricing::parse_day(called.day).value_or(Day{}));
    if (!price) continue;
    writer.begin_object().field("day", called.day).field("provider", called.provider).field("model", called.model);
    writer.key("price").raw(pricing::to_json(*price)).end_object();
  }
  writer.end_array();
  return text;
}

ExitCode rerate(Context& context, const UsageOptions& options) {
  const config::Loaded loaded = context.settings();
  Admin admin = context.admin();
  std::string prices;
  if (!options.own) {
    const pricing::PriceBook book = book_of(loaded.settings, options.prices_file);
    prices = prices_for(loaded.settings, book, accepted(admin.called(options.span)));
  }
  print(accepted(admin.rerate(options.span, prices)), options.json);
  return ExitCode::ok;
}

void add_span(CLI::App& command, Context& context, UsageOptions& options) {
  command.add_option("--from", options.span.from, "jobs enqueued on or after this day (UTC)");
  command.add_option("--to", options.span.to, "jobs enqueued on or before this day");
  command.add_option("--model", options.span.model, "the name that travelled to the provider");
  command.add_flag("--json", options.json, "one JSON object a line");
  command.add_option("--config", context.config_file, "YAML file");
}

}  // namespace

void add_usage_command(CLI::App& program, Context& context, Action& action) {
  auto options = std::make_shared<UsageOptions>();
  CLI::App* command = program.add_subcommand(
      "usage", "Calls, tokens and dollars; what is not known is counted apart, what gateways report stands beside.");
  command->add_option("--by", options->by, "provider, model, day, tenant, job")
      ->check(CLI::IsMember({"provider", "model", "day", "tenant", "job"}));
  add_span(*command, context, *options);
  CLI::App* again = command->add_subcommand(
      "rerate", "What answered calls would have cost at the prices in force, from their stored tokens; books nothing.");
  add_span(*again, context, *options);
  auto* file = again->add_option("--prices", options->prices_file, "a price list that comes before the program's own");
  again->add_flag("--own", options->own, "each call's own price, as it was booked")->excludes(file);
  command->callback([&, options, command, again] {
    const bool rerates = command->got_subcommand(again);
    action = [&, options, rerates] { return rerates ? rerate(context, *options) : usage(context, *options); };
  });
}

}  // namespace assay::cli
