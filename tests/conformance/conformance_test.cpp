#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdio>
#include <map>

#include "json/document.hpp"
#include "tests/conformance/stage.hpp"

using namespace assay;
using namespace assay::conformance;

namespace {

std::string amount(const std::optional<Money>& money) {
  return money ? std::to_string(money->nanos()) : std::string("unknown");
}

std::string shown(const std::optional<std::int64_t>& count) {
  return count ? std::to_string(*count) : "-";
}

/// "input cached written output reasoning source"
std::string shown(const Usage& usage) {
  return shown(usage.input) + " " + shown(usage.cached_read) + " " + shown(usage.cache_write_5m) + " " +
         shown(usage.output) + " " + shown(usage.reasoning) + " " + std::string(to_string(usage.source));
}

std::string joined(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

/// "name arguments; name arguments": ids are the vendor's to choose.
std::string without_ids(const std::string& tool_calls) {
  const auto document = json::parse(tool_calls.empty() ? "[]" : tool_calls);
  if (!document) return "not JSON: " + tool_calls;
  std::string out;
  for (json::View call : document->root().elements()) {
    if (call["id"].string_or("").empty()) return "a call without an id: " + tool_calls;
    out += (out.empty() ? "" : "; ") + std::string(call["function"]["name"].string_or("?")) + " " +
           std::string(call["function"]["arguments"].string_or("?"));
  }
  return out;
}

/// What was done about a failed first call.
std::string decision(const Outcome& outcome) {
  if (outcome.put_back && outcome.calls_until_put_back == 1) return "put_back";
  return outcome.calls.size() > 1 ? "retried" : "given_up";
}

void check_answer(const Case& one, const Outcome& outcome) {
  const Outcome::Call& call = outcome.calls.front();
  BOOST_TEST(!call.failure, "expected an answer, got " << (call.failure ? to_string(call.failure->kind) : "") << ": "
                                                       << (call.failure ? call.failure->detail : ""));
  if (call.failure || !outcome.result) return;
  const Completion& got = outcome.result->completion;
  BOOST_TEST(to_string(got.finish_reason) == one.kind);
  if (one.text_bytes) {
    BOOST_TEST(got.text.size() == *one.text_bytes);
  } else {
    BOOST_TEST(got.text == one.text.value_or("Paris"));
  }
  if (one.tool_calls) BOOST_TEST(without_ids(got.tool_calls) == *one.tool_calls);
  if (one.reasoning) BOOST_TEST(got.reasoning == *one.reasoning);
  if (one.refusal) BOOST_TEST(got.refusal == *one.refusal);
  BOOST_TEST(joined(got.flags) == one.flags);
  if (one.usage) BOOST_TEST(shown(got.usage) == *one.usage);
  if (!one.served_by.empty()) BOOST_TEST(got.served_by == one.served_by);
  if (!one.reported.empty()) BOOST_TEST(amount(outcome.result->reported_cost) == one.reported);
  BOOST_TEST(outcome.calls.size() == 1U);
}

void check_failure(const Case& one, const Outcome& outcome) {
  const Outcome::Call& call = outcome.calls.front();
  BOOST_TEST(call.failure.has_value(), "expected a failure, got an answer: "
                                           << (outcome.result ? outcome.result->completion.text.substr(0, 60) : ""));
  if (!call.failure) return;
  const Failure& got = *call.failure;
  BOOST_TEST_INFO(got.detail);
  BOOST_TEST(to_string(got.kind) == one.kind, to_string(got.kind) << " instead of " << one.kind << ": " << got.detail);
  BOOST_TEST(to_string(got.source) == one.source);
  BOOST_TEST(got.may_have_run == one.may_have_run);
  if (one.vendor_code) BOOST_TEST(got.vendor_code == *one.vendor_code);
  BOOST_TEST(got.detail.find(canary) == std::string::npos);
  BOOST_TEST(got.detail.size() <= 4096U);
  BOOST_TEST(decision(outcome) == one.then);
  if (one.then == "put_back" && outcome.put_back) {
    const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(*outcome.put_back).count();
    const auto least = one.wait_ms.value_or(0);
    BOOST_TEST((wait >= least && wait <= least + least / 10 + 1), "waits " << wait << " ms instead of " << least);
  }
  if (one.then == "retried" && outcome.result) {
    // The fake is well again: the cell ends well, and the second call is paid by its own count.
    BOOST_TEST(outcome.result->completion.text == "Paris");
    BOOST_TEST(outcome.result->seq == 2);
    BOOST_TEST(amount(outcome.result->cost) == "300000");
  }
  if (one.then == "given_up" && outcome.result) BOOST_TEST((outcome.result->failure == got.kind));
}

void check(const Case& one, const Outcome& outcome) {
  BOOST_TEST_REQUIRE(!outcome.calls.empty());
  if (one.answers) {
    check_answer(one, outcome);
  } else {
    check_failure(one, outcome);
  }
  const std::string expected = one.money == "bound" ? amount(outcome.bound) : one.money;
  BOOST_TEST(amount(outcome.cost) == expected, "charged " << amount(outcome.cost) << " instead of " << expected);
  BOOST_TEST(outcome.bound.has_value());
  // Where the vendor counted, both sides of the account are the same to the nano-dollar. An answer that we cut has
  // only the count so far.
  const bool counted =
      one.answers && outcome.result && outcome.result->completion.usage.source == UsageSource::provider;
  if (counted && !one.text_bytes && one.fake.find("\"usage\"") == std::string::npos) {
    BOOST_TEST(amount(outcome.cost) == amount(outcome.fakes_bill));
  }
  for (const std::string& fault : outcome.faults) BOOST_ERROR("the worker broke: " << fault);
}

struct Counted {
  std::size_t cases = 0, settings = 0, least = 1000;
};
Counted counted;

void play(const Setting& setting) {
  const std::string file = setting.dialect == "azure-classic"    ? "azure"
                           : setting.dialect == "anthropic-2026" ? "anthropic"
                           : setting.dialect == "bedrock-signed" ? "bedrock"
                                                                 : setting.dialect;
  const std::vector<Case> cases = cases_of(file);
  std::map<Form, std::size_t> by_form;
  const std::vector<Outcome> outcomes = Stage(setting, cases).play();
  BOOST_REQUIRE_EQUAL(outcomes.size(), cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    ++by_form[cases[i].form];
    BOOST_TEST_CONTEXT(setting.dialect << ", " << to_string(setting.mode) << ", " << to_string(cases[i].form) << ": "
                                       << cases[i].name) {
      check(cases[i], outcomes[i]);
    }
  }
  for (const Form form : {Form::whole, Form::stream}) BOOST_TEST(by_form[form] >= 40U);
  counted.cases += cases.size();
  ++counted.settings;
  counted.least = std::min({counted.least, by_form[Form::whole], by_form[Form::stream]});
  std::printf("%s, %s: %zu cases whole, %zu in streams\n", setting.dialect.c_str(),
              std::string(to_string(setting.mode)).c_str(), by_form[Form::whole], by_form[Form::stream]);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(every_dialect)

BOOST_AUTO_TEST_CASE(openai) {
  play({"openai"});
}
BOOST_AUTO_TEST_CASE(openai_responses) {
  play({"openai-responses"});
}
BOOST_AUTO_TEST_CASE(azure) {
  play({"azure"});
}
BOOST_AUTO_TEST_CASE(azure_with_deployments_in_the_path) {
  play({"azure-classic"});
}
BOOST_AUTO_TEST_CASE(anthropic) {
  play({"anthropic"});
}
BOOST_AUTO_TEST_CASE(anthropic_under_its_newest_version) {
  play({"anthropic-2026"});
}
BOOST_AUTO_TEST_CASE(gemini) {
  play({"gemini"});
}
BOOST_AUTO_TEST_CASE(bedrock) {
  play({"bedrock"});
}
BOOST_AUTO_TEST_CASE(bedrock_with_signatures) {
  play({"bedrock-signed"});
}
BOOST_AUTO_TEST_CASE(ollama) {
  play({"ollama"});
}
BOOST_AUTO_TEST_CASE(openai_compatible) {
  play({"openai-compatible"});
}
BOOST_AUTO_TEST_CASE(litellm_by_name) {
  play({"litellm"});
}
BOOST_AUTO_TEST_CASE(litellm_for_everything) {
  play({"litellm", routing::Mode::proxy});
}
BOOST_AUTO_TEST_CASE(litellm_beside_vendors) {
  play({"litellm", routing::Mode::hybrid});
}
BOOST_AUTO_TEST_CASE(litellm_and_nothing_else) {
  play({"litellm", routing::Mode::proxy_only});
}
BOOST_AUTO_TEST_CASE(openai_where_both_ways_are_open) {
  play({"openai", routing::Mode::hybrid});
}

BOOST_AUTO_TEST_CASE(summary) {
  std::printf("%zu cases: %zu dialects and modes x 2, at least %zu misbehaviours each\n", counted.cases,
              counted.settings, counted.least);
  BOOST_TEST(counted.cases > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
