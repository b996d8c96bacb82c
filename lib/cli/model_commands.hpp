#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "catalogue/known_model.hpp"
#include "cli/commands.hpp"
#include "job/failure.hpp"

namespace assay::cli {

/// Adds `cost` to `models`.
void add_cost_command(CLI::App& models, Context& context, Action& action);

/// All that is known of a model: one JSON object, or a line for each field.
std::string to_json(const catalogue::KnownModel& model);
std::string to_text(const catalogue::KnownModel& model);

/// "0.15" for 150'000'000 nano-dollars per million tokens.
std::string dollars_per_million(std::int64_t rate);

/// usage for what the configuration lacks, upstream for what a provider or a network did.
ExitCode exit_code_of(const Failure& failure);

}  // namespace assay::cli
