#pragma once
#include "config/settings.hpp"
#include "pricing/price_book.hpp"
#include "routing/router.hpp"

namespace assay::catalogue {

/// What the router takes, from what the operator said and what the program knows of models: providers with an address,
/// the models and aliases of the configuration, then the program's own.
routing::RouterSettings router_settings(const config::Settings& settings);
routing::Mode router_mode(const config::Settings& settings);

/// The program's prices under those of the configuration.
pricing::PriceBook price_book(const config::Settings& settings);

/// Whose price list counts for a provider of this name.
std::string vendor_of(const config::Settings& settings, std::string_view provider);

}  // namespace assay::catalogue
