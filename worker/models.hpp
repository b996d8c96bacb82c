#pragma once
#include "config/settings.hpp"
#include "engine/model_refresh.hpp"

namespace assay {

/// Routes and prices of the configuration and the program, as they were at the start, under the models that people keep
/// in the database. The settings outlive it.
engine::BuildModels build_models(const config::Settings& settings);

}  // namespace assay
