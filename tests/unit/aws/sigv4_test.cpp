// Every case of tests/data/aws/sigv4.json: the vectors that AWS publishes (aws-sig-v4-test-suite) under their own
// names, and paths that bear ':' and '/'. The signatures of the latter come from an implementation that is not ours.
#include "aws/sigv4.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>

#include "json/document.hpp"

using namespace assay;
using namespace assay::aws;

namespace {

constexpr const char* key_id = "AKIDEXAMPLE";
constexpr const char* key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::chrono::sys_seconds vector_time{std::chrono::seconds(1440938160)};  // 2015-08-30T12:36:00Z

json::Document load() {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/aws/sigv4.json");
  std::stringstream text;
  text << file.rdbuf();
  auto document = json::parse(text.str());
  BOOST_REQUIRE(document.has_value());
  return std::move(*document);
}

std::string text(json::View view) {
  return std::string(view.string_or("?"));
}

Signing signing(json::View given) {
  Signing signing;
  signing.credentials = {key_id, Secret(key), Secret(text(given["token"]))};
  signing.region = text(given["region"]);
  signing.service = text(given["service"]);
  signing.headers = SignedHeaders::all;
  return signing;
}

http::Request request(json::View given) {
  http::Request request(text(given["method"]), text(given["url"]));
  for (const json::View header : given["headers"].elements())
    request.headers.emplace_back(text(header[0]), text(header[1]));
  request.body = text(given["body"]);
  return request;
}

std::string secret(const http::Request& request, std::string_view name) {
  std::string values;
  for (const auto& header : request.secrets)
    if (header.name == name) values += header.prefix + std::string(header.value.reveal());
  return values;
}

std::string authorization(std::string_view region, std::string_view service, std::string_view names,
                          std::string_view signature) {
  return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/" + std::string(region) + "/" + std::string(service) +
         "/aws4_request, SignedHeaders=" + std::string(names) + ", Signature=" + std::string(signature);
}

std::string path_of(std::string_view url) {
  const std::string_view after_host = url.substr(url.find('/', 8));
  return std::string(after_host.substr(0, after_host.find('?')));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signature_version_4)

BOOST_AUTO_TEST_CASE(agrees_with_every_published_vector) {
  const json::Document cases = load();
  int count = 0;
  for (const json::View given : cases.root().elements()) {
    BOOST_TEST_CONTEXT(text(given["name"])) {
      http::Request signed_request = request(given);

      sign(signed_request, signing(given), vector_time);

      BOOST_TEST(canonical_path(path_of(signed_request.url)) == text(given["path"]));
      BOOST_TEST(secret(signed_request, "Authorization") == authorization(text(given["region"]), text(given["service"]),
                                                                          text(given["signed_headers"]),
                                                                          text(given["signature"])));
      BOOST_TEST(secret(signed_request, "x-amz-security-token") == text(given["token"]));
      BOOST_TEST(signed_request.url == text(given["url"]));
      ++count;
    }
  }
  BOOST_TEST(count >= 30);
}

BOOST_AUTO_TEST_CASE(signing_once_more_replaces_what_was_signed) {
  const json::Document cases = load();
  const json::View given = cases.root().elements().begin().operator*();
  http::Request again = request(given), once = request(given);
  sign(again, signing(given), vector_time - std::chrono::hours(1));

  sign(again, signing(given), vector_time);
  sign(once, signing(given), vector_time);

  BOOST_TEST(again.headers.size() == once.headers.size());
  BOOST_TEST(again.secrets.size() == once.secrets.size());
  BOOST_TEST(secret(again, "Authorization") == secret(once, "Authorization"));
}

BOOST_AUTO_TEST_CASE(leaves_out_headers_that_a_machine_on_the_way_may_change) {
  http::Request request("POST", "https://bedrock-runtime.eu-west-1.amazonaws.com:443/model/m/converse");
  request.headers = {{"Content-Type", "application/json"}, {"User-Agent", "assay"}, {"traceparent", "00-1-2-01"}};
  Signing signing;
  signing.credentials = {key_id, Secret(key), Secret("token")};

  sign(request, signing, vector_time);

  BOOST_TEST(
      secret(request, "Authorization").find("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,") !=
      std::string::npos);
  BOOST_TEST(canonical_request(request, signing).find("host:bedrock-runtime.eu-west-1.amazonaws.com\n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(shows_neither_key_nor_token_outside_the_secrets) {
  http::Request request("GET", "https://example.amazonaws.com/");
  Signing signing;
  signing.credentials = {key_id, Secret(key), Secret("session-token-of-somebody")};

  sign(request, signing, vector_time);

  std::string open = request.url + request.body;
  for (const auto& [name, value] : request.headers) open += name + value;
  BOOST_TEST(open.find("session-token") == std::string::npos);
  BOOST_TEST((open + secret(request, "Authorization")).find(key) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(paths_and_queries_are_brought_into_one_form) {
  BOOST_TEST(canonical_path("") == "/");
  BOOST_TEST(canonical_path("/a%2Fb") == "/a%252Fb");
  BOOST_TEST(canonical_path("/a/..b/.c") == "/a/..b/.c");
  BOOST_TEST(canonical_path("/../../a/") == "/a/");
  BOOST_TEST(canonical_query("b&a=1&&a=0") == "a=0&a=1&b=");
  BOOST_TEST(canonical_query("q=a+b&r=a%20b&s=%") == "q=a%2Bb&r=a%20b&s=%25");
  BOOST_TEST(canonical_query("a=1=2") == "a=1%3D2");
}

BOOST_AUTO_TEST_SUITE_END()
