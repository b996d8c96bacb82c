#include "worker/models.hpp"

#include <memory>
#include <utility>

#include "catalogue/from_settings.hpp"
#include "catalogue/stored_models.hpp"

namespace assay {

engine::BuildModels build_models(const config::Settings& settings) {
  return [&settings](const std::string& stored) -> Result<std::shared_ptr<const engine::ModelSet>, std::string> {
    const auto with_them = catalogue::with_stored_models(settings, stored);
    if (!with_them) return failure(with_them.error());
    return std::make_shared<const engine::ModelSet>(
        engine::ModelSet{routing::Router(catalogue::router_settings(*with_them)), catalogue::price_book(*with_them)});
  };
}

}  // namespace assay
