// Every case of tests/data/providers/*/encode*.json: a question, and the whole request that it must become, byte for
// byte.
#include <boost/test/unit_test.hpp>

#include <memory>

#include "tests/unit/providers/cases.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

/// Text as it stands, anything else as compact JSON: an author may write what travels as JSON text as JSON.
std::string json_text(json::View view) {
  return view.is_string() ? std::string(view.string_or("")) : view.dump();
}

std::shared_ptr<const Asking> asking(json::View view) {
  Asking asking;
  asking.top_k = view["top_k"].as_int64();
  asking.frequency_penalty = view["frequency_penalty"].as_double();
  asking.presence_penalty = view["presence_penalty"].as_double();
  asking.reasoning_effort = std::string(view["reasoning_effort"].string_or(""));
  asking.reasoning_tokens = view["reasoning_tokens"].as_int64();
  asking.log_probs = view["log_probs"].as_bool().value_or(false);
  asking.response_format = json_text(view["response_format"]);
  asking.tools = json_text(view["tools"]);
  asking.tool_choice = std::string(view["tool_choice"].string_or(""));
  asking.parallel_tool_calls = view["parallel_tool_calls"].as_bool();
  return std::make_shared<const Asking>(std::move(asking));
}

Turn turn(json::View view) {
  const std::string_view role = view["role"].string_or("user");
  Turn turn;
  turn.role = role == "assistant" ? Turn::Role::assistant : role == "tool" ? Turn::Role::tool : Turn::Role::user;
  turn.text = std::string(view["text"].string_or(""));
  turn.tool_calls = json_text(view["tool_calls"]);
  turn.tool_call_id = std::string(view["tool_call_id"].string_or(""));
  turn.tool_name = std::string(view["tool_name"].string_or(""));
  turn.is_error = view["is_error"].as_bool().value_or(false);
  turn.verbatim = json_text(view["verbatim"]);
  return turn;
}

Question question(json::View view) {
  Question question;
  question.system = std::string(view["system"].string_or(""));
  for (const json::View said : view["turns"].elements()) question.turns.push_back(turn(said));
  question.input = std::string(view["input"].string_or(""));
  question.sampling.temperature = view["temperature"].as_double();
  question.sampling.max_tokens = view["max_tokens"].as_int64();
  question.sampling.top_p = view["top_p"].as_double();
  question.sampling.seed = view["seed"].as_int64();
  for (const json::View stop : view["stop"].elements()) question.sampling.stop.emplace_back(stop.string_or(""));
  if (view["asking"]) question.sampling.asking = asking(view["asking"]);
  question.stream = view["stream"].as_bool().value_or(false);
  question.call_id = std::string(view["call_id"].string_or("41.7.1"));
  question.traceparent = std::string(view["traceparent"].string_or(""));
  question.timeout = std::chrono::milliseconds(view["timeout_ms"].as_int64().value_or(0));
  return question;
}

/// Where a question goes when its case does not say.
std::string usual_url(DialectKind kind) {
  if (kind == DialectKind::openai_chat) return "https://vendor.test/v1/chat/completions";
  if (kind == DialectKind::openai_responses) return "https://vendor.test/v1/responses";
  if (kind == DialectKind::azure_openai) return "https://vendor.test/openai/v1/chat/completions";
  if (kind == DialectKind::anthropic_messages) return "https://vendor.test/v1/messages";
  return "the case names its URL";
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
  BOOST_TEST(request.url == expected["url"].string_or(usual_url(kind)));
  BOOST_TEST(request.accept_compressed == !asked.stream);
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

/// Each case of the dialect's files; `about` is a part of the body without which a case is not looked at.
int run_all(DialectKind kind, std::string_view about = {}) {
  int count = 0;
  for (const json::Document& file : cases::load(kind, "encode")) {
    for (const json::View given : file.root().elements()) {
      if (given["expect"]["body"].dump().find(about) == std::string::npos) continue;
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
  BOOST_TEST(run_all(DialectKind::openai_chat) >= 60);
}

BOOST_AUTO_TEST_CASE(openai_responses_questions_become_the_golden_requests) {
  BOOST_TEST(run_all(DialectKind::openai_responses) >= 8);
}

BOOST_AUTO_TEST_CASE(azure_openai_questions_become_the_golden_requests) {
  BOOST_TEST(run_all(DialectKind::azure_openai) >= 8);
}

BOOST_AUTO_TEST_CASE(anthropic_messages_questions_become_the_golden_requests) {
  BOOST_TEST(run_all(DialectKind::anthropic_messages) >= 30);
}

BOOST_AUTO_TEST_CASE(gemini_questions_become_the_golden_requests) {
  BOOST_TEST(run_all(DialectKind::gemini) >= 40);
}

BOOST_AUTO_TEST_CASE(bedrock_questions_become_the_golden_requests) {
  BOOST_TEST(run_all(DialectKind::bedrock) >= 20);
}

BOOST_AUTO_TEST_CASE(ollama_questions_become_the_golden_requests) {
  BOOST_TEST(run_all(DialectKind::ollama) >= 15);
}

/// Every dialect says which tools there are and which must be called, in its own words.
BOOST_AUTO_TEST_CASE(tools_wire) {
  BOOST_TEST(run_all(DialectKind::openai_chat, R"("tool_choice":)") >= 3);
  BOOST_TEST(run_all(DialectKind::openai_responses, R"("tool_choice":)") >= 2);
  BOOST_TEST(run_all(DialectKind::azure_openai, R"("tools":)") >= 1);
  BOOST_TEST(run_all(DialectKind::anthropic_messages, R"("tool_choice":)") >= 3);
  BOOST_TEST(run_all(DialectKind::gemini, R"("functionCallingConfig":)") >= 3);
  BOOST_TEST(run_all(DialectKind::bedrock, R"("toolChoice":)") >= 2);
  BOOST_TEST(run_all(DialectKind::ollama, R"("tools":)") >= 1);
}

BOOST_AUTO_TEST_SUITE_END()
