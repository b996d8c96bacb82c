#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/context.hpp"
#include "config/settings.hpp"
#include "job/failure.hpp"
#include "providers/deployment.hpp"
#include "providers/question.hpp"

namespace assay::cli {

/// What a provider says it serves, all its pages (at most 100 of them), sorted by name. "proxy" and "upstream" name the
/// proxy.
Result<std::vector<providers::ModelPage::Model>, Failure> live_models(const World& world,
                                                                      const config::Settings& settings,
                                                                      const std::string& provider);

/// Whether a provider is there and takes our key, without a paid call.
Result<void, Failure> probe(const World& world, const config::Settings& settings, const std::string& provider);

/// "unreachable: connection refused (openai)".
std::string to_text(const Failure& failure);

}  // namespace assay::cli
