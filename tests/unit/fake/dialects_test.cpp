#include <boost/test/unit_test.hpp>

#include "tests/unit/fake/fake_world.hpp"

using namespace assay;
using namespace assay::test;

namespace {

/// What a test must know of each dialect: how to ask it, and where in an answer things stand.
struct Spoken {
  const char* name;
  const char *whole, *stream;  ///< paths
  const char* headers;
  const char* body;  ///< without what asks for a stream
  bool asks_in_body;
};

const Spoken every[] = {
    {"openai", "/v1/chat/completions", "/v1/chat/completions", "Authorization: Bearer k\r\n",
     R"("model":"m","stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}])", true},
    {"openai-responses", "/v1/responses", "/v1/responses", "Authorization: Bearer k\r\n", R"("model":"m","input":"Hi")",
     true},
    {"azure", "/openai/v1/chat/completions", "/openai/deployments/m/chat/completions?api-version=2024-10-21",
     "api-key: k\r\n",
     R"("model":"m","stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}])", true},
    {"anthropic", "/v1/messages", "/v1/messages", "x-api-key: k\r\nanthropic-version: 2023-06-01\r\n",
     R"("model":"m","max_tokens":900,"messages":[{"role":"user","content":"Hi"}])", true},
    {"gemini", "/v1beta/models/m:generateContent", "/v1/models/m:streamGenerateContent?alt=sse",
     "x-goog-api-key: k\r\n", R"("contents":[{"role":"user","parts":[{"text":"Hi"}]}])", false},
    {"bedrock", "/model/m/converse", "/model/m/converse-stream", "Authorization: Bearer k\r\n",
     R"("messages":[{"role":"user","content":[{"text":"Hi"}]}])", false},
    {"ollama", "/api/chat", "/api/chat", "", R"("model":"m","messages":[{"role":"user","content":"Hi"}])", true}};

std::string asked_whole(const Spoken& one) {
  return post(one.whole, one.headers, std::string("{") + one.body + (one.asks_in_body ? R"(,"stream":false})" : "}"));
}

std::string asked_in_stream(const Spoken& one) {
  return post(one.stream, one.headers, std::string("{") + one.body + (one.asks_in_body ? R"(,"stream":true})" : "}"));
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_fakes_dialects, FakeWorld)

BOOST_AUTO_TEST_CASE(answer_whole_and_in_streams) {
  for (const Spoken& one : every) {
    behave(R"("text": "Paris", "pieces": 1, "reasoning": "I think", "tokens": {"input": 4321, "output": 77})");

    const std::string whole = answer_to(asked_whole(one));
    const Streamed stream = dechunked(answer_to(asked_in_stream(one)));

    BOOST_TEST_CONTEXT(one.name) {
      BOOST_TEST(status_of(whole) == 200);
      json_of(body_of(whole));
      BOOST_TEST(stream.whole);
      for (const char* part : {"Paris", "I think", "4321", "77"}) {
        BOOST_TEST(holds(whole, part), part);
        BOOST_TEST(holds(stream.body, part), part);
      }
      BOOST_TEST(last().parties->dialect == one.name);
      BOOST_TEST(last().parties->model == "m");
      BOOST_TEST(last().delivered);
    }
  }
}

BOOST_AUTO_TEST_CASE(call_tools) {
  for (const Spoken& one : every) {
    behave(R"("tool_calls": [{"name": "weather", "arguments": {"city": "Oslo in Norway"}}])");

    const std::string whole = answer_to(asked_whole(one));
    const Streamed stream = dechunked(answer_to(asked_in_stream(one)));

    BOOST_TEST_CONTEXT(one.name) {
      BOOST_TEST(holds(whole, "weather"));
      BOOST_TEST(holds(stream.body, "weather"));
      BOOST_TEST(holds(stream.body, "city"));
    }
  }
}

