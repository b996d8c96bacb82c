#include <algorithm>
#include <cstdio>
#include <memory>

#include "catalogue/from_settings.hpp"
#include "catalogue/known_model.hpp"
#include "cli/ask_provider.hpp"
#include "cli/commands.hpp"
#include "cli/model_commands.hpp"
#include "providers/dialect.hpp"
#include "routing/router.hpp"

namespace assay::cli {
namespace {

struct RouteOptions {
  std::string model, mode;
  std::vector<std::string> failed;
};

/// The route as it would be with every key there, and the words about a missing one.
struct Explained {
  Result<routing::Route, Failure> route;
  std::string missing;
};

Explained explain(const routing::RouterSettings& settings, const std::string& model) {
  auto real = routing::Router(settings).route(model);
  if (real || real.error().kind != Failure::Kind::auth) return {std::move(real), ""};
  routing::RouterSettings keyed = settings;
  for (routing::ProviderSettings& provider : keyed.providers) provider.needs_key = false;
  return {routing::Router(keyed).route(model), real.error().detail};
}

void print(const std::string& model, const Explained& explained) {
  const routing::Route& route = *explained.route;
  std::printf("model:     %s\n", model.c_str());
  std::printf("provider:  %s\n", route.deployment.provider.c_str());
  std::printf("asked for: %s\n", route.deployment.model.c_str());
  std::printf("rule:      %s\n", route.rule.c_str());
  std::printf("dialect:   %s\n", std::string(providers::to_string(route.deployment.dialect)).c_str());
  std::printf("base URL:  %s\n", route.deployment.base_url.c_str());
  if (route.fallback) std::printf("if it fails there: %s\n", route.fallback->provider.c_str());
  if (!explained.missing.empty()) std::printf("key:       %s\n", explained.missing.c_str());
}

void print_others(const routing::RouterSettings& settings, const std::vector<std::string>& others) {
  for (const std::string& other : others) {
    const Explained explained = explain(settings, other);
    const std::string where = explained.route ? explained.route->deployment.provider + ", " + explained.route->rule
                                              : to_text(explained.route.error());
    std::printf("fallback:  %s (%s)\n", other.c_str(), where.c_str());
  }
}

/// `--mode` is a wish for this explanation only: the settings need not be whole for it.
routing::RouterSettings router_settings(const config::Settings& settings, const std::string& mode) {
  routing::RouterSettings router = catalogue::router_settings(settings);
  if (mode.empty()) return router;
  router.mode = *routing::parse_mode(mode);
  return router;
}

ExitCode explain_route(Context& context, const RouteOptions& options) {
  const config::Settings settings = context.settings().settings;
  std::vector<std::string> chain = catalogue::chain_of(settings, options.model);
  std::erase_if(chain, [&](const std::string& name) {
    return std::find(options.failed.begin(), options.failed.end(), name) != options.failed.end();
  });
  if (chain.empty()) throw Stop{ExitCode::usage, "nothing stands in for " + options.model};
  const routing::RouterSettings router = router_settings(settings, options.mode);
  const Explained explained = explain(router, chain.front());
  if (!explained.route) throw Stop{ExitCode::usage, to_text(explained.route.error())};
  print(chain.front(), explained);
  print_others(router, {chain.begin() + 1, chain.end()});
  return ExitCode::ok;
}

}  // namespace

void add_route_command(CLI::App& program, Context& context, Action& action) {
  CLI::App* route = program.add_subcommand("route", "Where calls go.");
  route->require_subcommand(1);
  auto options = std::make_shared<RouteOptions>();
  CLI::App* explained =
      route->add_subcommand("explain", "Which provider a model's name leads to, by which rule, and what stands in.");
  explained->add_option("--model", options->model, "the name")->required();
  explained->add_option("--fail", options->failed, "as if this one had failed; several")->take_all();
  explained->add_option("--mode", options->mode, "instead of executor.mode")
      ->check(CLI::IsMember({"native", "proxy", "hybrid", "proxy_only"}));
  add_settings_options(*explained, context);
  explained->callback([&, options] { action = [&, options] { return explain_route(context, *options); }; });
}

}  // namespace assay::cli
