#include "worker/log.hpp"

#include <sys/random.h>
#include <unistd.h>

#include "worker/map_settings.hpp"

namespace assay {

std::uint64_t process_seed() {
  std::uint64_t seed = 0;
  if (getrandom(&seed, sizeof seed, 0) != static_cast<ssize_t>(sizeof seed))
    seed = static_cast<std::uint64_t>(getpid());
  return seed;
}

telemetry::Log make_log(const config::Settings& settings) {
  telemetry::LogOptions options;
  options.level = static_cast<telemetry::Level>(settings.log.level);
  options.format = telemetry::format_for(telemetry::LogTarget::standard_error);
  if (settings.log.format == config::LogFormat::json) options.format = telemetry::LogFormat::json;
  if (settings.log.format == config::LogFormat::logfmt) options.format = telemetry::LogFormat::logfmt;
  telemetry::Log log(telemetry::LogTarget::standard_error, options);
  for (const Secret* secret : every_secret(settings)) log.hide(*secret);
  return log;
}

}  // namespace assay
