#include <cstdio>
#include <memory>

#include "base/version.hpp"
#include "catalogue/litellm_file.hpp"
#include "cli/commands.hpp"
#include "cli/print_table.hpp"

namespace assay::cli {
namespace {

struct FileOptions {
  std::string format;
  bool origin = false;
};

/// The text of a LiteLLM configuration, when the file is one or is said to be one.
std::optional<std::string> litellm_text(const Context& context, const FileOptions& options) {
  if (context.config_file.empty()) {
    if (options.format == "litellm") throw Stop{ExitCode::usage, "--format litellm: which file?"};
    return std::nullopt;
  }
  auto text = config::read_small_file(context.config_file, std::size_t{8} << 20);
  if (!text) throw Stop{ExitCode::usage, context.config_file + ": " + text.error()};
  const bool wanted = options.format.empty() ? catalogue::is_litellm(*text) : options.format == "litellm";
  return wanted ? std::optional(std::move(*text)) : std::nullopt;
}

catalogue::LitellmFile read_litellm(const Context& context, const std::string& text) {
  catalogue::LitellmFile file = catalogue::read_litellm(context.config_file, text);
  if (!file.errors.empty())
    throw Stop{ExitCode::usage,
               "the configuration is wrong\n" + source::to_text(file.errors) + source::to_text(file.warnings)};
  std::fputs(source::to_text(file.warnings).c_str(), stderr);
  return file;
}

postgres::Table models_of(const catalogue::LitellmFile& file) {
  postgres::Table table;
  table.columns = {"name", "provider", "model", "key"};
  for (const catalogue::LitellmModel& model : file.models) {
    table.rows.push_back({model.name, model.provider + (model.only_through_proxy ? " (through a proxy)" : ""),
                          model.model, model.key.empty() ? std::nullopt : std::optional(model.key)});
  }
  return table;
}

ExitCode check(Context& context, const FileOptions& options) {
  if (const auto text = litellm_text(context, options)) {
    const catalogue::LitellmFile file = read_litellm(context, *text);
    std::printf("%s", to_text(models_of(file), Format::text).c_str());
    std::fprintf(stderr, "%zu models are right\n", file.models.size());
    return ExitCode::ok;
  }
  std::printf("%zu settings are right\n", context.settings().rows.size());
  return ExitCode::ok;
}

ExitCode show(Context& context, const FileOptions& options) {
  if (const auto text = litellm_text(context, options)) {
    std::printf("%s", catalogue::to_text(read_litellm(context, *text)).c_str());
  } else {
    std::printf("%s", config::to_text(context.settings().rows, options.origin).c_str());
  }
  return ExitCode::ok;
}

ExitCode list_secrets(Context& context, bool json) {
  postgres::Table table;
  table.columns = {"name", "origin", "value"};
  for (const config::Row& row : context.settings().rows) {
    if (row.secret && row.value != "(none)") table.rows.push_back({row.name, row.origin, row.value});
  }
  std::printf("%s", json ? json_array(table).c_str() : to_text(table, Format::text, 200).c_str());
  return ExitCode::ok;
}

void add_secrets(CLI::App& program, Context& context, Action& action) {
  CLI::App* secrets = program.add_subcommand("secrets", "The keys that are known.");
  secrets->require_subcommand(1);
  auto json = std::make_shared<bool>(false);
  CLI::App* every =
      secrets->add_subcommand("list", "Their names, where each was found, and fingerprints; never a key.");
  every->add_flag("--json", *json, "a JSON array");
  add_settings_options(*every, context);
  every->callback([&, json] { action = [&, json] { return list_secrets(context, *json); }; });
}

}  // namespace

void add_config_commands(CLI::App& program, Context& context, Action& action) {
  CLI::App* settings = program.add_subcommand("config", "The settings, and what is wrong with them.");
  settings->require_subcommand(1);
  settings->add_option("--set", context.sets, "key=value, over everything else")->take_all();
  auto options = std::make_shared<FileOptions>();
  const auto add_format = [options](CLI::App* command) {
    command->add_option("--format", options->format, "what the file is; seen by its model_list otherwise")
        ->check(CLI::IsMember({"assay", "litellm"}));
  };
  CLI::App* checked = settings->add_subcommand(
      "check",
      "All faults at once, with file, line and column; exit 2 when there are any. Lists a LiteLLM file's models.");
  checked->add_option("file", context.config_file, "YAML file: ours, or a LiteLLM proxy's");
  add_format(checked);
  checked->fallthrough();
  checked->callback([&, options] { action = [&, options] { return check(context, *options); }; });

  CLI::App* shown = settings->add_subcommand("show", "Every setting and its value; secrets as fingerprints.");
  shown->add_option("--config,file", context.config_file, "YAML file: ours, or a LiteLLM proxy's");
  shown->add_flag("--origin", options->origin, "where each value comes from");
  add_format(shown);
  shown->fallthrough();
  shown->callback([&, options] { action = [&, options] { return show(context, *options); }; });

  add_secrets(program, context, action);
  program.add_subcommand("version", "The version of this program.")->callback([&] {
    action = [] {
      std::printf("assay %s\n", version);
      return ExitCode::ok;
    };
  });
}

}  // namespace assay::cli
