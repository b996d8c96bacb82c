#include <cstdio>
#include <memory>

#include "base/version.hpp"
#include "cli/commands.hpp"

namespace assay::cli {

void add_config_commands(CLI::App& program, Context& context, Action& action) {
  CLI::App* settings = program.add_subcommand("config", "The settings, and what is wrong with them.");
  settings->require_subcommand(1);
  settings->add_option("--set", context.sets, "key=value, over everything else")->take_all();
  CLI::App* check = settings->add_subcommand("check", "All faults at once, with file, line and column; exit 2 when there are any.");
  check->add_option("file", context.config_file, "YAML file");
  check->callback([&] {
    action = [&] {
      const config::Loaded loaded = context.settings();
      std::printf("%zu settings are right\n", loaded.rows.size());
      return ExitCode::ok;
    };
  });
  auto origin = std::make_shared<bool>(false);
  CLI::App* show = settings->add_subcommand("show", "Every setting and its value; secrets as fingerprints.");
  show->add_option("--config", context.config_file, "YAML file");
  show->add_flag("--origin", *origin, "where each value comes from");
  show->callback([&, origin] {
    action = [&, origin] {
      std::printf("%s", config::to_text(context.settings().rows, *origin).c_str());
      return ExitCode::ok;
    };
  });
  program.add_subcommand("version", "The version of this program.")->callback([&] {
    action = [] {
      std::printf("assay %s\n", version);
      return ExitCode::ok;
    };
  });
}

}  // namespace assay::cli
