#include "routing/router.hpp"

#include <boost/test/unit_test.hpp>

#include "pricing/price_book.hpp"

using namespace assay;
using namespace assay::routing;
using providers::DialectKind;

namespace {

ProviderSettings provider(std::string name, DialectKind dialect, std::string key) {
  ProviderSettings settings;
  settings.name = name;
  settings.dialect = dialect;
  settings.base_url = "https://" + name + ".test";
  settings.key = Secret(std::move(key));
  settings.key_variable = name == "openai" ? "OPENAI_API_KEY" : "ANTHROPIC_API_KEY";
  return settings;
}

ProviderSettings upstream_proxy() {
  ProviderSettings settings = provider("litellm", DialectKind::openai_chat, "sk-proxy-key");
  settings.key_variable = "LITELLM_API_KEY";
  settings.is_proxy = true;
  return settings;
}

RouterSettings settings(Mode mode = Mode::native) {
  RouterSettings settings;
  settings.mode = mode;
  settings.providers = {provider("openai", DialectKind::openai_chat, "key-openai"),
                        provider("anthropic", DialectKind::anthropic_messages, "key-anthropic"), upstream_proxy()};
  settings.known_models = pricing::product_price_book().names();
  return settings;
}

/// "provider model" of a route, or "kind: detail".
std::string routed(const RouterSettings& settings, std::string_view model) {
  const auto route = Router(settings).route(model);
  if (route) return route->deployment.provider + " " + route->deployment.model;
  BOOST_TEST(!route.error().may_have_run);
  BOOST_TEST(to_string(route.error().source) == "worker");
  return std::string(to_string(route.error().kind)) + ": " + route.error().detail;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(router_in_native_mode)

BOOST_AUTO_TEST_CASE(follows_the_prefix_rules) {
  BOOST_TEST(routed(settings(), "gpt-4o") == "openai gpt-4o");
  BOOST_TEST(routed(settings(), "chatgpt-4o-latest") == "openai chatgpt-4o-latest");
  BOOST_TEST(routed(settings(), "o1") == "openai o1");
  BOOST_TEST(routed(settings(), "o3-mini") == "openai o3-mini");
  BOOST_TEST(routed(settings(), "claude-sonnet-4-20250514") == "anthropic claude-sonnet-4-20250514");
}

BOOST_AUTO_TEST_CASE(all_of_bedrocks_deployments_share_one_clock_and_others_have_none) {
  RouterSettings given = settings();
  given.providers.push_back(provider("bedrock", DialectKind::bedrock, "key-bedrock"));
  const Router router(given);

  const auto clock = router.route("bedrock/amazon.nova-pro-v1:0")->deployment.clock;

  BOOST_TEST(clock != nullptr);
  BOOST_TEST(router.route("bedrock/openai.gpt-oss-120b-1:0")->deployment.clock == clock);
  BOOST_TEST(router.route("gpt-4o")->deployment.clock == nullptr);
}

BOOST_AUTO_TEST_CASE(carries_all_that_the_provider_needs) {
  RouterSettings given = settings();
  given.providers[1].headers = {{"anthropic-beta", "x"}};

  const auto route = Router(given).route("claude-sonnet-5");

  BOOST_REQUIRE(route.has_value());
  BOOST_TEST(route->rule == "prefix claude-");
  const providers::Deployment& deployment = route->deployment;
  BOOST_TEST((deployment.dialect == DialectKind::anthropic_messages));
  BOOST_TEST(deployment.base_url == "https://anthropic.test");
  BOOST_TEST(deployment.key.reveal() == "key-anthropic");
  BOOST_TEST(deployment.vendor == "anthropic");
  BOOST_TEST(deployment.headers.size() == 1u);
  BOOST_TEST(!deployment.is_proxy);
}

BOOST_AUTO_TEST_CASE(takes_a_provider_before_the_slash_at_its_word) {
  BOOST_TEST(routed(settings(), "openai/claude-lookalike") == "openai claude-lookalike");
  BOOST_TEST(routed(settings(), "openai/org/model") == "openai org/model");
  BOOST_TEST(routed(settings(), "litellm/gpt-4o") == "litellm gpt-4o");

  RouterSettings with_gemini = settings();
  with_gemini.providers.push_back(provider("gemini", DialectKind::openai_chat, "k"));
  BOOST_TEST(routed(with_gemini, "google/gemini-2.5-pro") == "gemini gemini-2.5-pro");
  BOOST_TEST(routed(with_gemini, "gemini/gemini-2.5-pro") == "gemini gemini-2.5-pro");
}

BOOST_AUTO_TEST_CASE(the_catalogue_wins_over_every_rule) {
  RouterSettings given = settings();
  given.catalogue = {{"gpt-4o", "anthropic", "claude-sonnet-5"},
                     {"openai/house", "anthropic", "claude-opus-5"},
                     {"lost", "nobody", "m"}};

  BOOST_TEST(routed(given, "gpt-4o") == "anthropic claude-sonnet-5");
  BOOST_TEST(routed(given, "openai/house") == "anthropic claude-opus-5");
  BOOST_TEST(routed(given, "lost") == "no_candidate: no provider \"nobody\" is configured for model \"lost\"");
}

BOOST_AUTO_TEST_CASE(an_unknown_model_is_an_error_with_near_matches) {
  BOOST_TEST(routed(settings(), "gtp-4o")
                 .starts_with("model_not_found: no provider serves a model \"gtp-4o\"; did you mean gpt-4o"));
  BOOST_TEST(routed(settings(), "o1x").starts_with("model_not_found: "));
  BOOST_TEST(routed(settings(), "quite-something-else-entirely") ==
             "model_not_found: no provider serves a model \"quite-something-else-entirely\"");
  BOOST_TEST(routed(settings(), "openai/").starts_with("model_not_found: "));
  BOOST_TEST(routed(settings(), std::string(1'000'000, 'x')).size() < 400u);
}

BOOST_AUTO_TEST_CASE(an_unknown_provider_is_an_error_with_near_matches) {
  BOOST_TEST(routed(settings(), "opnai/gpt-4o") ==
             "no_candidate: no provider \"opnai\" is configured for model \"opnai/gpt-4o\"; did you mean openai?");
  BOOST_TEST(routed(settings(), "gemini-2.5-pro") ==
             "no_candidate: no provider \"gemini\" is configured for model \"gemini-2.5-pro\"");
}

BOOST_AUTO_TEST_CASE(no_name_is_no_default) {
  BOOST_TEST(routed(settings(), "") == "bad_request: no model is named, and there is no silent default");
}

BOOST_AUTO_TEST_CASE(a_missing_key_names_the_variable_to_set) {
  RouterSettings given = settings();
  given.providers[0].key = Secret();

  BOOST_TEST(routed(given, "gpt-4o") == "auth: provider openai has no key: set OPENAI_API_KEY");
  given.providers[0].needs_key = false;
  BOOST_TEST(routed(given, "gpt-4o") == "openai gpt-4o");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(router_in_the_other_modes)

BOOST_AUTO_TEST_CASE(proxy_sends_names_as_they_were_written) {
  BOOST_TEST(routed(settings(Mode::proxy), "gpt-4o") == "litellm gpt-4o");
  BOOST_TEST(routed(settings(Mode::proxy), "anthropic/claude-sonnet-5") == "litellm anthropic/claude-sonnet-5");
  BOOST_TEST(routed(settings(Mode::proxy), "litellm/house-model") == "litellm house-model");
  BOOST_TEST(routed(settings(Mode::proxy), "anything at all") == "litellm anything at all");
}

BOOST_AUTO_TEST_CASE(behind_a_proxy_the_models_own_vendor_has_the_price) {
  const auto vendor = [](std::string_view model) {
    return Router(settings(Mode::proxy)).route(model)->deployment.vendor;
  };
  BOOST_TEST(vendor("claude-sonnet-5") == "anthropic");
  BOOST_TEST(vendor("google/gemini-2.5-pro") == "gemini");
  BOOST_TEST(vendor("house-model") == "");
  BOOST_TEST(pricing::product_price_book().find(vendor("openai/gpt-4o"), "openai/gpt-4o", Day{20778})->model ==
             "gpt-4o");
}

BOOST_AUTO_TEST_CASE(the_catalogue_may_send_a_model_past_the_proxy_unless_that_is_forbidden) {
  RouterSettings given = settings(Mode::proxy);
  given.catalogue = {{"house", "openai", "gpt-4o"}};
  BOOST_TEST(routed(given, "house") == "openai gpt-4o");

  given.mode = Mode::proxy_only;
  BOOST_TEST(routed(given, "house") == "litellm house");
  BOOST_TEST(routed(given, "openai/gpt-4o") == "litellm openai/gpt-4o");
  given.catalogue = {{"house", "litellm", "alias"}};
  BOOST_TEST(routed(given, "house") == "litellm alias");
}

BOOST_AUTO_TEST_CASE(hybrid_asks_the_vendor_when_it_can_and_else_the_proxy) {
  RouterSettings given = settings(Mode::hybrid);
  given.providers[0].key = Secret();
  BOOST_TEST(routed(given, "claude-sonnet-5") == "anthropic claude-sonnet-5");
  BOOST_TEST(routed(given, "gpt-4o") == "litellm gpt-4o");
  BOOST_TEST(routed(given, "gemini-2.5-pro") == "litellm gemini-2.5-pro");

  given.providers.pop_back();
  BOOST_TEST(routed(given, "gpt-4o") == "auth: provider openai has no key: set OPENAI_API_KEY");
}

BOOST_AUTO_TEST_CASE(hybrid_names_the_proxy_as_fallback_where_that_is_wanted) {
  const auto fallback = [](const RouterSettings& given, std::string_view model) -> std::string {
    const auto route = Router(given).route(model);
    BOOST_REQUIRE(route.has_value());
    return route->fallback ? route->fallback->provider + " " + route->fallback->model : "none";
  };
  RouterSettings given = settings(Mode::hybrid);
  BOOST_TEST(fallback(given, "gpt-4o") == "none");

  given.native_fallback = true;
  BOOST_TEST(fallback(given, "gpt-4o") == "litellm gpt-4o");
  BOOST_TEST(fallback(given, "anthropic/claude-sonnet-5") == "litellm anthropic/claude-sonnet-5");
  BOOST_TEST(fallback(given, "gemini-2.5-pro") == "none");  // it goes through the proxy at once
  BOOST_TEST(fallback(given, "litellm/house-model") == "none");
  BOOST_TEST(Router(given).route("claude-sonnet-5")->fallback->vendor == "anthropic");

  given.mode = Mode::native;
  BOOST_TEST(fallback(given, "gpt-4o") == "none");
  given.mode = Mode::hybrid;
  given.providers.pop_back();
  BOOST_TEST(fallback(given, "gpt-4o") == "none");
}

BOOST_AUTO_TEST_CASE(without_a_proxy_the_proxy_modes_say_what_is_missing) {
  for (const Mode mode : {Mode::proxy, Mode::proxy_only}) {
    RouterSettings given = settings(mode);
    given.providers.pop_back();
    BOOST_TEST(routed(given, "gpt-4o") == "no_candidate: mode " + std::string(to_string(mode)) +
                                              " needs a proxy, and none is configured (LITELLM_PROXY_URL)");
  }
}

BOOST_AUTO_TEST_CASE(modes_have_names) {
  for (const Mode mode : {Mode::native, Mode::proxy, Mode::hybrid, Mode::proxy_only})
    BOOST_TEST((parse_mode(to_string(mode)) == mode));
  BOOST_TEST(!parse_mode("direct").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
