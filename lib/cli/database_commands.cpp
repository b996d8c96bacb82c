#include <cstdio>
#include <memory>

#include "cli/commands.hpp"

namespace assay::cli {
namespace {

ExitCode migrate_up(Context& context, bool before_only) {
  context.migrator().up(before_only ? postgres::Migrator::Until::before_the_deploy : postgres::Migrator::Until::everything);
  return ExitCode::ok;
}

ExitCode migrate_status(Context& context) {
  const postgres::Migrator::Status status = context.migrator().status();
  for (const std::string& name : status.applied) std::printf("applied  %s\n", name.c_str());
  for (const std::string& name : status.pending) std::printf("pending  %s\n", name.c_str());
  for (const std::string& name : status.changed) std::printf("changed  %s\n", name.c_str());
  std::printf("%s\n", status.current() ? "up to date" : "run: assay migrate up");
  return status.current() ? ExitCode::ok : ExitCode::tests_failed;
}

ExitCode verify(Context& context) {
  std::int64_t violations = 0;
  for (const postgres::Admin::Check& check : context.admin().verify()) {
    violations += check.violations;
    std::printf("%-4s %s%s%s\n", check.violations == 0 ? "ok" : "BAD", check.name.c_str(), check.example.empty() ? "" : ": ", check.example.c_str());
  }
  std::printf("%s\n", violations == 0 ? "clean" : (std::to_string(violations) + " violations").c_str());
  return violations == 0 ? ExitCode::ok : ExitCode::tests_failed;
}

}  // namespace

void add_database_commands(CLI::App& program, Context& context, Action& action) {
  CLI::App* migrate = program.add_subcommand("migrate", "Bring the database to the state this program needs.");
  migrate->require_subcommand(1);
  migrate->add_option("--config", context.config_file, "YAML file");
  migrate->add_option("--set", context.sets, "key=value")->take_all();
  auto before_only = std::make_shared<bool>(false);
  CLI::App* up = migrate->add_subcommand("up", "Apply what is missing. Safe to run from any number of places at once.");
  up->add_flag("--before-deploy", *before_only, "leave what must wait until the old workers are gone");
  up->callback([&, before_only] { action = [&, before_only] { return migrate_up(context, *before_only); }; });
  migrate->add_subcommand("status", "What is applied, pending, changed; exit 1 when something is missing.")->callback([&] {
    action = [&] { return migrate_status(context); };
  });
  migrate->add_subcommand("plan", "Print the SQL that up would run.")->callback([&] {
    action = [&] {
      std::printf("%s", context.migrator().plan().c_str());
      return ExitCode::ok;
    };
  });
  migrate->add_subcommand("roles", "Create the roles and their grants. Idempotent.")->callback([&] {
    action = [&] {
      context.migrator().roles();
      return ExitCode::ok;
    };
  });

  CLI::App* check = program.add_subcommand("verify", "Check every invariant of the database; exit 1 when one is broken.");
  check->add_option("--config", context.config_file, "YAML file");
  check->add_option("--set", context.sets, "key=value")->take_all();
  check->callback([&] { action = [&] { return verify(context); }; });
}

}  // namespace assay::cli
