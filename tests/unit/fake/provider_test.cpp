#include "fake/provider.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>

#include "json/document.hpp"
#include "json/utf8.hpp"
#include "runtime/scope.hpp"
#include "tests/support/raw_client.hpp"

using namespace assay;
using namespace assay::test;

namespace {

struct Fixture {
  net::EpollPort port;
  Loop loop{port};
  fake::Provider provider{loop, port};
  Scope scope{loop, loop.root()};

  Fixture() { scope.start(provider.run()); }

  RawClient client() { return RawClient(loop, port, provider.port()); }

  void script(std::string_view json) {
    const auto used = provider.use_script(json);
    BOOST_TEST_REQUIRE(used.has_value(), (used ? "" : used.error()));
  }

  std::string get(const std::string& path) {
    RawClient client = this->client();
    client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    return client.read_answer();
  }

  json::Document get_json(const std::string& path) { return parsed(body_of(get(path))); }

  static json::Document parsed(const std::string& text) {
    auto document = json::parse(text, json::Limits::foreign());
    BOOST_TEST_REQUIRE(document.has_value(), "not JSON: " << text.substr(0, 200));
    return std::move(*document);
  }

  std::string text_of(const std::string& answer) {
    const json::Document document = parsed(body_of(answer));
    return std::string(document["choices"].at(0)["message"]["content"].string_or("?"));
  }

  const fake::Entry& last() { return provider.ledger().at(provider.ledger().size() - 1); }
};

std::string post(const std::string& path, const std::string& headers, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// A sound request in the OpenAI dialect.
std::string chat(const std::string& call_id, const std::string& model = "gpt-4o-mini",
                 const std::string& input = "Hello") {
  return post("/v1/chat/completions",
              "Authorization: Bearer sk-test\r\nX-Assay-Worker: w1\r\nX-Request-ID: " + call_id + "\r\n",
              R"({"model":")" + model +
                  R"(","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":")" + input +
                  R"("}]})");
}

/// The same in the Anthropic dialect.
std::string messages(const std::string& call_id, const std::string& more = R"("max_tokens":1000,)") {
  return post("/v1/messages", "x-api-key: sk-ant\r\nanthropic-version: 2023-06-01\r\nX-Request-ID: " + call_id + "\r\n",
              R"({"model":"claude-x",)" + more +
                  R"("system":"Be brief.","messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}]})");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_fake_provider, Fixture)

BOOST_AUTO_TEST_CASE(speaks_openai) {
  script(R"({"default": {"text": "Hi", "tokens": {"input": 20, "cached": 5, "output": 3}}})");
  RawClient client = this->client();

  client.send(chat("c-1"));
  const std::string answer = client.read_answer();

  const json::Document document = parsed(body_of(answer));
  BOOST_TEST(status_of(answer) == 200);
  BOOST_TEST(answer.find("x-request-id: req_1\r\n") != std::string::npos);
  BOOST_TEST(document["object"].string_or("") == "chat.completion");
  BOOST_TEST(document["model"].string_or("") == "gpt-4o-mini");
  BOOST_TEST(text_of(answer) == "Hi");
  BOOST_TEST(document["choices"].at(0)["finish_reason"].string_or("") == "stop");
  BOOST_TEST(document["usage"]["prompt_tokens"].as_int64().value_or(0) == 20);
  BOOST_TEST(document["usage"]["completion_tokens"].as_int64().value_or(0) == 3);
  BOOST_TEST(document["usage"]["prompt_tokens_details"]["cached_tokens"].as_int64().value_or(0) == 5);
}

BOOST_AUTO_TEST_CASE(speaks_anthropic) {
  script(R"({"default": {"text": "Hi", "tokens": {"input": 20, "cached": 5, "output": 3}}})");
  RawClient client = this->client();

  client.send(messages("c-1"));
  const std::string answer = client.read_answer();

  const json::Document document = parsed(body_of(answer));
  BOOST_TEST(status_of(answer) == 200);
  BOOST_TEST(answer.find("request-id: req_1\r\n") != std::string::npos);
  BOOST_TEST(document["type"].string_or("") == "message");
  BOOST_TEST(document["content"].at(0)["text"].string_or("") == "Hi");
  BOOST_TEST(document["stop_reason"].string_or("") == "end_turn");
  BOOST_TEST(document["usage"]["input_tokens"].as_int64().value_or(0) == 15);
  BOOST_TEST(document["usage"]["cache_read_input_tokens"].as_int64().value_or(0) == 5);
  BOOST_TEST(document["usage"]["output_tokens"].as_int64().value_or(0) == 3);
}

