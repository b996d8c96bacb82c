#include "providers/proxy_report.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "json/utf8.hpp"
#include "providers/dialect.hpp"

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

/// Whatever stands in the proxy's headers: the answer stays the answer, and what is noted of it can be stored.
BOOST_AUTO_TEST_CASE(malformed_headers_never_fail_a_call) {
  const std::string body = R"({"model":"m","choices":[{"message":{"content":"Lima"},"finish_reason":"stop"}]})";
  const std::vector<std::string> values{"",
                                        " ",
                                        "None",
                                        "null",
                                        "nan",
                                        "inf",
                                        "-1",
                                        "1e999",
                                        "1e-999",
                                        "0x10",
                                        "1,5",
                                        "{}",
                                        "[[[[",
                                        "1.83e-05 USD",
                                        "9223372036854775808",
                                        std::string("a\0b", 3),
                                        "\xff\xfe",
                                        "\x1b[31m",
                                        std::string(100'000, '9'),
                                        std::string(100'000, 'x'),
                                        "\xf0\x9f\x98"};
  Deployment deployment;
  deployment.provider = "litellm";
  deployment.is_proxy = true;
  for (const char* name :
       {"x-litellm-response-cost", "x-litellm-attempted-retries", "x-litellm-attempted-fallbacks", "x-litellm-model-id",
        "x-litellm-call-id", "x-litellm-cache-key", "x-litellm-model-api-base", "x-litellm-key-spend",
        "x-litellm-response-duration-ms", "retry-after", "x-ratelimit-remaining-requests"}) {
    for (const std::string& value : values) {
      http::Response response;
      response.status = 200;
      response.headers = {{name, value}, {name, value}};
      response.body = body;

      const auto answer = dialect(DialectKind::openai_chat).decode(response, deployment);

      BOOST_TEST_CONTEXT(name << ": " << value.substr(0, 20)) {
        BOOST_REQUIRE(answer.has_value());
        BOOST_TEST(answer->text == "Lima");
        BOOST_TEST(json::find_bad_utf8(answer->served_by + answer->reported_cost) == std::string::npos);
        BOOST_TEST(answer->served_by.size() + answer->reported_cost.size() <= 1024u);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