BOOST_AUTO_TEST_CASE(lose_their_last_word_when_told_to) {
  for (const Spoken& one : every) {
    behave(R"("text": "Paris", "pieces": 1)");
    const Streamed sound = dechunked(answer_to(asked_in_stream(one)));
    for (const char* fault : {"no_marker", "no_last_marker", "error_event", "empty_stream", "cut_mid_event"}) {
      behave(R"("text": "Paris", "pieces": 1, "fault": ")" + std::string(fault) + "\"");

      const Streamed broken = dechunked(answer_to(asked_in_stream(one)));

      BOOST_TEST_CONTEXT(one.name << " " << fault) {
        BOOST_TEST(broken.whole == (std::string_view(fault) != "cut_mid_event"));
        BOOST_TEST(broken.body != sound.body);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(word_errors_as_their_vendor_does) {
  behave(R"("status": 429)");
  const auto answer = [&](std::size_t i) { return answer_to(asked_whole(every[i])); };

  BOOST_TEST(holds(answer(0), R"("code":"rate_limit_exceeded")"));
  BOOST_TEST(holds(answer(3), R"("type":"rate_limit_error")"));
  BOOST_TEST(holds(answer(4), R"("status":"RESOURCE_EXHAUSTED")"));
  BOOST_TEST(holds(answer(5), "x-amzn-ErrorType: ThrottlingException:"));
  BOOST_TEST(holds(answer(6), R"({"error":")"));
  BOOST_TEST(status_of(answer(5)) == 429);
}

BOOST_AUTO_TEST_CASE(make_vectors) {
  struct Case {
    const char *path, *headers, *body;
  };
  for (const Case& one : std::initializer_list<Case>{
           {"/v1/embeddings", "", R"({"model":"m","input":["a","b"],"dimensions":3})"},
           {"/openai/deployments/m/embeddings?api-version=1", "api-key: k\r\n", R"({"input":"a","dimensions":3})"},
           {"/v1beta/models/m:embedContent", "", R"({"content":{"parts":[{"text":"a"}]},"outputDimensionality":3})"},
           {"/v1beta/models/m:batchEmbedContents", "",
            R"({"requests":[{"model":"models/m","content":{"parts":[{"text":"a"}]},"outputDimensionality":3}]})"},
           {"/model/m/invoke", "", R"({"inputText":"a","dimensions":3})"},
           {"/api/embed", "", R"({"model":"m","input":"a","dimensions":3})"}}) {
    const std::string answer = answer_to(post(one.path, one.headers, one.body));

    BOOST_TEST_CONTEXT(one.path) {
      BOOST_TEST(status_of(answer) == 200);
      BOOST_TEST(holds(answer, "[1.15625,0.359375,0.015625]"), body_of(answer));
      BOOST_TEST(last().tokens_out == 0);
      BOOST_TEST(last().tokens_in > 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(list_models_in_pages) {
  script(R"({"models": ["one", "two", "three"]})");

  const std::string anthropic = answer_to(get("/v1/models?limit=2", "anthropic-version: 2023-06-01\r\n"));
  const std::string rest = answer_to(get("/v1/models?limit=2&after_id=two", "anthropic-version: 2023-06-01\r\n"));
  const std::string gemini = answer_to(get("/v1beta/models?pageSize=1&pageToken=1", "x-goog-api-key: k\r\n"));

  BOOST_TEST(holds(anthropic, R"("has_more":true)"));
  BOOST_TEST(holds(anthropic, R"("last_id":"two")"));
  BOOST_TEST(holds(rest, R"("has_more":false)"));
  BOOST_TEST(holds(rest, R"("id":"three")"));
  BOOST_TEST(holds(gemini, R"("name":"models/two")"));
  BOOST_TEST(holds(gemini, R"("nextPageToken":"2")"));
  for (const char* path : {"/foundation-models", "/api/tags", "/v1/model/info", "/v1/models"}) {
    BOOST_TEST(holds(answer_to(get(path)), "three"), path);
  }
  for (const char* path : {"/health/readiness", "/health/liveliness", "/api/version"}) {
    BOOST_TEST(status_of(answer_to(get(path))) == 200, path);
  }
  BOOST_TEST(provider.ledger().size() == 0u);
}

BOOST_AUTO_TEST_CASE(refuse_what_their_vendor_refuses) {
  const auto status = [&](const char* path, const char* headers, const char* body) {
    return status_of(answer_to(post(path, headers, body)));
  };
  const char* contents = R"({"contents":[{"role":"user","parts":[{"text":"Hi"}]}]})";
  const char* messages = R"({"messages":[{"role":"user","content":[{"text":"Hi"}]}]})";

  BOOST_TEST(status("/v1beta/models/m:generateContent?key=k", "", contents) == 400);
  BOOST_TEST(status("/v1beta/models/m:generateContent", "", "{}") == 400);
  BOOST_TEST(status("/openai/deployments/m/chat/completions", "api-key: k\r\n", R"({"messages":[]})") == 404);
  BOOST_TEST(status("/model/a.b-v1:0/converse", "", messages) == 400);
  BOOST_TEST(status("/model/a.b-v1%3A0/converse", "", messages) == 200);
  BOOST_TEST(last().parties->model == "a.b-v1:0");
  BOOST_TEST(status("/model/m/nothing", "", messages) == 404);
  BOOST_TEST(status("/v1/responses", "", R"({"model":"m"})") == 400);
}

BOOST_AUTO_TEST_CASE(check_signatures) {
  const char* body = R"({"messages":[{"role":"user","content":[{"text":"Hi"}]}]})";
  const auto status = [&](const std::string& authorization, const std::string& date) {
    return status_of(answer_to(post("/model/m%3A0/converse", "x-amz-date: " + date + "\r\n" + authorization, body)));
  };
  const std::string head = "Authorization: AWS4-HMAC-SHA256 Credential=AKID/20261121/us-east-1/bedrock/aws4_request, ";
  const std::string signature = "Signature=" + std::string(64, 'a') + "\r\n";
  const std::string date = "20261121T120000Z";

  BOOST_TEST(status(head + "SignedHeaders=host;x-amz-date, " + signature, date) == 200);  // its form only
  BOOST_TEST(last().parties->key == fake::fingerprint("AKID"));
  BOOST_TEST(status(head + "SignedHeaders=host, " + signature, date) == 403);
  BOOST_TEST(status(head + "SignedHeaders=x-amz-date;host, " + signature, date) == 403);
  BOOST_TEST(status(head + "SignedHeaders=host;x-amz-date, Signature=xyz\r\n", date) == 403);
  BOOST_TEST(status(head + "SignedHeaders=host;x-amz-date, " + signature, "today") == 403);
  script(R"({"aws_secret": "secret"})");
  BOOST_TEST(status(head + "SignedHeaders=host;x-amz-date, " + signature, date) == 403);
  // Made with AWS's own description of the algorithm, by a script in another language.
  BOOST_TEST(status(head + "SignedHeaders=host;x-amz-date, "
                           "Signature=e25c5c6603302994d1283f52135c5e9da35bc5fc846b62b04b7c74dfb0cd86fe\r\n",
                    date) == 200);
}

BOOST_AUTO_TEST_SUITE_END()
