#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "base/time.hpp"
#include "job/failure.hpp"
#include "pricing/price_book.hpp"
#include "routing/router.hpp"

namespace assay::engine {

/// Where a model's calls go on one day, and what they cost there. One for all cells that ask for it.
struct ModelRoute {
  providers::Deployment deployment;
  std::optional<pricing::Price> price;
  std::string price_text;  ///< the ledger's snapshot of the price: JSON, empty when it is unknown
  std::shared_ptr<const ModelRoute> fallback{};  ///< where calls move on to that fail here; null: nowhere
};

/// Every model that calls may go to, and what each costs: made as a whole, never changed.
struct ModelSet {
  routing::Router router;
  pricing::PriceBook prices;
};

/// The routes and prices of the models in use, each worked out once for each set. A cell that is under way keeps the
/// route it was planned with. Bounded: when there are too many, all are forgotten. A name that leads nowhere is looked up each time. Loop thread
/// only.
class ModelRoutes {
 public:
  /// Both outlive it, or the first replace().
  ModelRoutes(const routing::Router& router, const pricing::PriceBook& prices) : router_(&router), prices_(&prices) {}

  Result<std::shared_ptr<const ModelRoute>, Failure> find(const std::string& model, Day day);

  /// From here on names lead where this set says.
  void replace(std::shared_ptr<const ModelSet> set);

  static constexpr std::size_t most = 1024;

 private:
  std::shared_ptr<ModelRoute> priced(providers::Deployment deployment, Day day) const;

  std::shared_ptr<const ModelSet> set_;  ///< what the two below belong to, once there was one
  const routing::Router* router_;
  const pricing::PriceBook* prices_;
  std::map<std::pair<std::string, Day>, std::shared_ptr<const ModelRoute>> known_;
};

}  // namespace assay::engine
