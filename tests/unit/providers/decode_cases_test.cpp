// Every case of tests/data/providers/*/decode*.json: an answer as a vendor sends it, and the completion or failure that
// it must become. Counts and waits that a case does not name must be empty.
#include <boost/test/unit_test.hpp>

#include <random>

#include "json/equal.hpp"
#include "json/utf8.hpp"
#include "tests/unit/providers/cases.hpp"
#include "tests/unit/providers/describe.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

std::string_view name_of(FinishReason reason) {
  return to_string(reason);
}

std::string show(std::optional<std::int64_t> count) {
  return count ? std::to_string(*count) : "none";
}

void compare_usage(const Usage& usage, json::View expected, json::View sent) {
  const auto same = [&](std::string_view name, std::optional<std::int64_t> found) {
    BOOST_TEST(show(found) == show(expected[name].as_int64()),
               name << " is " << show(found) << ", not " << show(expected[name].as_int64()));
  };
  same("input", usage.input);
  same("cached_read", usage.cached_read);
  same("cache_write_5m", usage.cache_write_5m);
  same("cache_write_1h", usage.cache_write_1h);
  same("output", usage.output);
  same("reasoning", usage.reasoning);
  BOOST_TEST(to_string(usage.source) == expected["source"].string_or("provider"));
  if (expected["raw"])
    BOOST_TEST(usage.raw == expected["raw"].string_or(""));
  else if (sent)
    BOOST_TEST(usage.raw == sent.dump());
}

void compare(const Completion& completion, json::View expected, json::View sent) {
  const std::string text = expected["text_hex"] ? cases::unhex(expected["text_hex"].string_or(""))
                                                : std::string(expected["text"].string_or("?"));
  BOOST_TEST(completion.text == text);
  BOOST_TEST(name_of(completion.finish_reason) == expected["finish_reason"].string_or("?"));
  compare_usage(completion.usage, expected["usage"], sent["body"]["usage"]);
  const auto same = [&](std::string_view name, const std::string& found) {
    if (expected[name]) BOOST_TEST(found == expected[name].string_or("?"), name << " is " << found);
  };
  same("finish_reason_raw", completion.finish_reason_raw);
  same("refusal", completion.refusal);
  same("served_model", completion.served_model);
  same("request_id", completion.request_id);
  same("service_tier", completion.service_tier);
  same("fingerprint", completion.fingerprint);
  same("reasoning", completion.reasoning);
  same("served_by", completion.served_by);
  same("reported_cost", completion.reported_cost);
  BOOST_TEST(completion.cached == expected["cached"].as_bool().value_or(false));
  const json::Document described = json::parse(cases::describe(completion)).value();
  for (const std::string name : {"tool_calls", "log_probs", "flags"}) {
    const bool none = expected[name].is_array() && expected[name].size() == 0;
    if (none) BOOST_TEST(!described[name], name << " is " << described[name].dump());
    if (expected[name] && !none)
      BOOST_TEST(json::deep_equal(described[name], expected[name]), name << " is " << described[name].dump());
  }
}

void compare(const Failure& failure, json::View expected, const Deployment& deployment) {
  BOOST_TEST(to_string(failure.kind) == expected["kind"].string_or("?"));
  BOOST_TEST(failure.may_have_run == expected["may_have_run"].as_bool().value_or(false));
  const std::string wait = failure.retry_after ? std::to_string(failure.retry_after->count()) : "none";
  BOOST_TEST(wait == show(expected["retry_after_ms"].as_int64()), "retry_after_ms is " << wait);
  BOOST_TEST(to_string(failure.source) == expected["source"].string_or("vendor"));
  const auto same = [&](std::string_view name, const std::string& found) {
    if (expected[name]) BOOST_TEST(found == expected[name].string_or("?"), name << " is " << found);
  };
  same("vendor_code", failure.vendor_code);
  same("request_id", failure.request_id);
  same("detail", failure.detail);
  if (expected["detail_has"])
    BOOST_TEST(failure.detail.find(expected["detail_has"].string_or("?")) != std::string::npos,
               "detail is " << failure.detail);
  BOOST_TEST(failure.provider == deployment.provider);
  BOOST_TEST(!failure.detail.empty());
  BOOST_TEST(failure.detail.size() <= 4096u);
  BOOST_TEST(json::find_bad_utf8(failure.detail) == std::string::npos);
  BOOST_TEST(failure.detail.find(deployment.key.reveal()) == std::string::npos,
             "the key stands in: " << failure.detail);
}

