#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "catalogue/known_model.hpp"
#include "cli/commands.hpp"
#include "cli/print_table.hpp"
#include "json/writer.hpp"
#include "pricing/cost.hpp"
#include "pricing/token_estimate.hpp"

namespace assay::cli {
namespace {

using pricing::ScriptFamily;
using pricing::TokenEstimate;

constexpr std::size_t most_text_bytes = std::size_t{64} << 20;

struct EstimateOptions {
  std::optional<std::string> text;
  std::string file, model;
  std::optional<std::int64_t> out;
  bool explain = false, json = false;
};

std::string all_of(std::istream& in, const std::string& name) {
  std::string text;
  for (char piece[1 << 16]; in.read(piece, sizeof piece) || in.gcount() > 0;) {
    text.append(piece, static_cast<std::size_t>(in.gcount()));
    if (text.size() > most_text_bytes) throw Stop{ExitCode::usage, name + ": larger than 64 MiB"};
  }
  if (in.bad()) throw Stop{ExitCode::usage, name + ": cannot be read"};
  return text;
}

std::string text_of(const EstimateOptions& options) {
  if (options.text && !options.file.empty()) throw Stop{ExitCode::usage, "either a text or --file"};
  if (options.text) return *options.text;
  if (options.file.empty() || options.file == "-") return all_of(std::cin, "standard input");
  std::ifstream file(options.file, std::ios::binary);
  if (!file) throw Stop{ExitCode::usage, options.file + ": cannot be read"};
  return all_of(file, options.file);
}

/// What the text costs with a model: as its prompt, and with so many tokens of answer.
struct Price {
  std::string model, day, source;
  std::optional<Money> prompt, call;
  std::optional<std::int64_t> context_tokens;
};

Price price_of(const config::Settings& settings, const EstimateOptions& options, std::int64_t tokens) {
  const catalogue::Knowledge knowledge(settings);
  const auto model = knowledge.find(options.model);
  if (!model) throw Stop{ExitCode::cost, "nothing is known of " + options.model + knowledge.near(options.model)};
  if (!model->price) throw Stop{ExitCode::cost, "the price of " + options.model + " is unknown"};
  Price price{
      model->name, pricing::to_string(model->price->from), model->price->source, {}, {}, model->context_tokens()};
  const auto prompt = static_cast<std::size_t>(tokens);
  price.prompt = pricing::bound(prompt, 0, *model->price);
  const auto out = options.out ? options.out : model->max_output_tokens();
  if (out) price.call = pricing::bound(prompt, out, *model->price);
  return price;
}

std::string decimal(std::int64_t quarters) {
  static constexpr const char* ends[] = {"", ".25", ".5", ".75"};
  return std::to_string(quarters / 4) + ends[quarters % 4];
}

/// Two digits behind the point, rounded down; "-" where there are no tokens.
std::string characters_a_token(const pricing::FamilyShare& share) {
  if (share.quarter_tokens == 0) return "-";
  const std::int64_t hundredths = share.characters * 400 / share.quarter_tokens;
  const std::int64_t rest = hundredths % 100;
  return std::to_string(hundredths / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

postgres::Table families(const TokenEstimate& estimate) {
  postgres::Table table;
  table.columns = {"family", "characters", "bytes", "tokens", "characters/token", "tokens are"};
  for (std::size_t n = 0; n < pricing::script_families; ++n) {
    const auto family = static_cast<ScriptFamily>(n);
    const pricing::FamilyShare& share = estimate.of(family);
    if (share.characters == 0) continue;
    table.rows.push_back({std::string(to_string(family)), std::to_string(share.characters), std::to_string(share.bytes),
                          decimal(share.quarter_tokens), characters_a_token(share), std::string(rule_of(family))});
  }
  return table;
}

void write_amount(json::Writer& out, std::string_view key, const std::optional<Money>& amount) {
  out.key(key);
  if (amount) {
    out.string(to_dollars(*amount));
  } else {
    out.null();
  }
}

std::string json_of(const TokenEstimate& estimate, std::size_t bytes, const std::optional<Price>& price, bool explain) {
  std::string text;
  json::Writer out(text);
  out.begin_object().field("tokens_at_most", estimate.tokens).field("bytes", static_cast<std::int64_t>(bytes));
  if (price) {
    out.field("model", price->model);
    write_amount(out, "prompt_cost_at_most", price->prompt);
    write_amount(out, "call_cost_at_most", price->call);
    out.field("price_from", price->day).field("price_source", price->source);
  }
  if (explain) {
    const postgres::Table table = families(estimate);
    out.key("families").begin_array();
    for (const auto& row : table.rows) {
      out.begin_object().field("family", *row[0]);
      out.key("characters").raw(*row[1]);
      out.key("bytes").raw(*row[2]);
      out.key("tokens").raw(*row[3]);
      out.field("rule", *row[5]).end_object();
    }
    out.end_array();
  }
  out.end_object();
  return text;
}

void print(const TokenEstimate& estimate, std::size_t bytes, const std::optional<Price>& price,
           const EstimateOptions& options) {
  std::printf("at most %lld tokens (%zu bytes)\n", static_cast<long long>(estimate.tokens), bytes);
  if (price) {
    const std::string unknown = "unknown";
    std::printf("as a prompt of %s at most $%s\n", price->model.c_str(),
                price->prompt ? to_dollars(*price->prompt).c_str() : unknown.c_str());
    const std::string answer = options.out ? std::to_string(*options.out) + " answer tokens" : "the longest answer";
    std::printf("with %s at most $%s\n", answer.c_str(),
                price->call ? to_dollars(*price->call).c_str() : unknown.c_str());
    std::printf("price of %s, source %s\n", price->day.c_str(), price->source.c_str());
    if (price->context_tokens && estimate.tokens > *price->context_tokens)
      std::printf("may be longer than the model's context of %lld tokens\n",
                  static_cast<long long>(*price->context_tokens));
  }
  if (!options.explain) return;
  std::printf("\nAn upper bound, not a count: each script family at the rate of the dearest tokenizer known.\n");
  std::printf("The sum of the families, rounded up, and 1 for the mark that some tokenizers begin with.\n");
  std::printf("Only the provider counts; what a worker reserves before a call is the bytes of its request.\n\n");
  std::printf("%s", to_text(families(estimate), Format::text, 100).c_str());
}

ExitCode estimate(const Context& context, const EstimateOptions& options) {
  const std::string text = text_of(options);
  const TokenEstimate estimate = pricing::estimate_tokens(text);
  std::optional<Price> price;
  if (!options.model.empty()) price = price_of(context.settings().settings, options, estimate.tokens);
  if (options.json) {
    std::printf("%s\n", json_of(estimate, text.size(), price, options.explain).c_str());
  } else {
    print(estimate, text.size(), price, options);
  }
  return ExitCode::ok;
}

}  // namespace

void add_estimate_command(CLI::App& program, Context& context, Action& action) {
  auto options = std::make_shared<EstimateOptions>();
  CLI::App* command = program.add_subcommand(
      "estimate", "The most tokens that a text can be, and what it costs at most; exit 3 when the price is unknown.");
  command->add_option("text", options->text, "the text; without it and --file standard input is read");
  command->add_option("--file", options->file, "read the text from this file; - is standard input");
  command->add_option("--model", options->model, "a model, an alias, or a name of the configuration: its price");
  command->add_option("--out", options->out, "with --model: tokens of the answer; else the model's longest")
      ->check(CLI::NonNegativeNumber)
      ->needs("--model");
  command->add_flag("--explain", options->explain, "how: characters and tokens by script family");
  command->add_flag("--json", options->json, "one JSON object");
  add_settings_options(*command, context);
  command->callback([&, options] { action = [&, options] { return estimate(context, *options); }; });
}

}  // namespace assay::cli
