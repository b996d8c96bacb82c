#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

#include "providers/anthropic_messages.hpp"
#include "providers/bedrock_answer.hpp"
#include "providers/gemini.hpp"
#include "providers/ollama.hpp"
#include "providers/openai_chat.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

/// Mostly small numbers, so that parts are often larger than their whole.
std::int64_t any_count(std::mt19937_64& random) {
  return static_cast<std::int64_t>(random() % (random() % 8 == 0 ? 1'000'000 : 20));
}

std::string number(std::int64_t count) {
  return std::to_string(count);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(usage_classes)

BOOST_AUTO_TEST_CASE(of_the_inclusive_dialect_are_disjoint_and_sum_to_the_whole_whatever_the_parts_claim) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t prompt = any_count(random), completion = any_count(random), reasoning = any_count(random);
    const bool outside = random() % 2 == 0;
    const std::int64_t total = prompt + completion + (outside ? reasoning : 0);
    const std::string text = R"({"prompt_tokens":)" + number(prompt) + R"(,"completion_tokens":)" + number(completion) +
                             R"(,"total_tokens":)" + number(total) + R"(,"prompt_tokens_details":{"cached_tokens":)" +
                             number(any_count(random)) + R"(,"cache_write_tokens":)" + number(any_count(random)) +
                             R"(},"completion_tokens_details":{"reasoning_tokens":)" + number(reasoning) + "}}";
    const auto document = json::parse(text);

    const Usage usage = read_openai_usage(document->root());

    BOOST_REQUIRE_EQUAL(usage.prompt_tokens(), prompt);
    BOOST_REQUIRE_EQUAL(usage.answer_tokens(), completion + (outside || reasoning > completion ? reasoning : 0));
    for (const auto& part : {usage.input, usage.cached_read, usage.cache_write_5m, usage.output, usage.reasoning})
      BOOST_REQUIRE(*part >= 0);
  }
}

BOOST_AUTO_TEST_CASE(of_the_exclusive_dialect_stay_as_sent_and_thinking_comes_out_of_the_output) {
  std::mt19937_64 random(4);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t input = any_count(random), read = any_count(random), write = any_count(random),
                       output = any_count(random);
    const std::string text = R"({"input_tokens":)" + number(input) + R"(,"cache_read_input_tokens":)" + number(read) +
                             R"(,"cache_creation_input_tokens":)" + number(write) + R"(,"output_tokens":)" +
                             number(output) + R"(,"output_tokens_details":{"thinking_tokens":)" +
                             number(any_count(random)) + "}}";
    const auto document = json::parse(text);

    const Usage usage = read_anthropic_usage(document->root());

    BOOST_REQUIRE_EQUAL(usage.prompt_tokens(), input + read + write);
    BOOST_REQUIRE_EQUAL(usage.answer_tokens(), output);
    BOOST_REQUIRE(*usage.output >= 0);
  }
}

