// Bedrock's requests are signed when they are sent; a clock that is wrong is set right by the first refusal.
#include <boost/test/unit_test.hpp>

#include "aws/server_clock.hpp"
#include "aws/sigv4.hpp"
#include "providers/bedrock.hpp"
#include "tests/unit/providers/cases.hpp"

using namespace assay;
using namespace assay::providers;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_seconds noon{1795262400s};  // 2026-11-21T12:00:00Z

Deployment signing_deployment() {
  Deployment deployment = cases::deployment(DialectKind::bedrock, {});
  deployment.base_url = "https://bedrock-runtime.eu-west-1.amazonaws.com";
  deployment.model = "us.anthropic.claude-3-5-sonnet-20241022-v2:0";
  deployment.key_id = "AKIDEXAMPLE";
  deployment.key = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  deployment.clock = server_clock();
  return deployment;
}

http::Request question(const Deployment& deployment) {
  Question question;
  question.input = "2+2?";
  return dialect(DialectKind::bedrock).encode(question, deployment);
}

std::string secret(const http::Request& request, std::string_view name) {
  for (const auto& header : request.secrets)
    if (header.name == name) return header.prefix + std::string(header.value.reveal());
  return {};
}

/// As a client of HTTP sends it: signed at the last moment. The time it was signed with is returned.
std::string sent(http::Request& request, std::chrono::sys_seconds now) {
  BOOST_REQUIRE(static_cast<bool>(request.sign));
  request.sign(request, now);
  return std::string(http::find_header(request.headers, "x-amz-date").value_or(""));
}

http::Response expired(const std::string& signed_at, std::string_view date) {
  http::Response response;
  response.status = 403;
  response.headers = {{"x-amzn-ErrorType", "InvalidSignatureException:http://internal.amazon.com/coral/"},
                      {"Date", std::string(date)}};
  response.body = R"({"message":"Signature expired: )" + signed_at + R"( is now earlier than 20261121T121500Z"})";
  return response;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signed_requests)

BOOST_AUTO_TEST_CASE(bear_region_service_and_every_signed_header) {
  const Deployment deployment = signing_deployment();
  http::Request request = question(deployment);

  const std::string date = sent(request, noon);

  BOOST_TEST(date == "20261121T120000Z");
  const std::string authorization = secret(request, "Authorization");
  BOOST_TEST(
      authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/eu-west-1/bedrock/aws4_request, "
                                "SignedHeaders=content-type;host;x-amz-date, Signature="));
  aws::Signing signing;
  BOOST_TEST(aws::canonical_request(request, signing)
                 .starts_with("POST\n/model/us.anthropic.claude-3-5-sonnet-20241022-v2%253A0/converse\n\n"));
}

BOOST_AUTO_TEST_CASE(send_a_session_token_as_a_secret) {
  Deployment deployment = signing_deployment();
  deployment.session_token = Secret("session-token-of-somebody");
  deployment.region = "ap-southeast-2";
  http::Request request = question(deployment);

  sent(request, noon);

  BOOST_TEST(secret(request, "x-amz-security-token") == "session-token-of-somebody");
  BOOST_TEST(secret(request, "Authorization").find("/ap-southeast-2/bedrock/") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(lists_and_probes_are_signed_too) {
  const Deployment deployment = signing_deployment();
  for (http::Request request : {dialect(DialectKind::bedrock).encode_models(deployment),
                                dialect(DialectKind::bedrock).encode_probe(deployment)}) {
    BOOST_TEST(request.url.starts_with("https://bedrock.eu-west-1.amazonaws.com/"));
    sent(request, noon);
    BOOST_TEST(secret(request, "Authorization").find("SignedHeaders=host;x-amz-date,") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(refused_for_their_time_may_be_sent_once_more_with_the_services_own) {
  const Deployment deployment = signing_deployment();
  http::Request request = question(deployment);
  const std::string date = sent(request, noon);

  const auto refused = dialect(DialectKind::bedrock).decode(expired(date, "Sat, 21 Nov 2026 12:20:00 GMT"), deployment);

  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(to_string(refused.error().kind) == "unavailable");
  BOOST_TEST(worth_retrying(refused.error()));
  BOOST_TEST(!refused.error().may_have_run);
  BOOST_TEST(sent(request, noon + 1s) == "20261121T122001Z");
}

BOOST_AUTO_TEST_CASE(refused_for_the_services_own_time_are_not_sent_again) {
  const Deployment deployment = signing_deployment();
  http::Request request = question(deployment);
  dialect(DialectKind::bedrock).decode(expired(sent(request, noon), "Sat, 21 Nov 2026 12:20:00 GMT"), deployment);
  const std::string date = sent(request, noon + 1s);

  const auto refused = dialect(DialectKind::bedrock).decode(expired(date, "Sat, 21 Nov 2026 12:20:02 GMT"), deployment);

  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(to_string(refused.error().kind) == "auth");
  BOOST_TEST(!worth_retrying(refused.error()));
}

BOOST_AUTO_TEST_CASE(a_refusal_without_a_date_teaches_nothing) {
  const Deployment deployment = signing_deployment();
  http::Request request = question(deployment);

  const auto refused = dialect(DialectKind::bedrock).decode(expired(sent(request, noon), "soon"), deployment);

  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(to_string(refused.error().kind) == "auth");
  BOOST_TEST((deployment.clock->offset() == 0s));
}

BOOST_AUTO_TEST_SUITE_END()