BOOST_AUTO_TEST_CASE(says_that_the_limit_cut_the_text_in_each_dialect) {
  RawClient client = this->client();

  client.send(messages("c-1", R"("max_tokens":5,)"));
  const json::Document anthropic = parsed(body_of(client.read_answer()));
  client.send(
      post("/v1/chat/completions", "", R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}]})"));
  const json::Document openai = parsed(body_of(client.read_answer()));

  BOOST_TEST(anthropic["stop_reason"].string_or("") == "max_tokens");
  BOOST_TEST(anthropic["content"].at(0)["text"].string_or("").size() == 20u);
  BOOST_TEST(openai["choices"].at(0)["finish_reason"].string_or("") == "length");
  BOOST_TEST(openai["usage"]["completion_tokens"].as_int64().value_or(0) == 5);
}

BOOST_AUTO_TEST_CASE(refuses_what_the_vendor_would_refuse) {
  RawClient client = this->client();
  const auto status = [&](const std::string& request) {
    client.send(request);
    return status_of(client.read_answer());
  };

  BOOST_TEST(status(post("/v1/chat/completions", "", "{")) == 400);
  BOOST_TEST(status(post("/v1/chat/completions", "", R"({"messages":[{"role":"user","content":"x"}]})")) == 400);
  BOOST_TEST(status(post("/v1/chat/completions", "", R"({"model":"m","messages":[]})")) == 400);
  BOOST_TEST(status(post("/v1/chat/completions", "", R"({"model":"m","messages":[{"content":"x"}]})")) == 400);
  BOOST_TEST(status(messages("1", "")) == 400);  // no max_tokens
  BOOST_TEST(
      status(post("/v1/messages", "", R"({"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"}]})")) ==
      400);  // no anthropic-version
  BOOST_TEST(status(post("/v1/nothing", "", "{}")) == 404);
  BOOST_TEST(provider.ledger().size() == 6u);
  BOOST_TEST(last().status == 400);
  BOOST_TEST(provider.totals().nanos == 0);
}

BOOST_AUTO_TEST_CASE(asks_for_a_key_when_told_to) {
  script(R"({"require_key": true})");
  RawClient client = this->client();

  client.send(post("/v1/chat/completions", "", R"({"model":"m","messages":[{"role":"user","content":"x"}]})"));
  const std::string without = client.read_answer();
  client.send(chat("1"));

  BOOST_TEST(status_of(without) == 401);
  BOOST_TEST(parsed(body_of(without))["error"]["code"].string_or("") == "invalid_api_key");
  BOOST_TEST(status_of(client.read_answer()) == 200);
}

BOOST_AUTO_TEST_CASE(words_errors_in_the_dialect) {
  script(R"({"rules": [{"match": {"dialect": "openai"}, "status": 429, "retry_after": 7,
                        "error": {"code": "insufficient_quota", "message": "No more"}},
                       {"match": {"nth": 1}, "status": 529, "retry_after": "Wed, 21 Oct 2026 07:28:00 GMT",
                        "headers": {"anthropic-ratelimit-requests-remaining": "0"}},
                       {"status": 429, "error": {"code": "enforced_spend_limit_reached"}}]})");
  RawClient client = this->client();

  client.send(chat("1"));
  const std::string openai = client.read_answer();
  client.send(messages("2"));
  const std::string overloaded = client.read_answer();
  client.send(messages("3"));
  const json::Document spent = parsed(body_of(client.read_answer()));

  BOOST_TEST(status_of(openai) == 429);
  BOOST_TEST(openai.find("Retry-After: 7\r\n") != std::string::npos);
  BOOST_TEST(parsed(body_of(openai))["error"]["code"].string_or("") == "insufficient_quota");
  BOOST_TEST(parsed(body_of(openai))["error"]["message"].string_or("") == "No more");
  BOOST_TEST(status_of(overloaded) == 529);
  BOOST_TEST(overloaded.find("Retry-After: Wed, 21 Oct") != std::string::npos);
  BOOST_TEST(overloaded.find("anthropic-ratelimit-requests-remaining: 0\r\n") != std::string::npos);
  BOOST_TEST(parsed(body_of(overloaded))["error"]["type"].string_or("") == "overloaded_error");
  BOOST_TEST(spent["error"]["details"]["error_code"].string_or("") == "enforced_spend_limit_reached");
}

