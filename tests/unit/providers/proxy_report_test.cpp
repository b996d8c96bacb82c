#include "providers/proxy_report.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::providers;

BOOST_AUTO_TEST_SUITE(proxy_report)

BOOST_AUTO_TEST_CASE(reads_what_the_proxy_says_of_itself) {
  const ProxyReport report = read_proxy_report({{"X-LiteLLM-Call-Id", "c-1"},
                                                {"x-litellm-model-id", "d-2"},
                                                {"x-litellm-response-cost", "1.83e-05"},
                                                {"x-litellm-attempted-retries", "0"},
                                                {"x-litellm-attempted-fallbacks", "2"}});
  BOOST_TEST(report.call_id == "c-1");
  BOOST_TEST(report.model_id == "d-2");
  BOOST_TEST(report.cost_dollars == "1.83e-05");
  BOOST_TEST(*report.retries == 0);
  BOOST_TEST(*report.fallbacks == 2);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_missing) {
  const ProxyReport report = read_proxy_report({{"x-litellm-response-cost", "None"},
                                                {"x-litellm-attempted-retries", "-1"},
                                                {"x-litellm-attempted-fallbacks", "many"}});
  BOOST_TEST(report.cost_dollars == "");
  BOOST_TEST(!report.retries.has_value());
  BOOST_TEST(!report.fallbacks.has_value());
  BOOST_TEST(report.call_id == "");
}

BOOST_AUTO_TEST_SUITE_END()
