#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imports/report.hpp"
#include "imports/test.hpp"

namespace assay::imports {

/// One of promptfoo's providers: the model it asks.
struct Provider {
  std::string id, label, model;
  std::optional<std::vector<std::string>> prompts;  ///< which it is limited to
  Members sampling;                                 ///< temperature, max_tokens, top_p, seed, stop
  source::Place place;

  bool is_meant_by(std::string_view reference) const;
};

std::vector<Provider> read_providers(const yaml::Node& node, Report& report);

/// The name of a model here, from a provider's id there: "openai:chat:gpt-4o" is "openai/gpt-4o". What has no
/// counterpart stays as it is.
std::string model_of(std::string_view id);

/// Checks the keys of a provider's or a prompt's config that a suite's defaults can hold, and gives them back; the rest
/// is warned of.
Members read_sampling(const Members& config, Report& report);

}  // namespace assay::imports
