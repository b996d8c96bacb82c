#include "engine/model_routes.hpp"

namespace assay::engine {

Result<std::shared_ptr<const ModelRoute>, Failure> ModelRoutes::find(const std::string& model, Day day) {
  std::pair key(model, day);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  auto route = router_->route(model);
  if (!route) return failure(std::move(route.error()));
  auto made = priced(std::move(route->deployment), day);
  if (route->fallback) made->fallback = priced(std::move(*route->fallback), day);
  if (known_.size() >= most) known_.clear();
  return known_.emplace(std::move(key), std::move(made)).first->second;
}

void ModelRoutes::replace(std::shared_ptr<const ModelSet> set) {
  set_ = std::move(set);
  router_ = &set_->router;
  prices_ = &set_->prices;
  known_.clear();
}

std::shared_ptr<ModelRoute> ModelRoutes::priced(providers::Deployment deployment, Day day) const {
  auto made = std::make_shared<ModelRoute>();
  made->deployment = std::move(deployment);
  made->price = prices_->find(made->deployment.vendor, made->deployment.model, day);
  if (made->price) made->price_text = pricing::to_json(*made->price);
  return made;
}

}  // namespace assay::engine