BOOST_AUTO_TEST_CASE(keeps_a_ledger_of_calls_and_money) {
  script(R"({"bills": [{"model": "gpt-4o-mini", "input": 150000000, "cached": 75000000, "output": 600000000}],
             "default": {"tokens": {"input": 1000, "cached": 200, "output": 50}}})");
  RawClient client = this->client();

  client.send(chat("call-one"));
  client.read_answer();
  const json::Document ledger = get_json("/_fake/ledger?format=array");

  const json::View row = ledger.root().at(0);
  BOOST_TEST(ledger.root().size() == 1u);
  BOOST_TEST(row["n"].as_int64().value_or(0) == 1);
  BOOST_TEST(row["id"].string_or("") == "call-one");
  BOOST_TEST(row["key"].string_or("") == fake::fingerprint("sk-test"));
  BOOST_TEST(row["key"].string_or("").size() == 12u);
  BOOST_TEST(row["model"].string_or("") == "gpt-4o-mini");
  BOOST_TEST(row["worker"].string_or("") == "w1");
  BOOST_TEST(row["tokens_in"].as_int64().value_or(0) == 1000);
  BOOST_TEST(row["tokens_cached"].as_int64().value_or(0) == 200);
  BOOST_TEST(row["tokens_out"].as_int64().value_or(0) == 50);
  BOOST_TEST(row["nanos"].as_int64().value_or(0) == 800 * 150 + 200 * 75 + 50 * 600);
  BOOST_TEST(row["status"].as_int64().value_or(0) == 200);
  BOOST_TEST(row["delivered"].as_bool().value_or(false));
  BOOST_TEST(!row["aborted"].as_bool().value_or(true));
  BOOST_TEST(!row["open"].as_bool().value_or(true));
  BOOST_TEST(row["received_at"].as_double().value_or(-1) >= 0);
}

BOOST_AUTO_TEST_CASE(the_ledger_comes_in_pages) {
  RawClient client = this->client();
  for (int i = 1; i <= 5; ++i) {
    client.send(chat("c" + std::to_string(i)));
    client.read_answer();
  }

  const std::string first = get("/_fake/ledger?limit=2");
  const std::string second = get("/_fake/ledger?after=2&limit=2");
  const json::Document third = get_json("/_fake/ledger?after=4&limit=2&format=array");

  BOOST_TEST(first.find("X-Fake-Total: 5\r\n") != std::string::npos);
  BOOST_TEST(first.find("X-Fake-Next: 2\r\n") != std::string::npos);
  BOOST_TEST(body_of(first).find(R"("id":"c2")") != std::string::npos);
  BOOST_TEST(body_of(second).find(R"("n":3,"id":"c3")") != std::string::npos);
  BOOST_TEST(third.root().size() == 1u);
  BOOST_TEST(body_of(get("/_fake/ledger?after=99")).empty());
}

BOOST_AUTO_TEST_CASE(counts_open_calls_by_worker_and_by_mark) {
  script(R"({"default": {"fault": "never"}, "rules": [{"match": {"prompt_contains": "poison"}, "mark": "poison"}]})");
  RawClient one = this->client(), two = this->client();

  one.send(chat("1"));
  two.send(chat("2", "m", "a poison pill"));
  run_until(loop, [this] { return provider.open().total() == 2; });
  const json::Document during = get_json("/_fake/stats");
  one.reset();
  two.stop_sending();
  run_until(loop, [this] { return provider.open().total() == 0; });
  const json::Document after = get_json("/_fake/stats");

  BOOST_TEST(during["open"].as_int64().value_or(0) == 2);
  BOOST_TEST(during["open_by_worker"]["w1"].as_int64().value_or(0) == 2);
  BOOST_TEST(during["open_by_mark"]["poison"]["w1"].as_int64().value_or(0) == 1);
  BOOST_TEST(after["received"].as_int64().value_or(0) == 2);
  BOOST_TEST(after["delivered"].as_int64().value_or(9) == 0);
  BOOST_TEST(after["aborted"].as_int64().value_or(0) == 2);
  BOOST_TEST(after["peak_open"].as_int64().value_or(0) == 2);
  BOOST_TEST(after["open_by_worker"].size() == 0u);
  BOOST_TEST(last().aborted);
}

