#include "providers/content_blocks.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "json/document.hpp"
#include "json/writer.hpp"
#include "providers/anthropic_answer.hpp"
#include "providers/bedrock_answer.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

/// A count as any server might send it: absent, null, zero, negative, senseless, or a number.
void any_count(json::Writer& out, const char* name, std::mt19937_64& random) {
  switch (random() % 8) {
    case 0:
      return;
    case 1:
      out.key(name).null();
      return;
    case 2:
      out.field(name, -5);
      return;
    case 3:
      out.field(name, "many");
      return;
    case 4:
      out.field(name, 0);
      return;
    default:
      out.field(name, static_cast<std::int64_t>(random() % 100'000));
  }
}

std::int64_t sent(json::View count) {
  const auto number = count.as_int64();
  return number && *number > 0 ? *number : 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(content_blocks)

BOOST_AUTO_TEST_CASE(take_no_more_calls_than_any_answer_has) {
  ContentBlocks blocks;
  for (std::size_t i = 0; i < ContentBlocks::most_calls; ++i) BOOST_REQUIRE(blocks.begin_tool(1, "id", "name"));

  BOOST_TEST(!blocks.begin_tool(1, "id", "name"));

  BOOST_TEST(blocks.begin_tool(2, "id", answer_tool));  // no call
}

BOOST_AUTO_TEST_CASE(count_every_byte_they_hold) {
  ContentBlocks blocks;
  blocks.begin_text();
  blocks.add_text("four");
  blocks.begin_text();
  blocks.begin_reasoning();
  blocks.add_reasoning("three");
  blocks.begin_tool(7, "id", "name");
  blocks.add_input(7, "{}");
  blocks.add_input(8, "of no call");
  BOOST_TEST(blocks.held() == 4u + 1u + 5u + 6u + 2u);
}

BOOST_AUTO_TEST_CASE(give_pieces_to_the_call_they_name) {
  ContentBlocks blocks;
  blocks.begin_tool(1, "a", "first");
  blocks.begin_tool(2, "b", "second");
  blocks.add_input(1, "{\"x\":");
  blocks.add_input(2, "{}");
  blocks.add_input(1, "1}");

  Completion completion;
  blocks.move_into(completion);

  BOOST_TEST(completion.tool_calls ==
             R"([{"id":"a","type":"function","function":{"name":"first","arguments":"{\"x\":1}"}},)"
             R"({"id":"b","type":"function","function":{"name":"second","arguments":"{}"}}])");
  BOOST_TEST(blocks.held() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(usage_of_blocks)

BOOST_AUTO_TEST_CASE(of_bedrock_sums_to_what_was_sent_whatever_was_sent) {
  std::mt19937_64 random(20261121);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    for (const char* name :
         {"inputTokens", "outputTokens", "totalTokens", "cacheReadInputTokens", "cacheWriteInputTokens"})
      any_count(out, name, random);
    if (random() % 2 == 0) {
      out.key("cacheDetails").begin_array();
      for (std::uint64_t details = random() % 3; details > 0; --details) {
        out.begin_object().field("ttl", random() % 2 == 0 ? "5m" : "1h");
        any_count(out, "inputTokens", random);
        out.end_object();
      }
      out.end_array();
    }
    out.end_object();
    const json::Document document = json::parse(text).value();
    const json::View view = document.root();
    const bool inclusive = random() % 2 == 0;

    const Usage usage = read_bedrock_usage(view, inclusive);

    const std::int64_t input = sent(view["inputTokens"]), read = sent(view["cacheReadInputTokens"]);
    const std::int64_t writes = usage.cache_write_5m.value_or(0) + usage.cache_write_1h.value_or(0);
    BOOST_REQUIRE_GE(usage.input.value_or(0), 0);
    if (view["cacheWriteInputTokens"].as_int64().value_or(-1) >= 0)
      BOOST_REQUIRE_EQUAL(writes, sent(view["cacheWriteInputTokens"]));
    const bool as_sent = usage.prompt_tokens() == input + read + writes;
    const bool taken_out = inclusive && usage.prompt_tokens() == input;
    BOOST_REQUIRE_MESSAGE(as_sent || taken_out, text);
    BOOST_REQUIRE_EQUAL(usage.answer_tokens(), sent(view["outputTokens"]));
    BOOST_REQUIRE_EQUAL(usage.raw, text);
  }
}

BOOST_AUTO_TEST_CASE(of_anthropic_sums_to_what_was_sent_whatever_was_sent) {
  std::mt19937_64 random(20261121);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    for (const char* name : {"input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"})
      any_count(out, name, random);
    if (random() % 2 == 0) {
      out.key("cache_creation").begin_object();
      any_count(out, "ephemeral_5m_input_tokens", random);
      any_count(out, "ephemeral_1h_input_tokens", random);
      out.end_object();
    }
    if (random() % 2 == 0) {
      out.key("output_tokens_details").begin_object();
      any_count(out, "thinking_tokens", random);
      out.end_object();
    }
    out.end_object();
    const json::Document document = json::parse(text).value();
    const json::View view = document.root(), split = view["cache_creation"];

    const Usage usage = read_anthropic_usage(view);

    const std::int64_t parts = sent(split["ephemeral_5m_input_tokens"]) + sent(split["ephemeral_1h_input_tokens"]);
    const std::int64_t writes = parts > 0 ? parts : sent(view["cache_creation_input_tokens"]);
    BOOST_REQUIRE_EQUAL(usage.prompt_tokens(),
                        sent(view["input_tokens"]) + sent(view["cache_read_input_tokens"]) + writes);
    BOOST_REQUIRE_EQUAL(usage.answer_tokens(), sent(view["output_tokens"]));
    BOOST_REQUIRE_GE(usage.output.value_or(0), 0);
  }
}

BOOST_AUTO_TEST_SUITE_END()
