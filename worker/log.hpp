#pragma once
#include <cstdint>

#include "config/settings.hpp"
#include "telemetry/log.hpp"

namespace assay {

/// The program's log, which knows every secret of its settings.
telemetry::Log make_log(const config::Settings& settings);

/// What this process's chance is drawn from: the system's entropy.
std::uint64_t process_seed();

}  // namespace assay
