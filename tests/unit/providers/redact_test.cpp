#include "providers/redact.hpp"

#include <boost/test/unit_test.hpp>

#include "json/utf8.hpp"

using namespace assay;
using namespace assay::providers;

BOOST_AUTO_TEST_SUITE(redacted_text)

BOOST_AUTO_TEST_CASE(does_not_hold_the_deployments_key_nor_a_long_beginning_of_it) {
  const Secret key("plain-looking-credential-42");
  BOOST_TEST(redacted("you sent plain-looking-credential-42, no", key) == "you sent [redacted], no");
  BOOST_TEST(redacted("you sent plain-lo… no", key) == "you sent [redacted]… no");
  BOOST_TEST(redacted("x=plain-looking-credential-42plain-looking-credential-42", key) == "x=[redacted][redacted]");
  BOOST_TEST(redacted("plain text stays", key) == "plain text stays");
}

BOOST_AUTO_TEST_CASE(does_not_hold_anything_that_looks_like_a_key) {
  const Secret none;
  BOOST_TEST(redacted("Incorrect API key provided: sk-proj-abcd********wxyz.", none) ==
             "Incorrect API key provided: [redacted].");
  BOOST_TEST(redacted("sent 'Authorization: Bearer eyJhbGciOi.J9.abc-_='", none) == "sent 'Authorization: [redacted]'");
  BOOST_TEST(redacted("keys gsk_0123456789abcdef and AIzaSyA0123456789", none) == "keys [redacted] and [redacted]");
}

BOOST_AUTO_TEST_CASE(keeps_words_that_only_begin_like_keys) {
  const Secret dummy("none");
  const std::string text = "risk-averse task-force: sk-short, none of it; Bearer of news; monkey-business-is-fine";
  BOOST_TEST(redacted(text, dummy) == text);
}

BOOST_AUTO_TEST_CASE(does_not_hold_the_key_of_any_vendor_wherever_it_stands) {
  const std::string keys[] = {"sk-proj-Ab3dEf6h_Ij9-KlMn",
                              "sk-ant-api03-Ab3dEf6hIj9-KlMn_op",
                              "sk-or-v1-0123456789abcdef0123456789abcdef",
                              "gsk_Ab3dEf6hIj9KlMn0pQrSt",
                              "hf_AbCdEfGhIjKlMnOpQrStUv",
                              "xai-Ab3dEf6hIj9KlMn0pQrSt",
                              "r8_Ab3dEf6hIj9KlMn0pQrSt",
                              "AIzaSyA0123456789abcdefghijklmnopqrstuv",
                              "ya29.a0AfH6SMBx-0123456789_abc",
                              "AQ.Ab8RN6J0123456789abcdefghi",
                              "AKIAIOSFODNN7EXAMPLE",
                              "ASIAIOSFODNN7EXAMPLE",
                              "ABSKQmVkcm9ja0FQSUtleS1abc0123+/=",
                              "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJGMEQ+/0=",
                              "FwoGZXIvYXdzEJr//////////wEaDHVzLWVhc3QtMSKrAQ0123456789=",
                              "eyJhbGciOiJSUzI1NiIsImtpZCI6.eyJhdWQiOiJo.c2ln-_0",
                              "csk-Ab3dEf6hIj9KlMn0pQrSt",
                              "fw_Ab3dEf6hIj9KlMn0pQrSt",
                              "tgp_v1_Ab3dEf6hIj9KlMn0pQrSt",
                              "nvapi-Ab3dEf6hIj9KlMn0pQrSt",
                              "pplx-Ab3dEf6hIj9KlMn0pQrSt"};
  for (const std::string& key : keys) {
    BOOST_TEST(redacted("key " + key, Secret()) == "key [redacted]");
    BOOST_TEST(redacted("{\"key\":\"" + key + "\"}", Secret()) == "{\"key\":\"[redacted]\"}");
    BOOST_TEST(redacted("(" + key + ").", Secret()) == "([redacted]).");
    BOOST_TEST(redacted("?key=" + key + "&alt=sse", Secret()) == "?key=[redacted]&alt=sse");
    BOOST_TEST(redacted("Authorization: Bearer " + key, Secret()) == "Authorization: [redacted]");
    const std::string half = key.substr(0, key.size() - 4) + "****" + key.substr(key.size() - 4);
    BOOST_TEST(redacted("masked " + half + ", no", Secret()) == "masked [redacted], no");
  }
}

