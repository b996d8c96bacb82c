// Aliases, formats and prefixes of the router; the rules themselves are in router_test.cpp.
#include <boost/test/unit_test.hpp>

#include "routing/router.hpp"

using namespace assay;
using namespace assay::routing;
using providers::DialectKind;

namespace {

ProviderSettings provider(std::string name, DialectKind dialect = DialectKind::openai_chat) {
  ProviderSettings settings;
  settings.name = name;
  settings.dialect = dialect;
  settings.base_url = "https://" + name + ".test";
  settings.key = Secret("key-of-" + name);
  return settings;
}

RouterSettings settings(Mode mode = Mode::native) {
  RouterSettings settings;
  settings.mode = mode;
  settings.providers = {provider("openai"), provider("anthropic", DialectKind::anthropic_messages), provider("together"),
                        provider("litellm")};
  settings.providers.back().is_proxy = true;
  settings.aliases = {{"sonnet", "claude-sonnet-4-5-20250929"}, {"ours", "corp-model"}, {"sonnet", "gpt-4o"}};
  settings.catalogue = {{"corp-model", "together", "meta-llama/Llama-3.3-70B", 32'768}};
  settings.formats = {{"openai", "o1-pro", DialectKind::openai_responses}};
  return settings;
}

std::string routed(const RouterSettings& settings, std::string_view model) {
  const auto route = Router(settings).route(model);
  return route ? route->deployment.provider + " " + route->deployment.model : std::string(to_string(route.error().kind));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(router_names)

BOOST_AUTO_TEST_CASE(route_claude) {
  BOOST_TEST(routed(settings(), "claude-opus-4-5") == "anthropic claude-opus-4-5");
}

BOOST_AUTO_TEST_CASE(route_gpt) {
  BOOST_TEST(routed(settings(), "gpt-4o-mini") == "openai gpt-4o-mini");
}

BOOST_AUTO_TEST_CASE(route_gemini) {
  RouterSettings given = settings();
  given.providers.push_back(provider("gemini", DialectKind::gemini));

  BOOST_TEST(routed(given, "gemini-2.5-pro") == "gemini gemini-2.5-pro");
  BOOST_TEST(routed(given, "google/gemini-2.5-pro") == "gemini gemini-2.5-pro");
}

BOOST_AUTO_TEST_CASE(an_alias_is_resolved_once_and_says_so) {
  const auto route = Router(settings()).route("sonnet");

  BOOST_REQUIRE(route.has_value());
  BOOST_TEST(route->deployment.model == "claude-sonnet-4-5-20250929");
  BOOST_TEST(route->rule == "alias sonnet → claude-sonnet-4-5-20250929, prefix claude-");
}

BOOST_AUTO_TEST_CASE(an_alias_may_stand_for_a_name_of_the_catalogue) {
  const auto route = Router(settings()).route("ours");

  BOOST_REQUIRE(route.has_value());
  BOOST_TEST(route->deployment.model == "meta-llama/Llama-3.3-70B");
  BOOST_TEST(route->deployment.context_tokens == 32'768);
}

BOOST_AUTO_TEST_CASE(the_catalogue_wins_over_an_alias) {
  RouterSettings given = settings();
  given.catalogue.push_back({"sonnet", "openai", "gpt-4o"});

  BOOST_TEST(routed(given, "sonnet") == "openai gpt-4o");
}

BOOST_AUTO_TEST_CASE(a_proxy_gets_an_alias_as_it_was_written) {
  BOOST_TEST(routed(settings(Mode::proxy), "sonnet") == "litellm sonnet");
  BOOST_TEST(routed(settings(Mode::proxy_only), "sonnet") == "litellm sonnet");
}

BOOST_AUTO_TEST_CASE(an_alias_that_leads_nowhere_is_an_error) {
  RouterSettings given = settings();
  given.aliases = {{"lost", "nobody-serves-this"}};

  BOOST_TEST(routed(given, "lost") == "model_not_found");
}

BOOST_AUTO_TEST_CASE(litellms_prefix_names_our_provider) {
  BOOST_TEST(routed(settings(), "together_ai/meta-llama/Llama-3.3-70B") == "together meta-llama/Llama-3.3-70B");
}

BOOST_AUTO_TEST_CASE(a_model_of_another_format_is_asked_in_it_and_not_through_a_proxy) {
  BOOST_TEST((Router(settings()).route("o1-pro")->deployment.dialect == DialectKind::openai_responses));
  BOOST_TEST((Router(settings()).route("o1")->deployment.dialect == DialectKind::openai_chat));
  BOOST_TEST((Router(settings(Mode::proxy)).route("o1-pro")->deployment.dialect == DialectKind::openai_chat));
}

BOOST_AUTO_TEST_CASE(native_prefixes_leave_the_rest_to_the_proxy) {
  RouterSettings given = settings(Mode::hybrid);
  given.native_prefixes = {"claude-", "gpt-"};

  BOOST_TEST(routed(given, "gpt-4o") == "openai gpt-4o");
  BOOST_TEST(routed(given, "anthropic/claude-opus-4-5") == "anthropic claude-opus-4-5");
  BOOST_TEST(routed(given, "sonnet") == "anthropic claude-sonnet-4-5-20250929");
  BOOST_TEST(routed(given, "o1") == "litellm o1");
  BOOST_TEST(routed(given, "llama-3.1-8b") == "litellm llama-3.1-8b");
  BOOST_TEST(routed(given, "corp-model") == "together meta-llama/Llama-3.3-70B");
}

BOOST_AUTO_TEST_CASE(native_prefixes_mean_nothing_in_other_modes) {
  RouterSettings given = settings(Mode::native);
  given.native_prefixes = {"claude-"};

  BOOST_TEST(routed(given, "gpt-4o") == "openai gpt-4o");
}

BOOST_AUTO_TEST_CASE(a_provider_is_reached_without_a_model) {
  const Router router(settings());

  BOOST_TEST(router.reach("together_ai")->base_url == "https://together.test");
  BOOST_TEST(router.reach("proxy")->is_proxy);
  BOOST_TEST(router.reach("upstream")->is_proxy);
  BOOST_TEST(router.reach("opnai").error().detail == "no provider \"opnai\" is configured; did you mean openai?");
}

BOOST_AUTO_TEST_CASE(all_that_a_provider_has_travels_in_the_deployment) {
  RouterSettings given;
  ProviderSettings bedrock = provider("bedrock", DialectKind::bedrock);
  bedrock.region = "us-east-1";
  bedrock.key_id = "AKID";
  bedrock.session_token = Secret("token");
  bedrock.api_version = "v";
  bedrock.profile.seed_field = "random_seed";
  given.providers = {bedrock};

  const auto route = Router(given).route("bedrock/amazon.nova-lite-v1:0");

  BOOST_REQUIRE(route.has_value());
  BOOST_TEST(route->deployment.region == "us-east-1");
  BOOST_TEST(route->deployment.key_id == "AKID");
  BOOST_TEST(route->deployment.session_token.reveal() == "token");
  BOOST_TEST(route->deployment.api_version == "v");
  BOOST_TEST(route->deployment.profile.seed_field == "random_seed");
}

BOOST_AUTO_TEST_SUITE_END()
