#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "config/settings.hpp"

namespace assay::catalogue {

/// The settings with the models that people keep in the database (models_v1's JSON) before those of the configuration;
/// of two with one name the stored one holds. The error says what cannot be read.
Result<config::Settings, std::string> with_stored_models(config::Settings settings, std::string_view json);

}  // namespace assay::catalogue
