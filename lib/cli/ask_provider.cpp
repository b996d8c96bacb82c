#include "cli/ask_provider.hpp"

#include <algorithm>

#include "base/require.hpp"
#include "catalogue/from_settings.hpp"
#include "providers/dialect.hpp"
#include "providers/redact.hpp"
#include "providers/vendor_error.hpp"
#include "routing/router.hpp"

namespace assay::cli {
namespace {

constexpr int most_pages = 100;

Result<http::Response, Failure> send(const World& world, const config::Settings& settings,
                                     const providers::Deployment& deployment, const http::Request& request) {
  require(world.ask != nullptr, "this program can send requests");
  auto answer = world.ask(settings, request);
  if (!answer) return failure(providers::from_transport(answer.error(), deployment));
  return std::move(*answer);
}

Result<providers::Deployment, Failure> reach(const config::Settings& settings, const std::string& provider) {
  return routing::Router(catalogue::router_settings(settings)).reach(provider);
}

}  // namespace

Result<std::vector<providers::ModelPage::Model>, Failure> live_models(const World& world,
                                                                      const config::Settings& settings,
                                                                      const std::string& provider) {
  const auto deployment = reach(settings, provider);
  if (!deployment) return failure(deployment.error());
  const providers::Dialect& dialect = providers::dialect(deployment->dialect);
  std::vector<providers::ModelPage::Model> models;
  std::string next;
  for (int page = 0; page < most_pages; ++page) {
    const auto answer = send(world, settings, *deployment, dialect.encode_models(*deployment, next));
    if (!answer) return failure(answer.error());
    auto read = providers::without_secrets(dialect.decode_models(*answer, *deployment), *deployment);
    if (!read) return failure(read.error());
    std::move(read->models.begin(), read->models.end(), std::back_inserter(models));
    if (read->next.empty() || read->next == next) break;
    next = read->next;
  }
  std::sort(models.begin(), models.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return models;
}

Result<void, Failure> probe(const World& world, const config::Settings& settings, const std::string& provider) {
  const auto deployment = reach(settings, provider);
  if (!deployment) return failure(deployment.error());
  const http::Request request = providers::dialect(deployment->dialect).encode_probe(*deployment);
  const auto answer = send(world, settings, *deployment, request);
  if (!answer) return failure(answer.error());
  if (answer->status >= 200 && answer->status < 300) return {};
  return failure(providers::failure_from(*answer, *deployment));
}

std::string to_text(const Failure& failure) {
  std::string text(assay::to_string(failure.kind));
  if (!failure.detail.empty()) text += ": " + failure.detail;
  if (failure.status > 0) text += ", status " + std::to_string(failure.status);
  return failure.provider.empty() ? text : text + " (" + failure.provider + ")";
}

}  // namespace assay::cli
