#include "catalogue/stored_models.hpp"

#include <algorithm>
#include <utility>

#include "json/document.hpp"

namespace assay::catalogue {
namespace {

pricing::Rates rates_of(json::View view) {
  pricing::Rates rates;
  rates.input = view["input"].as_int64();
  rates.cached_read = view["cached_read"].as_int64();
  rates.cache_write_5m = view["cache_write_5m"].as_int64();
  rates.cache_write_1h = view["cache_write_1h"].as_int64();
  rates.output = view["output"].as_int64();
  rates.reasoning = view["reasoning"].as_int64();
  return rates;
}

config::ModelSettings model_of(json::View view) {
  config::ModelSettings model;
  model.name = view["name"].string_or("");
  model.provider = view["provider"].string_or("");
  model.model = view["model"].string_or("");
  model.mode = view["mode"].string_or("chat");
  model.lifecycle = view["lifecycle"].string_or("current");
  model.prices.source = "put_model";
  if (view["rates"].is_object()) model.rates = rates_of(view["rates"]);
  model.context_tokens = view["context_tokens"].as_int64().value_or(0);
  model.max_output_tokens = view["max_output_tokens"].as_int64().value_or(0);
  for (const json::View task : view["tasks"].elements()) model.task_types.emplace_back(task.string_or(""));
  return model;
}

}  // namespace

Result<config::Settings, std::string> with_stored_models(config::Settings settings, std::string_view json) {
  const auto document = json::parse(json);
  if (!document) return failure("the stored models are not JSON: " + json::to_string(document.error()));
  if (!document->root().is_array()) return failure(std::string("the stored models are no list"));
  for (const json::View view : document->root().elements()) {
    config::ModelSettings stored = model_of(view);
    const bool priced = !stored.rates || (stored.rates->input && stored.rates->output);
    if (stored.name.empty() || stored.provider.empty() || !priced)
      return failure("a stored model cannot be read: " + std::string(view.raw()));
    std::erase_if(settings.models, [&](const config::ModelSettings& model) { return model.name == stored.name; });
    settings.models.push_back(std::move(stored));
  }
  return settings;
}

}  // namespace assay::catalogue
