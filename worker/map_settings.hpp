#pragma once
#include <vector>

#include "config/settings.hpp"
#include "curl/settings.hpp"
#include "engine/settings.hpp"
#include "postgres/postgres_job_queue.hpp"

namespace assay {

/// What each part takes, from what the operator said.
engine::Settings engine_settings(const config::Settings& settings);
curl::Settings transport_settings(const config::Settings& settings);
postgres::PostgresJobQueue::Options queue_options(const config::Settings& settings);

/// All that must never appear on a log line.
std::vector<const Secret*> every_secret(const config::Settings& settings);

}  // namespace assay
