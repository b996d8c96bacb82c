#include <algorithm>
#include <cstdio>
#include <memory>

#include "catalogue/from_settings.hpp"
#include "cli/ask_provider.hpp"
#include "cli/commands.hpp"
#include "cli/model_commands.hpp"
#include "cli/print_table.hpp"
#include "providers/dialect.hpp"
#include "routing/provider_names.hpp"

namespace assay::cli {
namespace {

using config::ProviderSettings;
using Cell = std::optional<std::string>;

/// A dialect of its own, or OpenAI's format with a profile.
std::string how(const ProviderSettings& provider) {
  const bool borrowed = provider.dialect == config::Dialect::openai_chat && provider.name != "openai";
  return borrowed ? "compatible" : "native";
}

/// Whether there is a key, never which.
std::string key_of(const ProviderSettings& provider) {
  if (provider.auth == config::Auth::none) return "not needed";
  const bool signs = !provider.key_id.empty() && !provider.secret_key.empty();
  return !provider.api_key.empty() || signs ? "yes" : "no";
}

std::vector<Cell> row_of(const ProviderSettings& provider) {
  const std::string key = key_of(provider);
  const bool ready = !provider.base_url.empty() && key != "no";
  const Cell url = provider.base_url.empty() ? std::nullopt : Cell(provider.base_url);
  const Cell other = provider.name == "gemini" ? Cell("google") : std::nullopt;
  const Cell set = provider.key_names.empty() ? std::nullopt : Cell(provider.key_names.front());
  return {provider.name, other,
          how(provider), std::string(providers::to_string(provider.dialect)),
          url,           ready ? "yes" : "no",
          key,           set};
}

std::vector<Cell> proxy_row(const config::ProxySettings& proxy) {
  const std::string key = proxy.auth == config::Auth::none ? "not needed" : proxy.api_key.empty() ? "no" : "yes";
  const bool ready = !proxy.base_url.empty() && key != "no";
  return {"litellm",
          "proxy",
          "proxy",
          "openai",
          proxy.base_url.empty() ? std::nullopt : Cell(proxy.base_url),
          ready ? "yes" : "no",
          key,
          "LITELLM_API_KEY"};
}

ExitCode list(Context& context, bool with_how, bool json) {
  const config::Settings settings = context.settings().settings;
  postgres::Table table;
  table.columns = {"name", "other_name", "how", "dialect", "base_url", "ready", "key", "key_variable"};
  for (const ProviderSettings& provider : settings.providers) table.rows.push_back(row_of(provider));
  table.rows.push_back(proxy_row(settings.proxy));
  if (with_how) {
    for (const std::string_view name : routing::proxy_only_providers())
      table.rows.push_back({std::string(name), std::nullopt, "via-proxy", "openai", std::nullopt,
                            settings.proxy.base_url.empty() ? "no" : "yes", std::nullopt, std::nullopt});
  }
  std::printf("%s", json ? json_array(table).c_str() : to_text(table, Format::text).c_str());
  return ExitCode::ok;
}

/// Those that could be asked: an address, and a key where one is needed.
std::vector<std::string> ready_ones(const config::Settings& settings) {
  std::vector<std::string> names;
  for (const ProviderSettings& provider : settings.providers) {
    const bool chosen = !provider.built_in || provider.auth == config::Auth::key;  // nobody may have an Ollama
    if (chosen && !provider.base_url.empty() && key_of(provider) != "no") names.push_back(provider.name);
  }
  if (!settings.proxy.base_url.empty()) names.emplace_back("proxy");
  return names;
}

ExitCode check(Context& context, std::vector<std::string> names) {
  const config::Settings settings = context.settings().settings;
  if (names.empty()) names = ready_ones(settings);
  if (names.empty()) throw Stop{ExitCode::usage, "no provider has an address and a key"};
  ExitCode worst = ExitCode::ok;
  for (const std::string& name : names) {
    const auto health = probe(context.world(), settings, name);
    std::printf("%s: %s\n", name.c_str(), health ? "healthy" : to_text(health.error()).c_str());
    if (!health && worst != ExitCode::upstream) worst = exit_code_of(health.error());
  }
  return worst;
}

}  // namespace

void add_provider_commands(CLI::App& program, Context& context, Action& action) {
  CLI::App* providers = program.add_subcommand("providers", "Who can be asked, and whether they answer.");
  providers->require_subcommand(1);
  auto with_how = std::make_shared<bool>(false);
  auto json = std::make_shared<bool>(false);
  CLI::App* every = providers->add_subcommand("list", "Every provider, its address, and whether it has a key.");
  every->add_flag("--how", *with_how, "those too that only a proxy reaches");
  every->add_flag("--json", *json, "a JSON array");
  add_settings_options(*every, context);
  every->callback([&, with_how, json] { action = [&, with_how, json] { return list(context, *with_how, *json); }; });

  auto names = std::make_shared<std::vector<std::string>>();
  CLI::App* health = providers->add_subcommand(
      "check", "Whether they are there and take our keys, without a paid call; exit 4 when one does not.");
  health->add_option("name", *names, "these; otherwise all that have an address and a key");
  add_settings_options(*health, context);
  health->callback([&, names] { action = [&, names] { return check(context, *names); }; });
}

}  // namespace assay::cli