BOOST_AUTO_TEST_CASE(of_every_vendor_of_the_format_sum_to_the_whole_under_whichever_names) {
  std::mt19937_64 random(5);
  const auto maybe = [&](const std::string& name) {
    switch (random() % 5) {
      case 0:
        return std::string();
      case 1:
        return ",\"" + name + "\":null";
      default:
        return ",\"" + name + "\":" + number(any_count(random));
    }
  };
  for (const UsageNames& names : {chat_usage, responses_usage}) {
    for (int i = 0; i < 20'000; ++i) {
      const std::int64_t prompt = any_count(random), answer = any_count(random), reasoning = any_count(random);
      const bool outside = random() % 4 == 0;
      const std::string text =
          "{\"" + std::string(names.prompt) + "\":" + number(prompt) + ",\"" + std::string(names.answer) +
          "\":" + number(answer) + ",\"total_tokens\":" + number(prompt + answer + (outside ? reasoning : 0)) +
          maybe("prompt_cache_hit_tokens") + maybe("num_cached_tokens") + maybe("cache_read_input_tokens") +
          maybe("cache_creation_input_tokens") + ",\"" + std::string(names.prompt_details) + "\":{\"text_tokens\":1" +
          maybe("cached_tokens") + maybe("cache_write_tokens") + maybe("cache_creation_tokens") +
          ",\"cache_creation_token_details\":{\"x\":0" + maybe("ephemeral_5m_input_tokens") +
          maybe("ephemeral_1h_input_tokens") + "}},\"" + std::string(names.answer_details) +
          "\":{\"reasoning_tokens\":" + number(reasoning) + "}}";
      const auto document = json::parse(text);
      BOOST_REQUIRE(document.has_value());

      const Usage usage = read_openai_usage(document->root(), names);
      Completion completion;
      add_usage(document->root(), completion, names);

      BOOST_REQUIRE_EQUAL(usage.prompt_tokens(), prompt);
      BOOST_REQUIRE_EQUAL(usage.answer_tokens(), answer + (outside || reasoning > answer ? reasoning : 0));
      for (const auto& part :
           {usage.input, usage.cached_read, usage.cache_write_5m, usage.cache_write_1h, usage.output})
        BOOST_REQUIRE(part.value_or(0) >= 0);
      BOOST_REQUIRE(completion.usage.raw == text);
      if (reasoning > answer && !outside) BOOST_REQUIRE(completion.flags.size() == 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(of_gemini_sum_to_its_total_whatever_is_cached_thought_or_read_by_tools) {
  std::mt19937_64 random(6);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t prompt = any_count(random), tools = any_count(random), answer = any_count(random),
                       thoughts = any_count(random), total = prompt + tools + answer + thoughts;
    const std::string text = R"({"promptTokenCount":)" + number(prompt) + R"(,"toolUsePromptTokenCount":)" +
                             number(tools) + R"(,"cachedContentTokenCount":)" + number(any_count(random)) +
                             R"(,"candidatesTokenCount":)" + number(answer) + R"(,"thoughtsTokenCount":)" +
                             number(thoughts) + R"(,"totalTokenCount":)" + number(total) + "}";
    const auto document = json::parse(text);

    const Usage usage = read_gemini_usage(document->root());

    BOOST_REQUIRE_EQUAL(usage.prompt_tokens() + usage.answer_tokens(), total);
    BOOST_REQUIRE_EQUAL(usage.prompt_tokens(), prompt + tools);
    for (const auto& part : {usage.input, usage.cached_read, usage.output, usage.reasoning}) BOOST_REQUIRE(*part >= 0);
    BOOST_REQUIRE(!gemini_usage_mismatch(document->root()));
  }
}

BOOST_AUTO_TEST_CASE(of_bedrock_sum_to_its_total_with_the_cache_beside_the_input_or_inside) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t input = any_count(random), read = any_count(random), hour = any_count(random),
                       written = hour + any_count(random), output = any_count(random);
    const bool inside = random() % 2 == 0;
    const std::int64_t told = inside ? input + read + written : input;
    const std::string text = R"({"inputTokens":)" + number(told) + R"(,"cacheReadInputTokens":)" + number(read) +
                             R"(,"cacheWriteInputTokens":)" + number(written) + R"(,"cacheDetails":[{"inputTokens":)" +
                             number(hour) + R"(,"ttl":"1h"},{"inputTokens":)" + number(written - hour) +
                             R"(,"ttl":"5m"}],"outputTokens":)" + number(output) + R"(,"totalTokens":)" +
                             number(input + read + written + output) + "}";
    const auto document = json::parse(text);

    const Usage usage = read_bedrock_usage(document->root(), inside);

    BOOST_REQUIRE_EQUAL(usage.prompt_tokens() + usage.answer_tokens(), input + read + written + output);
    BOOST_REQUIRE_EQUAL(usage.cache_write_1h.value_or(0), hour);
    BOOST_REQUIRE(*usage.input >= 0);
  }
}

BOOST_AUTO_TEST_CASE(of_ollama_are_the_two_that_it_counts) {
  std::mt19937_64 random(8);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t prompt = any_count(random), answer = any_count(random);
    const auto document =
        json::parse(R"({"prompt_eval_count":)" + number(prompt) + R"(,"eval_count":)" + number(answer) + "}");

    const Usage usage = read_ollama_usage(document->root());

    BOOST_REQUIRE_EQUAL(usage.prompt_tokens(), prompt);
    BOOST_REQUIRE_EQUAL(usage.answer_tokens(), answer);
  }
}

BOOST_AUTO_TEST_SUITE_END()
