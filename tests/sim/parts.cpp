#include "tests/sim/parts.hpp"

#include <string>

#include "base/require.hpp"
#include "tests/sim/answers.hpp"

namespace assay::sim {
namespace {

/// In a hybrid world a proxy stands behind both vendors.
routing::RouterSettings two_providers(bool hybrid) {
  routing::RouterSettings settings;
  routing::ProviderSettings openai;
  openai.name = "openai";
  openai.dialect = providers::DialectKind::openai_chat;
  openai.base_url = "https://openai.sim";
  openai.key = Secret("sim-openai");
  routing::ProviderSettings anthropic;
  anthropic.name = "anthropic";
  anthropic.dialect = providers::DialectKind::anthropic_messages;
  anthropic.base_url = "https://anthropic.sim";
  anthropic.key = Secret("sim-anthropic");
  settings.providers = {openai, anthropic};
  if (!hybrid) return settings;
  routing::ProviderSettings proxy;
  proxy.name = "litellm";
  proxy.base_url = "https://proxy.sim";
  proxy.key = Secret("sim-proxy");
  proxy.is_proxy = true;
  settings.providers.push_back(proxy);
  settings.mode = routing::Mode::hybrid;
  settings.native_fallback = true;
  return settings;
}

pricing::PriceBook price_book() {
  auto book = pricing::PriceBook::parse(price_table());
  require(book.has_value(), "the simulator's price table can be read");
  return std::move(*book);
}

std::string suite_text(std::int32_t cases) {
  std::string text = R"({"name":"sim","prompt":"You know capitals.","cases":[)";
  for (std::int32_t i = 0; i < cases; ++i) {
    text += i == 0 ? "" : ",";
    text += R"({"title":"case )" + std::to_string(i) + R"(","input":"Capital of France?","assertions":[{"type":"contains","value":"paris"},{"type":"regex","value":"^Paris\\b"}]})";
  }
  return text + "]}";
}

}  // namespace

Parts::Parts(bool hybrid) : router(two_providers(hybrid)), prices(price_book()) {}

SuiteId Parts::suite_of(queue::MemoryStore& store, std::int32_t cases) const {
  const SuiteId id = store.put_suite(suite_text(cases));
  cases_by_suite_[id.value] = cases;
  return id;
}

std::int32_t Parts::cases_of(SuiteId suite) const { return cases_by_suite_[suite.value]; }

engine::Settings fleet_settings() {
  engine::Settings settings;
  settings.slots = 8;
  settings.claim_batch = 6;
  return settings;
}

}  // namespace assay::sim
