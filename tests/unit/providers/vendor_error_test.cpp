// The matrix of dialects × statuses × bodies: whatever answers, there is one kind of the closed list, and the statuses
// that are worth another try are exactly those of design §7.
#include "providers/vendor_error.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "providers/dialect.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

const std::string bodies[] = {"",
                              "<html>no</html>",
                              "null",
                              "[]",
                              "{}",
                              "42",
                              "\"text\"",
                              R"({"error":{"message":"m","type":"t","code":null}})",
                              R"({"type":"error","error":{"type":"api_error","message":"m"}})",
                              R"({"error":[]})",
                              R"({"error":{"message":{"a":1}}})",
                              R"({"error":null})",
                              std::string("\xff\x00\xfe", 3),
                              R"({"detail":7})",
                              R"([[[[[[)"};

Deployment deployment(DialectKind kind, bool is_proxy) {
  Deployment deployment;
  deployment.dialect = kind;
  deployment.provider = "p";
  deployment.is_proxy = is_proxy;
  return deployment;
}

bool retryable(int status) {
  return status == 408 || status == 409 || status == 425 || status == 429 || status >= 498;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(error_matrix)

BOOST_AUTO_TEST_CASE(every_status_with_every_body_is_a_failure_whose_retry_is_the_statuss) {
  for (const DialectKind kind : {DialectKind::openai_chat, DialectKind::anthropic_messages}) {
    for (const bool is_proxy : {false, true}) {
      for (int status = 300; status < 600; ++status) {
        for (const std::string& body : bodies) {
          http::Response response;
          response.status = status;
          response.body = body;

          const auto decoded = dialect(kind).decode(response, deployment(kind, is_proxy));

          BOOST_REQUIRE(!decoded.has_value());
          const Failure& failure = decoded.error();
          const bool redirect = status < 400;  // malformed: another balancer may answer
          BOOST_TEST(worth_retrying(failure) == (redirect || retryable(status)),
                     status << " " << body << " is " << to_string(failure.kind));
          BOOST_TEST(failure.status == status);
          BOOST_TEST(!failure.detail.empty());
          if (status >= 400 && status < 498 && status != 408) BOOST_TEST(!failure.may_have_run, status << " " << body);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_body_alone_is_never_taken_for_an_answer) {
  for (const DialectKind kind : {DialectKind::openai_chat, DialectKind::anthropic_messages}) {
    for (const std::string& body : bodies) {
      http::Response response;
      response.status = 200;
      response.body = body;
      const auto decoded = dialect(kind).decode(response, deployment(kind, false));
      BOOST_REQUIRE(!decoded.has_value());
      BOOST_TEST(decoded.error().may_have_run, body);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_cut_of_an_answer_is_malformed_or_whole) {
  const std::string whole =
      R"({"id":"x","choices":[{"message":{"role":"assistant","content":"P\u00e9ru \"q\""},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}})";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    http::Response response;
    response.status = 200;
    response.body = whole.substr(0, length);
    const auto decoded =
        dialect(DialectKind::openai_chat).decode(response, deployment(DialectKind::openai_chat, false));
    BOOST_REQUIRE(!decoded.has_value());
    BOOST_TEST(to_string(decoded.error().kind) == "malformed");
  }
}

BOOST_AUTO_TEST_SUITE_END()
