#pragma once
#include <CLI/CLI.hpp>
#include <functional>

#include "cli/context.hpp"

namespace assay::cli {

/// What the chosen subcommand does. Set by its callback while the command line is read, called afterwards.
using Action = std::function<ExitCode()>;

/// Each adds its subcommands to the program. `context` and `action` outlive the parse.
void add_worker_commands(CLI::App& program, Context& context, Action& action);    ///< worker, healthcheck, fake-provider
void add_database_commands(CLI::App& program, Context& context, Action& action);  ///< migrate, verify
void add_job_commands(CLI::App& program, Context& context, Action& action);       ///< enqueue, jobs, results
void add_model_commands(CLI::App& program, Context& context, Action& action);     ///< models
void add_provider_commands(CLI::App& program, Context& context, Action& action);  ///< providers
void add_route_command(CLI::App& program, Context& context, Action& action);      ///< route explain
void add_custom_model_commands(CLI::App& program, Context& context, Action& action);  ///< models add, remove: after the above
void add_usage_command(CLI::App& program, Context& context, Action& action);      ///< usage
void add_run_command(CLI::App& program, Context& context, Action& action);        ///< run
void add_embed_command(CLI::App& program, Context& context, Action& action);      ///< embed
void add_estimate_command(CLI::App& program, Context& context, Action& action);   ///< estimate
void add_config_commands(CLI::App& program, Context& context, Action& action);    ///< config, secrets, version
void add_errors_command(CLI::App& program, Action& action);                       ///< errors list
void add_suite_commands(CLI::App& program, Action& action);                       ///< suites import

void add_judge_command(CLI::App& program, Action& action);                        ///< judge
void add_assertions_command(CLI::App& program, Action& action);                   ///< assertions list

/// --config and --set, for commands that read the settings.
void add_settings_options(CLI::App& command, Context& context);

}  // namespace assay::cli
