#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "cli/program.hpp"
#include "config/load.hpp"
#include "postgres/admin.hpp"
#include "postgres/migrator.hpp"

namespace assay::cli {

/// Thrown by a command that cannot go on: printed as "assay: …" on standard error.
struct Stop {
  ExitCode code;
  std::string message;
};

/// What every command has: the world, and the settings that its options name.
class Context {
 public:
  explicit Context(const World& world) : world_(world) {}

  // Filled by the command line.
  std::string config_file;
  std::vector<std::string> sets;

  const World& world() const { return world_; }

  /// Reads the settings; throws Stop(usage) with every fault when they are wrong. Warnings go to standard error.
  config::Loaded settings() const;

  /// As settings(), and DATABASE_URL must be there.
  postgres::Admin admin() const;
  postgres::Migrator migrator() const;

 private:
  config::Loaded settings_with_database() const;
  const World& world_;
};

}  // namespace assay::cli