BOOST_AUTO_TEST_CASE(does_not_hold_the_value_of_a_header_or_field_that_is_a_secret) {
  BOOST_TEST(redacted("x-api-key: 4f2a9c1e77aa, model: x", Secret()) == "x-api-key: [redacted], model: x");
  BOOST_TEST(redacted("{\"api_key\": \"4f2a9c1e77aa\"}", Secret()) == "{\"api_key\": \"[redacted]\"}");
  BOOST_TEST(redacted("{\\\"Api-Key\\\": \\\"4f2a9c1e77aa\\\"}", Secret()) == "{\\\"Api-Key\\\": \\\"[redacted]\\\"}");
  BOOST_TEST(redacted("/v1/models?key=4f2a9c1e77aa&x=1", Secret()) == "/v1/models?key=[redacted]&x=1");
  BOOST_TEST(redacted("X-Amz-Security-Token=abc123def456", Secret()) == "X-Amz-Security-Token=[redacted]");
  BOOST_TEST(redacted("Set-Cookie: session=4f2a9c1e77aa; Path=/", Secret()) == "Set-Cookie: [redacted]; Path=/");
  BOOST_TEST(redacted("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261121/us-east-1/bedrock/aws4_request, "
                      "SignedHeaders=host, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
                      Secret()) == "AWS4-HMAC-SHA256 Credential=[redacted], SignedHeaders=host, Signature=[redacted]");
}

BOOST_AUTO_TEST_CASE(does_not_hold_a_piece_out_of_the_middle_of_the_key_or_its_end) {
  const Secret key("plain-looking-credential-42");
  BOOST_TEST(redacted("key ****credential-42 is wrong", key) == "key ****[redacted] is wrong");
  BOOST_TEST(redacted("key …looking-credential… is wrong", key) == "key …[redacted]… is wrong");
  BOOST_TEST(redacted("key ending in l-42 is wrong", key) == "key ending in l-42 is wrong");
}

BOOST_AUTO_TEST_CASE(does_not_hold_any_secret_of_the_deployment) {
  Deployment deployment;
  deployment.key = Secret("the-first-credential-1");
  deployment.session_token = Secret("the-second-credential-2");
  deployment.headers = {{"X-Gateway-Key", "the-third-credential-3"}, {"X-Team", "a-name-that-may-be-seen"}};
  BOOST_TEST(redacted("the-first-credential-1 the-second-credential-2 the-third-credential-3 a-name-that-may-be-seen",
                      deployment) == "[redacted] [redacted] [redacted] a-name-that-may-be-seen");
}

BOOST_AUTO_TEST_CASE(keeps_what_is_no_secret) {
  for (const std::string text :
       {"api_key: field required", "Invalid api-key: not given", "cookie: none", "the credential: missing or wrong",
        "AQ. is short", "model gpt-4o-2024-08-06 at 2026-11-21T10:00:00Z", "eyJ is how tokens begin", "signature=none",
        "AKI is no AWS key", "key=value pairs", "monkey=12345678a"})
    BOOST_TEST(redacted(text, Secret()) == text);
}

BOOST_AUTO_TEST_CASE(is_capped_at_a_character_and_always_fit_to_store) {
  const std::string accents = [] {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "é";
    return text;
  }();
  const std::string capped = redacted(accents, Secret());
  BOOST_TEST(capped.size() == 4096u);
  BOOST_TEST(json::find_bad_utf8(capped) == std::string::npos);
  BOOST_TEST(redacted(std::string_view("a\0b\xff", 4), Secret()) == "a\\x00b\\xff");
  BOOST_TEST(redacted(std::string(1'000'000, 'x') + "sk-0123456789abcdef", Secret()).size() == 4096u);
}

BOOST_AUTO_TEST_CASE(stands_in_no_usage_no_model_and_no_id_and_leaves_json) {
  Deployment deployment;
  deployment.key = Secret("plain-looking-credential-42");
  Embeddings vectors;
  vectors.usage.raw = R"({"prompt_tokens":3,"note":"plain-looking-credential-42"})";
  vectors.request_id = vectors.served_model = "plain-looking-credential-42";
  ModelPage page;
  page.models.push_back({"plain-looking-credential-42", "a plain-looking-cred", {}, {}, {}, {}});
  page.next = "plain-looking-credential-42";  // goes back to the vendor and to nobody else

  const auto clean = without_secrets(std::move(vectors), deployment);
  const auto listed = without_secrets(std::move(page), deployment);

  BOOST_TEST(clean->usage.raw == R"({"prompt_tokens":3,"note":"[redacted]"})");
  BOOST_TEST(clean->request_id == "[redacted]");
  BOOST_TEST(clean->served_model == "[redacted]");
  BOOST_TEST(listed->models[0].name == "[redacted]");
  BOOST_TEST(listed->models[0].display_name == "a [redacted]");
  BOOST_TEST(listed->next == "plain-looking-credential-42");
}

BOOST_AUTO_TEST_CASE(leaves_no_usage_that_is_not_json) {
  Completion completion;
  completion.usage.raw = R"({"api_key": 1234567890})";

  const auto clean = without_secrets(std::move(completion), Deployment());

  BOOST_TEST(clean->usage.raw == "");
}

BOOST_AUTO_TEST_SUITE_END()
