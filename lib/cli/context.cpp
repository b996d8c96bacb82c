#include "cli/context.hpp"

#include <cstdio>

#include "base/version.hpp"

namespace assay::cli {
namespace {

std::string direct(const config::Settings& settings) {
  return std::string((settings.direct_url.empty() ? settings.database_url : settings.direct_url).reveal());
}

}  // namespace

config::Loaded Context::settings() const {
  config::Sources sources;
  sources.environment = world_.environment;
  sources.sets = sets;
  sources.read_file = [](const std::string& path) { return config::read_small_file(path); };
  if (!config_file.empty()) {
    auto text = config::read_small_file(config_file);
    if (!text) throw Stop{ExitCode::usage, config_file + ": " + text.error()};
    sources.file = config::Sources::File{config_file, std::move(*text)};
  }
  auto loaded = config::load(sources);
  if (!loaded) throw Stop{ExitCode::usage, "the configuration is wrong\n" + source::to_text(loaded.error())};
  if (!loaded->warnings.empty()) std::fputs(source::to_text(loaded->warnings).c_str(), stderr);
  return std::move(*loaded);
}

config::Loaded Context::settings_with_database() const {
  config::Loaded loaded = settings();
  if (loaded.settings.database_url.empty()) {
    throw Stop{ExitCode::usage, "no database: set DATABASE_URL, or database_url in the configuration"};
  }
  return loaded;
}

postgres::Admin Context::admin() const {
  const config::Loaded loaded = settings_with_database();
  return postgres::Admin(std::string(loaded.settings.database_url.reveal()), postgres::Schema(loaded.settings.schema));
}

postgres::Migrator Context::migrator() const {
  const config::Loaded loaded = settings_with_database();
  postgres::Migrator::Options options;
  options.url = direct(loaded.settings);
  options.schema = postgres::Schema(loaded.settings.schema);
  options.program_version = version;
  options.say = [](const std::string& line) { std::printf("%s\n", line.c_str()); };
  return postgres::Migrator(std::move(options));
}

}  // namespace assay::cli
