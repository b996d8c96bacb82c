#include "worker/wire_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;

BOOST_AUTO_TEST_SUITE(wire_text)

BOOST_AUTO_TEST_CASE(shows_values_of_harmless_headers_only) {
  http::Request request("POST", "https://api.example.com/v1/chat?key=abcdef");
  request.headers = {{"Content-Type", "application/json"}, {"X-Custom-Auth", "canary-one"}, {"X-RateLimit-Limit-Requests", "7"}};
  request.secrets.push_back({"Authorization", "Bearer ", Secret("canary-two")});

  BOOST_TEST(shown_headers(request) ==
             "Content-Type: application/json; X-Custom-Auth: (hidden); X-RateLimit-Limit-Requests: 7; Authorization: (hidden)");
  BOOST_TEST(shown_url(request.url) == "https://api.example.com/v1/chat");
}

BOOST_AUTO_TEST_CASE(hides_what_looks_like_a_key_in_a_body) {
  BOOST_TEST(shown_body(R"({"error":"Incorrect API key provided: sk-canary0123456789"})") ==
             R"({"error":"Incorrect API key provided: [redacted]"})");
}

BOOST_AUTO_TEST_CASE(hides_what_an_answer_echoes_of_its_deployments_secrets) {
  providers::Deployment from;
  from.key = Secret("plainlookingcredential42");
  BOOST_TEST(shown_body("it begins with plainlookingc…", from) == "it begins with [redacted]…");
  BOOST_TEST(shown_headers({{"x-request-id", "plainlookingcredential42"}, {"X-plainlookingcredential42", "1"}}, from) ==
             "x-request-id: [redacted]; X-[redacted]: (hidden)");
}

BOOST_AUTO_TEST_CASE(cuts_a_long_body) {
  BOOST_TEST(shown_body(std::string(1'000'000, 'x')).size() == 2048u);
}

BOOST_AUTO_TEST_SUITE_END()