BOOST_AUTO_TEST_CASE(charges_aborted_calls_unless_told_otherwise) {
  for (bool charged : {true, false}) {
    script(std::string(R"({"default": {"fault": "never"}, "bills": [{"per_call": 5}], "bill_aborted": )") +
           (charged ? "true" : "false") + "}");
    provider.reset();
    RawClient client = this->client();
    client.send(chat("1"));
    run_until(loop, [this] { return provider.open().total() == 1; });

    client.reset();
    run_until(loop, [this] { return provider.open().total() == 0; });

    BOOST_TEST(provider.totals().nanos == (charged ? 5 : 0));
    BOOST_TEST(last().nanos == (charged ? 5 : 0));
  }
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_reset_unread_was_not_delivered) {
  RawClient client = this->client();
  client.send(chat("1"));
  run_until(loop, [this] { return provider.totals().delivered == 1; });

  client.reset();
  run_until(loop, [this] { return provider.totals().delivered == 0; });

  BOOST_TEST(!last().delivered);
}

BOOST_AUTO_TEST_CASE(a_reset_forgets_calls_but_not_the_script) {
  script(R"({"rules": [{"match": {"nth": 1}, "status": 500}]})");
  RawClient client = this->client();
  client.send(chat("1"));
  client.read_answer();

  client.send("POST /_fake/reset HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
  client.read_answer();
  const std::size_t left = provider.ledger().size();
  client.send(chat("2"));

  BOOST_TEST(left == 0u);
  BOOST_TEST(status_of(client.read_answer()) == 500);
  BOOST_TEST(provider.totals().received == 1u);
}

BOOST_AUTO_TEST_CASE(a_call_may_end_after_a_reset) {
  script(R"({"default": {"fault": "never"}})");
  RawClient client = this->client();
  client.send(chat("1"));
  run_until(loop, [this] { return provider.open().total() == 1; });

  provider.reset();
  client.reset();
  run_until(loop, [this] { return provider.open().total() == 0; });

  BOOST_TEST(provider.ledger().size() == 0u);
  BOOST_TEST(provider.totals().aborted == 0u);
}

BOOST_AUTO_TEST_CASE(takes_a_script_over_http_and_says_what_is_wrong_with_it) {
  RawClient client = this->client();

  client.send(post("/_fake/script", "", R"({"default": {"status": 503}})"));
  const std::string taken = client.read_answer();
  client.send(post("/_fake/script", "", R"({"default": {"stats": 503}})"));
  const std::string refused = client.read_answer();
  client.send(chat("1"));

  BOOST_TEST(status_of(taken) == 200);
  BOOST_TEST(status_of(refused) == 400);
  BOOST_TEST(body_of(refused).find("default.stats") != std::string::npos);
  BOOST_TEST(status_of(client.read_answer()) == 503);
}

BOOST_AUTO_TEST_CASE(lists_models) {
  script(R"({"models": ["a", "b"]})");

  const json::Document models = get_json("/v1/models");

  BOOST_TEST(models["data"].size() == 2u);
  BOOST_TEST(models["data"].at(1)["id"].string_or("") == "b");
}

BOOST_AUTO_TEST_CASE(waits_as_long_as_told) {
  script(R"({"default": {"latency_ms": 30}})");
  RawClient client = this->client();
  const Instant before = loop.measure();

  client.send(chat("1"));
  client.read_answer();

  BOOST_TEST((loop.measure() - before).count() >= 30'000'000);
}

BOOST_AUTO_TEST_CASE(serves_another_model_than_asked) {
  script(R"({"default": {"served_model": "gpt-3"}, "bills": [{"model": "gpt-3", "per_call": 3}, {"per_call": 9}]})");
  RawClient client = this->client();

  client.send(chat("1"));

  BOOST_TEST(parsed(body_of(client.read_answer()))["model"].string_or("") == "gpt-3");
  BOOST_TEST(last().parties->model == "gpt-4o-mini");
  BOOST_TEST(last().nanos == 3);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

struct Faults : Fixture {
  void fault(const std::string& name, const std::string& more = "") {
    script(R"({"default": {"fault": ")" + name + "\"" + more + "}}");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(faults, Faults)

BOOST_AUTO_TEST_CASE(cut_announces_more_than_it_sends) {
  fault("cut", R"(, "bytes": 10)");
  RawClient client(loop, port, provider.port());

  client.send(chat("1"));
  const std::string all = client.read_to_end();

  BOOST_TEST(body_of(all).size() == 10u);
  BOOST_TEST(all.find("Content-Length: 10\r\n") == std::string::npos);
  BOOST_TEST(!client.was_reset());
  BOOST_TEST(!last().delivered);
  BOOST_TEST(!last().aborted);
}

BOOST_AUTO_TEST_CASE(cut_before_headers_sends_nothing) {
  fault("cut_before_headers");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  BOOST_TEST(client.ended());
  BOOST_TEST(!client.was_reset());
}

BOOST_AUTO_TEST_CASE(cut_chunked_ends_inside_a_chunk) {
  fault("cut_chunked", R"(, "bytes": 20)");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  const std::string all = client.read_to_end();
  BOOST_TEST(all.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
  BOOST_TEST(all.find("\r\n0\r\n") == std::string::npos);
  BOOST_TEST(body_of(all).size() > 20u);
}

BOOST_AUTO_TEST_CASE(reset_breaks_off_with_and_without_bytes) {
  for (const std::string& bytes : {std::string("0"), std::string("10")}) {
    fault("reset", ", \"bytes\": " + bytes);
    RawClient client(loop, port, provider.port());
    client.send(chat("1"));
    client.read_to_end();
    BOOST_TEST(client.was_reset());
  }
}

BOOST_AUTO_TEST_CASE(stall_sends_half_and_waits) {
  fault("stall", R"(, "bytes": 10)");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  client.read_head();
  client.read(10);
  BOOST_TEST(provider.open().total() == 1u);
  client.reset();
  run_until(loop, [this] { return provider.open().total() == 0; });
  BOOST_TEST(last().aborted);
}

BOOST_AUTO_TEST_CASE(trickle_comes_whole_in_the_end) {
  fault("trickle", R"(, "bytes": 100, "pause_ms": 0.1, "text": "slow")");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  BOOST_TEST(text_of(client.read_answer()) == "slow");
  client.send(chat("2"));
  BOOST_TEST(text_of(client.read_answer()) == "slow");
  BOOST_TEST(last().delivered);
}

BOOST_AUTO_TEST_CASE(endless_has_no_end) {
  fault("endless");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  BOOST_TEST(client.read_head().find("Transfer-Encoding: chunked\r\n") != std::string::npos);
  client.read(8u << 20);
  client.reset();
  run_until(loop, [this] { return provider.open().total() == 0; });
  BOOST_TEST(last().aborted);
}

BOOST_AUTO_TEST_CASE(large_is_a_sound_answer_of_the_size_told) {
  fault("large", R"(, "bytes": 3000001)");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  BOOST_TEST(text_of(client.read_answer()).size() == 3'000'001u);
  client.send(messages("2"));
  BOOST_TEST(parsed(body_of(client.read_answer()))["content"].at(0)["text"].string_or("").size() == 3'000'001u);
  BOOST_TEST(last().delivered);
}

BOOST_AUTO_TEST_CASE(gzip_bomb_is_small_on_the_wire) {
  fault("gzip_bomb");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  const std::string answer = client.read_answer();
  BOOST_TEST(answer.find("Content-Encoding: gzip\r\n") != std::string::npos);
  BOOST_TEST(answer.size() < 500'000u);
}

BOOST_AUTO_TEST_CASE(malformed_json_is_whole_http) {
  fault("malformed_json");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  const std::string answer = client.read_answer();
  BOOST_TEST(status_of(answer) == 200);
  BOOST_TEST(!json::parse(body_of(answer)).has_value());
}

BOOST_AUTO_TEST_CASE(nested_is_as_deep_as_told) {
  fault("nested");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  const std::string body = body_of(client.read_answer());
  BOOST_TEST(body.find(std::string(200'000, '[') + std::string(200'000, ']')) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(contents_that_are_no_text) {
  RawClient client(loop, port, provider.port());
  const auto answered = [&](const std::string& name, const std::string& request) {
    fault(name);
    client.send(request);
    return parsed(body_of(client.read_answer()));
  };

  const json::Document no_choices = answered("no_choices", chat("1")), none = answered("no_choices", messages("1"));
  const json::Document empty = answered("empty_content", chat("1")), blank = answered("empty_content", messages("1"));
  const json::Document null = answered("null_content", chat("1"));

  BOOST_TEST((no_choices["choices"].is_array() && no_choices["choices"].size() == 0));
  BOOST_TEST(!none["content"].exists());
  BOOST_TEST((empty["choices"].at(0)["message"]["content"].string_or("?") == ""));
  BOOST_TEST((blank["content"].is_array() && blank["content"].size() == 0));
  BOOST_TEST(null["choices"].at(0)["message"]["content"].is_null());
}

BOOST_AUTO_TEST_CASE(texts_with_bytes_that_hurt) {
  RawClient client(loop, port, provider.port());

  fault("nul_text", R"(, "text": "abcd")");
  client.send(chat("1"));
  const std::string with_nul = text_of(client.read_answer());
  fault("bad_utf8", R"(, "text": "abcd")");
  client.send(chat("2"));
  const std::string body = body_of(client.read_answer());

  BOOST_TEST((with_nul == std::string("ab\0cd", 5)));
  BOOST_TEST(json::find_bad_utf8(body) != std::string::npos);
  BOOST_TEST((parsed(body)["choices"].at(0)["message"]["content"].string_or("") == "ab\xff\xfe\xc3\x28\xed\xa0\x80"
                                                                                   "cd"));
}

BOOST_AUTO_TEST_CASE(a_gateways_page) {
  fault("html");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  const std::string answer = client.read_answer();
  BOOST_TEST(status_of(answer) == 502);
  BOOST_TEST(answer.find("Content-Type: text/html\r\n") != std::string::npos);
  BOOST_TEST(body_of(answer).find("<h1>502 Bad Gateway</h1>") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_error_under_status_200_costs_nothing) {
  script(R"({"default": {"fault": "error_in_200"}, "bills": [{"per_call": 5}]})");
  RawClient client(loop, port, provider.port());
  client.send(chat("1"));
  const std::string answer = client.read_answer();
  BOOST_TEST(status_of(answer) == 200);
  BOOST_TEST(parsed(body_of(answer))["error"].is_object());
  BOOST_TEST(last().nanos == 0);
}

BOOST_AUTO_TEST_CASE(usage_that_cannot_be_trusted) {
  RawClient client(loop, port, provider.port());
  const auto usage = [&](const std::string& manner, const std::string& request) {
    script(R"({"default": {"usage": ")" + manner + R"("}, "bills": [{"per_call": 5}]})");
    client.send(request);
    return parsed(body_of(client.read_answer()));
  };

  BOOST_TEST(!usage("missing", chat("1"))["usage"].exists());
  BOOST_TEST(usage("null", chat("1"))["usage"].is_null());
  BOOST_TEST(usage("zero", chat("1"))["usage"]["completion_tokens"].as_int64().value_or(9) == 0);
  BOOST_TEST(!usage("missing", messages("1"))["usage"].exists());
  BOOST_TEST(usage("null", messages("1"))["usage"].is_null());
  BOOST_TEST(usage("zero", messages("1"))["usage"]["output_tokens"].as_int64().value_or(9) == 0);
  BOOST_TEST(last().nanos == 5);
  BOOST_TEST(last().tokens_out > 0);
}

BOOST_AUTO_TEST_SUITE_END()
