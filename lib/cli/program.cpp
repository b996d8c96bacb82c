#include "cli/program.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "cli/commands.hpp"
#include "postgres/error.hpp"
#include "routing/near_matches.hpp"

namespace assay::cli {
namespace {

int say(ExitCode code, const std::string& message) {
  std::fprintf(stderr, "assay: %s\n", message.c_str());
  return static_cast<int>(code);
}

/// What is wrong with the commands at the front of a command line; empty when nothing is.
std::string unknown_command(const CLI::App& program, const std::vector<std::string>& arguments) {
  const CLI::App* app = &program;
  for (const std::string& word : arguments) {
    if (app->get_require_subcommand_min() == 0 || word.starts_with('-')) return {};
    std::vector<std::string> names;
    const CLI::App* next = nullptr;
    for (const CLI::App* one : app->get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(one->get_name());
      if (one->get_name() == word) next = one;
    }
    if (next == nullptr) return "no command " + word + routing::did_you_mean(routing::near_matches(word, names));
    app = next;
  }
  return {};
}

int carry_out(const Action& action) {
  try {
    return static_cast<int>(action());
  } catch (const Stop& stop) {
    return say(stop.code, stop.message);
  } catch (const postgres::MigrationRefused& error) {
    return say(ExitCode::database, error.what());
  } catch (const postgres::DatabaseError& error) {
    return say(ExitCode::database, error.what());
  } catch (const std::exception& error) {
    return say(ExitCode::usage, error.what());
  }
}

}  // namespace

void add_settings_options(CLI::App& command, Context& context) {
  command.add_option("--config", context.config_file, "YAML file");
  command.add_option("--set", context.sets, "key=value, over everything else")->take_all();
}

int run(const World& world) {
  CLI::App program("Assay tests prompt packages: workers claim jobs from Postgres, ask models, judge the answers.", "assay");
  Context context(world);
  Action action;
  program.require_subcommand(1);
  program.option_defaults()->always_capture_default(false);
  add_worker_commands(program, context, action);
  add_job_commands(program, context, action);
  add_database_commands(program, context, action);
  add_model_commands(program, context, action);
  add_custom_model_commands(program, context, action);
  add_usage_command(program, context, action);
  add_provider_commands(program, context, action);
  add_route_command(program, context, action);
  add_errors_command(program, action);
  add_run_command(program, context, action);
  add_embed_command(program, context, action);
  add_estimate_command(program, context, action);
  add_config_commands(program, context, action);
  add_suite_commands(program, action);
  add_judge_command(program, action);
  add_assertions_command(program, action);

  if (const std::string wrong = unknown_command(program, world.arguments); !wrong.empty())
    return say(ExitCode::usage, wrong);
  std::vector<std::string> reversed(world.arguments.rbegin(), world.arguments.rend());
  try {
    program.parse(reversed);
  } catch (const CLI::ParseError& error) {
    const int code = program.exit(error, std::cout, std::cerr);
    return code == 0 ? 0 : static_cast<int>(ExitCode::usage);
  }
  return carry_out(action);
}

}  // namespace assay::cli
