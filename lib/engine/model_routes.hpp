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

/// The routes and prices of the models in use, each worked out once: the router and the price book never change.
/// Bounded: when there are too many, all are forgotten. A name that leads nowhere is looked up each time. Loop thread
/// only.
class ModelRoutes {
 public:
  ModelRoutes(const routing::Router& router, const pricing::PriceBook& prices) : router_(router), prices_(prices) {}

  Result<std::shared_ptr<const ModelRoute>, Failure> find(const std::string& model, Day day);

  static constexpr std::size_t most = 1024;

 private:
  std::shared_ptr<ModelRoute> priced(providers::Deployment deployment, Day day) const;

  const routing::Router& router_;
  const pricing::PriceBook& prices_;
  std::map<std::pair<std::string, Day>, std::shared_ptr<const ModelRoute>> known_;
};

}  // namespace assay::engine
