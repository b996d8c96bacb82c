#include "routing/provider_names.hpp"

#include <boost/test/unit_test.hpp>
#include <algorithm>

#include "routing/router.hpp"

using namespace assay;
using namespace assay::routing;

BOOST_AUTO_TEST_SUITE(provider_names)

BOOST_AUTO_TEST_CASE(other_tools_names_are_ours) {
  BOOST_TEST(canonical_provider("google") == "gemini");
  BOOST_TEST(canonical_provider("together_ai") == "together");
  BOOST_TEST(canonical_provider("azure_openai") == "azure");
  BOOST_TEST(canonical_provider("our-vllm") == "our-vllm");
}

BOOST_AUTO_TEST_CASE(a_litellm_prefix_is_a_provider_we_speak_to_or_none) {
  BOOST_TEST(litellm_provider("gemini").value() == "gemini");
  BOOST_TEST(litellm_provider("together_ai").value() == "together");
  BOOST_TEST(litellm_provider("xai").value() == "xai");
  BOOST_TEST(litellm_provider("hosted_vllm").value() == "vllm");
  BOOST_TEST(!litellm_provider("replicate").has_value());
  BOOST_TEST(!litellm_provider("").has_value());
}

BOOST_AUTO_TEST_CASE(what_only_a_proxy_reaches_is_nobody_of_ours) {
  const auto& others = proxy_only_providers();

  BOOST_TEST(std::is_sorted(others.begin(), others.end()));
  for (const std::string_view name : others) BOOST_TEST(!litellm_provider(name).has_value(), name);
}

/// A key that is stored under one of a provider's names is found under the other, in a call and in the error.
BOOST_AUTO_TEST_CASE(google_key_lookup) {
  RouterSettings settings;
  ProviderSettings gemini;
  gemini.name = "gemini";
  gemini.dialect = providers::DialectKind::gemini;
  gemini.base_url = "https://gemini.test";
  gemini.key = Secret("the-key");
  gemini.key_variable = "GOOGLE_API_KEY";
  settings.providers = {gemini};

  for (const char* name : {"google/gemini-2.5-pro", "gemini/gemini-2.5-pro", "gemini-2.5-pro"}) {
    const auto route = Router(settings).route(name);
    BOOST_REQUIRE_MESSAGE(route.has_value(), name);
    BOOST_TEST(route->deployment.key.reveal() == "the-key", name);
    BOOST_TEST(route->deployment.model == "gemini-2.5-pro", name);
  }
  settings.providers.front().key = Secret();
  const auto without = Router(settings).route("google/gemini-2.5-pro");
  BOOST_REQUIRE(!without.has_value());
  BOOST_TEST(without.error().detail == "provider gemini has no key: set GOOGLE_API_KEY");
}

BOOST_AUTO_TEST_SUITE_END()
