// Every case of tests/data/providers/*/encode*.json: a question, and the whole request that it must become, byte for
// byte.
#include <boost/test/unit_test.hpp>

#include "tests/unit/providers/cases.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

Question question(json::View view) {
  Question question;
  question.system = std::string(view["system"].string_or(""));
  question.input = std::string(view["input"].string_or(""));
  question.sampling.temperature = view["temperature"].as_double();
  question.sampling.max_tokens = view["max_tokens"].as_int64();
  question.sampling.top_p = view["top_p"].as_double();
  question.sampling.seed = view["seed"].as_int64();
  for (const json::View stop : view["stop"].elements()) question.sampling.stop.emplace_back(stop.string_or(""));
  question.call_id = std::string(view["call_id"].string_or("41.7.1"));
  question.traceparent = std::string(view["traceparent"].string_or(""));
  question.timeout = std::chrono::milliseconds(view["timeout_ms"].as_int64().value_or(0));
  return question;
}

std::string lines(const http::Headers& headers) {
  std::string text;
  for (const auto& [name, value] : headers) text += name + ": " + value + "\n";
  return text;
}

std::string lines(const std::vector<http::SecretHeader>& secrets) {
  std::string text;
  for (const auto& secret : secrets)
    text += secret.name + ": " + secret.prefix + std::string(secret.value.reveal()) + "\n";
  return text;
}

void run(json::View given, DialectKind kind) {
  const Question asked = question(given["question"]);
  const Deployment deployment = cases::deployment(kind, given["deployment"]);

  const http::Request request = dialect(kind).encode(asked, deployment);

  const json::View expected = given["expect"];
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.url == expected["url"].string_or(kind == DialectKind::openai_chat
                                                          ? "https://vendor.test/v1/chat/completions"
                                                          : "https://vendor.test/v1/messages"));
  BOOST_TEST(request.body == expected["body"].dump());
  if (expected["headers"]) BOOST_TEST(lines(request.headers) == lines(cases::headers(expected["headers"])));
  if (expected["secrets"]) BOOST_TEST(lines(request.secrets) == lines(cases::headers(expected["secrets"])));
  if (!deployment.key.empty()) {
    const std::string open_text = request.url + lines(request.headers) + request.body;
    BOOST_TEST(open_text.find(deployment.key.reveal()) == std::string::npos);
  }

  std::string dropped, expected_dropped;
  for (const std::string& name : dialect(kind).dropped_parameters(asked, deployment)) dropped += name + " ";
  for (const json::View name : expected["dropped"].elements())
    expected_dropped += std::string(name.string_or("")) + " ";
  BOOST_TEST(dropped == expected_dropped);
}

int run_all(DialectKind kind) {
  int count = 0;
  for (const json::Document& file : cases::load(kind, "encode")) {
    for (const json::View given : file.root().elements()) {
      BOOST_TEST_CONTEXT(given["name"].string_or("?")) {
        run(given, kind);
      }
      ++count;
    }
  }
  return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(encode_cases)

BOOST_AUTO_TEST_CASE(openai_chat_questions_become_the_golden_requests) {
  BOOST_TEST(run_all(DialectKind::openai_chat) >= 18);
}

BOOST_AUTO_TEST_CASE(anthropic_messages_questions_become_the_golden_requests) {
  BOOST_TEST(run_all(DialectKind::anthropic_messages) >= 10);
}

BOOST_AUTO_TEST_SUITE_END()