void run(json::View given, DialectKind kind) {
  const Deployment deployment = cases::deployment(kind, given["deployment"]);
  const auto decoded = dialect(kind).decode(cases::response(given["response"]), deployment);

  const json::View expected = given["expect"];
  if (expected["completion"]) {
    BOOST_REQUIRE_MESSAGE(decoded.has_value(), "failed: " << (decoded ? "" : decoded.error().detail));
    compare(*decoded, expected["completion"], given["response"]);
  } else {
    BOOST_REQUIRE_MESSAGE(!decoded.has_value(), "expected a failure");
    compare(decoded.error(), expected["failure"], deployment);
  }
}

/// Each case of the dialect's files; `about` is a member of the completion without which a case is not looked at.
int run_all(DialectKind kind, std::string_view about = {}) {
  int count = 0;
  for (const json::Document& file : cases::load(kind, "decode")) {
    for (const json::View given : file.root().elements()) {
      if (!about.empty() && !given["expect"]["completion"][about]) continue;
      BOOST_TEST_CONTEXT(given["name"].string_or("?")) {
        run(given, kind);
      }
      ++count;
    }
  }
  return count;
}

/// The body with some bytes changed, cut out or doubled.
std::string damaged(std::string body, std::mt19937_64& random) {
  for (std::uint64_t changes = 1 + random() % 4; changes > 0 && !body.empty(); --changes) {
    const std::size_t at = random() % body.size();
    switch (random() % 4) {
      case 0:
        body[at] = static_cast<char>(random());
        break;
      case 1:
        body.erase(at, 1 + random() % 8);
        break;
      case 2:
        body.insert(at, body.substr(random() % body.size(), random() % 16));
        break;
      default:
        body[at] = "[]{}\",:0n\\"[random() % 10];
        break;
    }
  }
  return body;
}

void damage(json::View given, DialectKind kind, std::mt19937_64& random) {
  const Deployment deployment = cases::deployment(kind, given["deployment"]);
  http::Response response = cases::response(given["response"]);
  if (response.body.size() > 4096) return;
  const std::string whole = response.body;
  for (int i = 0; i < 200; ++i) {
    response.body = damaged(whole, random);
    const auto decoded = dialect(kind).decode(response, deployment);
    if (decoded) {
      BOOST_REQUIRE(json::find_bad_utf8(decoded->served_model + decoded->finish_reason_raw + decoded->usage.raw) ==
                    std::string::npos);
      BOOST_REQUIRE(decoded->usage.prompt_tokens() >= 0);
      BOOST_REQUIRE(decoded->usage.answer_tokens() >= 0);
    } else {
      BOOST_REQUIRE(json::find_bad_utf8(decoded.error().detail + decoded.error().vendor_code) == std::string::npos);
      BOOST_REQUIRE(decoded.error().detail.size() <= 4096u);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decode_cases)

BOOST_AUTO_TEST_CASE(a_damaged_answer_ends_in_an_answer_or_a_failure_and_nothing_unfit_to_store) {
  std::mt19937_64 random(20261121);
  for (const DialectKind kind : every_dialect) {
    for (const json::Document& file : cases::load(kind, "decode")) {
      for (const json::View given : file.root().elements()) {
        BOOST_TEST_CONTEXT(given["name"].string_or("?")) {
          damage(given, kind, random);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(openai_chat_answers_become_what_the_cases_say) {
  BOOST_TEST(run_all(DialectKind::openai_chat) >= 60);
}

BOOST_AUTO_TEST_CASE(openai_responses_answers_become_what_the_cases_say) {
  BOOST_TEST(run_all(DialectKind::openai_responses) >= 15);
}

BOOST_AUTO_TEST_CASE(azure_openai_answers_become_what_the_cases_say) {
  BOOST_TEST(run_all(DialectKind::azure_openai) >= 5);
}

BOOST_AUTO_TEST_CASE(anthropic_messages_answers_become_what_the_cases_say) {
  BOOST_TEST(run_all(DialectKind::anthropic_messages) >= 30);
}

BOOST_AUTO_TEST_CASE(gemini_answers_become_what_the_cases_say) {
  BOOST_TEST(run_all(DialectKind::gemini) >= 20);
}

BOOST_AUTO_TEST_CASE(bedrock_answers_become_what_the_cases_say) {
  BOOST_TEST(run_all(DialectKind::bedrock) >= 10);
}

BOOST_AUTO_TEST_CASE(ollama_answers_become_what_the_cases_say) {
  BOOST_TEST(run_all(DialectKind::ollama) >= 10);
}

/// A call of a tool is the same list whoever made it.
BOOST_AUTO_TEST_CASE(tools_wire) {
  for (const DialectKind kind : every_dialect) {
    if (kind == DialectKind::azure_openai) continue;  // its answers are those of the format
    BOOST_TEST(run_all(kind, "tool_calls") >= 1, cases::folder_of(kind));
  }
}

BOOST_AUTO_TEST_SUITE_END()
