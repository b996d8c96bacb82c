#include <boost/test/unit_test.hpp>

#include "tests/unit/fake/fake_world.hpp"

using namespace assay;
using namespace assay::test;

namespace {

std::string chat(const std::string& more = R"("stream":true,"stream_options":{"include_usage":true},)") {
  return post("/v1/chat/completions", "Authorization: Bearer k\r\nX-Request-ID: c1\r\n",
              R"({"model":"gpt-x",)" + more + R"("messages":[{"role":"user","content":"Hello"}]})");
}

std::string messages(const std::string& more = R"("stream":true,)") {
  return post(
      "/v1/messages", "x-api-key: k\r\nanthropic-version: 2023-06-01\r\n",
      R"({"model":"claude-x","max_tokens":1000,)" + more + R"("messages":[{"role":"user","content":"Hello"}]})");
}

/// The data of each event, in order.
std::vector<std::string> events(const std::string& body) {
  std::vector<std::string> out;
  for (std::size_t at = body.find("data: "); at != std::string::npos; at = body.find("data: ", at + 1)) {
    const std::size_t end = body.find("\n\n", at);
    out.push_back(body.substr(at + 6, end == std::string::npos ? end : end - at - 6));
  }
  return out;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t out = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++out;
  return out;
}

struct Fixture : FakeWorld {
  Streamed streamed(const std::string& request) { return dechunked(answer_to(request)); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_fakes_streams, Fixture)

BOOST_AUTO_TEST_CASE(are_chunks_of_openai) {
  behave(R"("text": "Paris it is", "pieces": 3, "tokens": {"input": 20, "cached": 5, "output": 3, "reasoning": 1})");

  const Streamed answer = streamed(chat());

  const auto all = events(answer.body);
  BOOST_TEST(answer.whole);
  BOOST_TEST(answer.head.find("Content-Type: text/event-stream\r\n") != std::string::npos);
  BOOST_REQUIRE_EQUAL(all.size(), 7u);  // role, three texts, finish, usage, end
  BOOST_TEST(json_of(all[0])["choices"].at(0)["delta"]["role"].string_or("") == "assistant");
  std::string text;
  for (std::size_t i = 1; i <= 3; ++i) text += json_of(all[i])["choices"].at(0)["delta"]["content"].string_or("?");
  BOOST_TEST(text == "Paris it is");
  BOOST_TEST(json_of(all[4])["choices"].at(0)["finish_reason"].string_or("") == "stop");
  const json::Document usage = json_of(all[5]);
  BOOST_TEST(usage["choices"].size() == 0u);
  BOOST_TEST(usage["usage"]["prompt_tokens"].as_int64().value_or(0) == 20);
  BOOST_TEST(usage["usage"]["completion_tokens_details"]["reasoning_tokens"].as_int64().value_or(0) == 1);
  BOOST_TEST(all[6] == "[DONE]");
  BOOST_TEST(last().delivered);
}

BOOST_AUTO_TEST_CASE(tell_usage_to_openais_clients_only_when_asked) {
  const Streamed answer = streamed(chat(R"("stream":true,)"));

  BOOST_TEST(count(answer.body, "\"usage\"") == 0u);
  BOOST_TEST(answer.body.ends_with("data: [DONE]\n\n"));
}

BOOST_AUTO_TEST_CASE(are_named_events_of_anthropic) {
  behave(
      R"("text": "Paris", "pieces": 2, "reasoning": "hm", "tokens": {"input": 20, "cached": 5, "written": 4, "output": 3})");

  const Streamed answer = streamed(messages());

  const auto all = events(answer.body);
  const json::Document start = json_of(all[0]), end = json_of(all[all.size() - 2]);
  BOOST_TEST(answer.body.starts_with("event: message_start\n"));
  BOOST_TEST(answer.body.ends_with("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
  BOOST_TEST(start["message"]["usage"]["input_tokens"].as_int64().value_or(0) == 11);
  BOOST_TEST(start["message"]["usage"]["cache_creation_input_tokens"].as_int64().value_or(0) == 4);
  BOOST_TEST(end["usage"]["output_tokens"].as_int64().value_or(0) == 3);
  BOOST_TEST(end["delta"]["stop_reason"].string_or("") == "end_turn");
  BOOST_TEST(count(answer.body, "event: content_block_start") == 2u);
  BOOST_TEST(count(answer.body, "thinking_delta") == 1u);
  BOOST_TEST(count(answer.body, "text_delta") == 2u);
}

BOOST_AUTO_TEST_CASE(call_tools_in_fragments) {
  behave(R"("tool_calls": [{"name": "weather", "arguments": {"city": "Oslo"}}, {"name": "time", "arguments": "{}"}])");

  const Streamed openai = streamed(chat()), anthropic = streamed(messages());

  std::string arguments, partial;
  for (const std::string& data : events(openai.body)) {
    if (data == "[DONE]") continue;
    const json::Document chunk = json_of(data);
    const json::View call = chunk["choices"].at(0)["delta"]["tool_calls"].at(0);
    if (call["index"].as_int64().value_or(9) == 0) arguments += call["function"]["arguments"].string_or("");
  }
  for (const std::string& data : events(anthropic.body)) {
    const json::Document event = json_of(data);
    if (event["index"].as_int64().value_or(9) == 0) partial += event["delta"]["partial_json"].string_or("");
  }
  BOOST_TEST(arguments == R"({"city":"Oslo"})");
  BOOST_TEST(partial == R"({"city":"Oslo"})");
  BOOST_TEST(count(openai.body, R"("finish_reason":"tool_calls")") == 1u);
  BOOST_TEST(count(anthropic.body, R"("stop_reason":"tool_use")") == 1u);
}

BOOST_AUTO_TEST_CASE(break_where_the_script_says) {
  struct Case {
    const char* fault;
    bool whole;               ///< as HTTP
    std::size_t texts, ends;  ///< pieces of text and terminal markers that came
  };
  for (const Case& one : std::initializer_list<Case>{{"none", true, 4, 1},
                                                     {"cut_before_content", false, 0, 0},
                                                     {"cut_mid_content", false, 2, 0},
                                                     {"cut_mid_event", false, 2, 0},
                                                     {"no_marker", true, 4, 0},
                                                     {"no_last_marker", true, 4, 0},
                                                     {"ended_twice", true, 4, 2},
                                                     {"error_event", true, 0, 0},
                                                     {"error_event_mid_content", true, 2, 0},
                                                     {"bad_event", true, 4, 1},
                                                     {"unknown_events", true, 4, 1},
                                                     {"empty_stream", true, 0, 0},
                                                     {"garbage_after", true, 4, 1},
                                                     {"split_utf8", true, 4, 1},
                                                     {"interim", true, 4, 1},
                                                     {"wrong_type", true, 4, 1}}) {
    behave(R"("text": "Grün ist öde", "pieces": 4, "fault": ")" + std::string(one.fault) + "\"");

    std::string bytes = answer_to(messages());
    while (bytes.starts_with("HTTP/1.1 103")) bytes = body_of(bytes);
    const Streamed answer = dechunked(bytes);

    BOOST_TEST_CONTEXT(one.fault) {
      BOOST_TEST(answer.whole == one.whole);
      BOOST_TEST(count(answer.body, "\"text_delta\",\"text\":\"") == one.texts);
      BOOST_TEST(count(answer.body, "event: message_stop") == one.ends);
      BOOST_TEST(last().tokens_out > 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(tell_of_errors_in_the_vendors_shape) {
  behave(
      R"("fault": "error_event_mid_content", "status": 200, "error": {"type": "overloaded_error", "message": "Busy"})");

  const Streamed openai = streamed(chat()), anthropic = streamed(messages());

  const std::string last_chunk = events(openai.body).back(), last_event = events(anthropic.body).back();
  BOOST_TEST(json_of(last_chunk)["error"]["message"].string_or("") == "Busy");
  BOOST_TEST(json_of(last_event)["error"]["type"].string_or("") == "overloaded_error");
  BOOST_TEST(anthropic.body.find("event: error\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(go_on_for_ever_when_told_to) {
  for (const char* fault :
       {"pings_only", "comments_only", "endless_stream", "stall_mid_content", "stall_before_content"}) {
    behave(R"("pause_ms": 0.01, "fault": ")" + std::string(fault) + "\"");
    RawClient client = this->client();

    client.send(messages());
    client.read_head();
    const bool silent = std::string_view(fault).starts_with("stall");
    if (!silent) client.read(100'000);
    const bool open = provider.open().total() == 1;
    client.reset();
    run_until(loop, [this] { return provider.open().total() == 0; });

    BOOST_TEST_CONTEXT(fault) {
      BOOST_TEST(open);
      BOOST_TEST(last().aborted);
    }
  }
}

BOOST_AUTO_TEST_CASE(may_be_large) {
  behave(R"("fault": "large", "bytes": 1000000)");
  BOOST_TEST(streamed(chat()).body.size() > 1'000'000u);
  behave(R"("fault": "giant_event", "bytes": 1000000)");
  BOOST_TEST(streamed(chat()).body.size() > 1'000'000u);
  behave(R"("fault": "giant_line", "bytes": 1000000)");
  BOOST_TEST(streamed(chat()).body.find('\n', 10'000) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(are_whole_answers_or_the_other_way_round_when_told_to) {
  behave(R"("text": "Hi", "fault": "whole_for_stream")");
  const std::string whole = answer_to(chat());
  behave(R"("text": "Hi", "fault": "stream_for_whole")");
  const Streamed stream = streamed(chat(""));

  BOOST_TEST(json_of(body_of(whole))["object"].string_or("") == "chat.completion");
  BOOST_TEST(stream.body.ends_with("data: [DONE]\n\n"));
}

BOOST_AUTO_TEST_CASE(are_the_scripts_own_bytes_when_it_gives_them) {
  script(R"({"bills": [{"output": 1000000, "per_call": 1}],
             "default": {"tokens": {"output": 7}, "headers": {"x-own": "1"},
               "raw": {"pieces": [": hi\n\n", {"event": "ping", "data": {"type": "ping"}}, {"data": "[DONE]"}], "end": "cut"}}})");
  const Streamed stream = streamed(messages());
  behave(R"("status": 418, "raw": {"body": {"detail": "teapot"}, "type": "application/problem+json"})");
  const std::string whole = answer_to(chat());

  BOOST_TEST(stream.body == ": hi\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\ndata: [DONE]\n\n");
  BOOST_TEST(!stream.whole);
  BOOST_TEST(stream.head.find("x-own: 1\r\n") != std::string::npos);
  BOOST_TEST(provider.ledger().at(0).nanos == 8);
  BOOST_TEST(status_of(whole) == 418);
  BOOST_TEST(whole.find("Content-Type: application/problem+json\r\n") != std::string::npos);
  BOOST_TEST(body_of(whole) == R"({"detail":"teapot"})");
  BOOST_TEST(last().nanos == 0);
}

BOOST_AUTO_TEST_CASE(have_the_manners_of_gateways) {
  script(R"({"bills": [{"per_call": 1830}], "default": {"manner": "openrouter", "text": "Hi"}})");
  const Streamed openrouter = streamed(chat(R"("stream":true,)"));
  script(R"({"bills": [{"per_call": 1830}], "default": {"manner": "litellm", "text": "Hi"}})");
  const std::string litellm = answer_to(chat(""));

  BOOST_TEST(openrouter.body.starts_with(": OPENROUTER PROCESSING\n\n"));
  BOOST_TEST(count(openrouter.body, R"("cost":0.00000183)") == 1u);
  BOOST_TEST(litellm.find("x-litellm-response-cost: 0.00000183\r\n") != std::string::npos);
  BOOST_TEST(litellm.find("x-litellm-call-id: call-") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
