#include <array>
#include <charconv>
#include <cstdio>
#include <memory>

#include "cli/commands.hpp"
#include "json/writer.hpp"

namespace assay::cli {
namespace {

struct EmbedOptions {
  EmbedOrder order;
  bool json = false;
};

/// Shortest digits that read back the same number.
void append_vector(json::Writer& out, const std::vector<float>& vector) {
  out.begin_array();
  for (const float number : vector) {
    std::array<char, 32> digits{};
    const auto [end, unused] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.raw(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
  }
  out.end_array();
}

std::string json_of(const client::Vectors& made) {
  std::string text;
  json::Writer out(text);
  out.begin_object().field("provider", made.place.provider).field("model", made.place.model);
  out.key("vectors").begin_array();
  for (const std::vector<float>& vector : made.vectors) append_vector(out, vector);
  out.end_array().key("usage").begin_object();
  out.field("prompt_tokens", made.usage.prompt_tokens()).field("source", to_string(made.usage.source)).end_object();
  out.key("cost");
  if (made.cost) {
    out.string(to_dollars(*made.cost));
  } else {
    out.null();
  }
  out.end_object();
  return text;
}

std::string summary_of(const client::Vectors& made) {
  return std::to_string(made.vectors.size()) + " vectors of " + std::to_string(made.vectors.front().size()) + " by " +
         made.place.provider + "/" + made.place.model + ", " + std::to_string(made.usage.prompt_tokens()) +
         " tokens (" + std::string(to_string(made.usage.source)) + "), " +
         (made.cost ? "cost $" + to_dollars(*made.cost) : "cost unknown");
}

ExitCode code_of(const Failure& failure) {
  return failure.source == Failure::Source::worker && failure.status == 0 &&
                 failure.kind != Failure::Kind::unreachable && failure.kind != Failure::Kind::timed_out
             ? ExitCode::usage
             : ExitCode::upstream;
}

ExitCode embed(const Context& context, const EmbedOptions& options) {
  const config::Loaded loaded = context.settings();
  const auto made = context.world().embed(loaded, options.order);
  if (!made) {
    throw Stop{code_of(made.error()), std::string(to_string(made.error().kind)) + ": " + made.error().detail};
  }
  if (options.json) {
    std::printf("%s\n", json_of(*made).c_str());
    return ExitCode::ok;
  }
  for (const std::vector<float>& vector : made->vectors) {
    std::string line;
    json::Writer out(line);
    append_vector(out, vector);
    std::printf("%s\n", line.c_str());
  }
  std::fprintf(stderr, "%s\n", summary_of(*made).c_str());
  return ExitCode::ok;
}

}  // namespace

void add_embed_command(CLI::App& program, Context& context, Action& action) {
  auto options = std::make_shared<EmbedOptions>();
  CLI::App* command =
      program.add_subcommand("embed", "Turn texts into vectors: one JSON list a line, usage and cost behind.");
  command->add_option("text", options->order.texts, "texts, one vector each")->required();
  command->add_option("--model", options->order.model, "model to ask; else the one of defaults.embedding_model");
  command->add_option("--dimensions", options->order.dimensions, "numbers in a vector, where the model lets one choose")
      ->check(CLI::Range(1, 100'000));
  command->add_flag("--json", options->json, "one JSON object: vectors, usage and cost");
  command->add_option("--config", context.config_file, "YAML file");
  command->add_option("--set", context.sets, "key=value, over everything else")->take_all();
  command->callback([&, options] { action = [&, options] { return embed(context, *options); }; });
}

}  // namespace assay::cli
