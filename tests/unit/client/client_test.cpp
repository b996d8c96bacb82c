#include "client/client.hpp"

#include <boost/test/unit_test.hpp>

#include "pricing/token_estimate.hpp"
#include "tests/unit/client/client_world.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

constexpr const char* usage = R"({"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100})";

Result<client::Answer, Failure> complete(ClientWorld& world, std::string model = "gpt-4o") {
  return world.loop.run(world.client.complete(std::move(model), ClientWorld::question("Capital of Peru?")));
}

Result<client::Answer, Failure> stream(ClientWorld& world, std::vector<std::string>& pieces) {
  return world.loop.run(world.client.stream("gpt-4o", ClientWorld::question("Capital of Peru?"),
                                            [&](std::string_view piece) { pieces.emplace_back(piece); }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(client_complete)

BOOST_AUTO_TEST_CASE(takes_a_model_and_a_question_and_tells_text_usage_cost_and_route) {
  ClientWorld world;
  world.vendor.then(says("Lima", usage));

  const auto answer = complete(world);

  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->completion.text == "Lima");
  BOOST_TEST((answer->completion.usage.source == UsageSource::provider));
  BOOST_TEST(answer->cost.value().nanos() == 3'500'000);  // 1,000 × $2.50 + 100 × $10 per million
  BOOST_TEST(answer->place.provider == "openai");
  BOOST_TEST(answer->place.rule == "prefix gpt-");
  BOOST_TEST(answer->calls == 1);
}

BOOST_AUTO_TEST_CASE(estimates_usage_that_the_provider_left_out_and_says_so) {
  ClientWorld world;
  world.vendor.then(says("Lima"));

  const auto answer = complete(world);

  BOOST_TEST((answer.value().completion.usage.source == UsageSource::estimated));
  BOOST_TEST(answer->completion.usage.input.value() ==
             pricing::most_tokens("Capital of Peru?") + pricing::message_frame_tokens);
  BOOST_TEST(answer->completion.usage.output.value() == pricing::most_tokens("Lima"));
}

BOOST_AUTO_TEST_CASE(knows_no_cost_where_no_price_is_known) {
  ClientWorld world;
  world.vendor.then(says("Lima", usage));

  const auto answer = complete(world, "openai/some-new-model");

  BOOST_TEST(!answer.value().cost.has_value());
}

BOOST_AUTO_TEST_CASE(asks_again_after_a_failure_that_may_pass_each_time_under_a_name_of_its_own) {
  ClientWorld world;
  world.vendor.then(whole("{}", 503)).then(whole("{}", 429, {{"Retry-After", "2"}})).then(says("Lima", usage));
  const Instant before = world.loop.now();

  const auto answer = complete(world);

  BOOST_TEST(answer.value().completion.text == "Lima");
  BOOST_TEST(answer->calls == 3);
  BOOST_TEST((world.loop.now() - before >= std::chrono::seconds(2)));
  BOOST_REQUIRE(world.vendor.requests.size() == 3u);
  BOOST_TEST(*http::find_header(world.vendor.requests[0].headers, "X-Request-ID") !=
             *http::find_header(world.vendor.requests[1].headers, "X-Request-ID"));
}

BOOST_AUTO_TEST_CASE(asks_three_times_at_most_unless_told_otherwise) {
  ClientWorld world;
  world.vendor.then(whole("{}", 503));

  const auto answer = complete(world);

  BOOST_TEST((answer.error().kind == Failure::Kind::overloaded));
  BOOST_TEST(world.vendor.requests.size() == 3u);
}

BOOST_AUTO_TEST_CASE(asks_once_where_a_repeat_cannot_help) {
  ClientWorld world;
  world.vendor.then(whole(R"({"error":{"message":"no","code":"invalid_api_key"}})", 401));

  const auto answer = complete(world);

  BOOST_TEST((answer.error().kind == Failure::Kind::auth));
  BOOST_TEST(world.vendor.requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(moves_on_to_the_fallback_of_the_route) {
  routing::RouterSettings routes = ClientWorld::only_openai();
  routes.mode = routing::Mode::hybrid;
  routes.native_fallback = true;
  routes.providers.push_back(ClientWorld::provider("litellm", "https://proxy.test"));
  routes.providers.back().is_proxy = true;
  ClientWorld world({}, routes);
  world.vendor.then(whole("{}", 401)).then(says("Lima", usage));

  const auto answer = complete(world);

  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->place.provider == "litellm");
  BOOST_TEST(answer->place.rule == "fallback to the proxy");
  BOOST_TEST(world.vendor.requests[1].url.find("https://proxy.test") == 0u);
}

BOOST_AUTO_TEST_CASE(says_who_is_meant_when_nobody_serves_the_model_without_the_network) {
  ClientWorld world;

  const auto answer = complete(world, "gpt4o-mini");

  BOOST_TEST((answer.error().kind == Failure::Kind::model_not_found));
  BOOST_TEST((answer.error().source == Failure::Source::worker));
  BOOST_TEST(world.vendor.requests.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(client_stream)

BOOST_AUTO_TEST_CASE(hands_out_each_piece_and_gives_the_same_result_as_complete) {
  ClientWorld world;
  std::vector<std::string> pieces;
  world.vendor.then(streamed({"Li", "", "ma"}, usage)).then(says("Lima", usage));

  const auto answer = stream(world, pieces);
  const auto whole_answer = complete(world);

  BOOST_TEST(pieces == (std::vector<std::string>{"Li", "ma"}), boost::test_tools::per_element());
  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->completion.streamed);
  BOOST_TEST(answer->completion.text == whole_answer.value().completion.text);
  BOOST_TEST((answer->cost == whole_answer->cost));
  BOOST_TEST((answer->completion.usage.source == UsageSource::provider));
  BOOST_TEST((answer->completion.first_token == std::optional<Duration>(std::chrono::milliseconds(10))));
}

BOOST_AUTO_TEST_CASE(estimates_usage_only_when_the_stream_has_none) {
  ClientWorld world;
  std::vector<std::string> pieces;
  world.vendor.then(streamed({"Lima"}));

  const auto answer = stream(world, pieces);

  BOOST_TEST((answer.value().completion.usage.source == UsageSource::estimated));
  BOOST_TEST(world.vendor.requests[0].body.find("include_usage") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_broke_after_a_piece_is_not_asked_again_and_keeps_what_came) {
  ClientWorld world;
  std::vector<std::string> pieces;
  PiecewiseTransport::Answer cut = streamed({"Li"}, {}, false);
  cut.cut = true;
  world.vendor.then(cut);

  const auto answer = stream(world, pieces);

  BOOST_REQUIRE(!answer.has_value());
  BOOST_TEST((answer.error().kind == Failure::Kind::cut_off));
  BOOST_REQUIRE(answer.error().partial);
  BOOST_TEST(answer.error().partial->text == "Li");
  BOOST_TEST(world.vendor.requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(that_closed_cleanly_without_its_end_is_no_answer) {
  ClientWorld world;
  std::vector<std::string> pieces;
  world.vendor.then(streamed({"Li"}, {}, false));

  const auto answer = stream(world, pieces);

  BOOST_TEST((answer.error().kind == Failure::Kind::cut_off));
}

BOOST_AUTO_TEST_CASE(that_failed_before_any_text_is_asked_again) {
  ClientWorld world;
  std::vector<std::string> pieces;
  world.vendor.then(whole("{}", 503)).then(streamed({"Lima"}, usage));

  const auto answer = stream(world, pieces);

  BOOST_TEST(answer.value().completion.text == "Lima");
  BOOST_TEST(answer->calls == 2);
}

BOOST_AUTO_TEST_CASE(that_was_answered_whole_is_handed_out_in_one_piece) {
  ClientWorld world;
  std::vector<std::string> pieces;
  world.vendor.then(says("Lima", usage));

  const auto answer = stream(world, pieces);

  BOOST_TEST(answer.value().completion.text == "Lima");
  BOOST_TEST(pieces == (std::vector<std::string>{"Lima"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(longer_than_may_be_held_is_cut_there_and_read_no_further) {
  ClientWorld world;
  std::vector<std::string> pieces;
  world.vendor.then(streamed(std::vector<std::string>(1000, std::string(100, 'x')), usage));
  providers::Question question = ClientWorld::question("Tell me more");
  question.max_response_bytes = 1000;

  const auto answer = world.loop.run(
      world.client.stream("gpt-4o", std::move(question), [&](std::string_view piece) { pieces.emplace_back(piece); }));

  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST((answer->completion.finish_reason == FinishReason::length));
  BOOST_TEST(answer->completion.text.size() <= 1100u);  // the piece that passed the limit is the last
  BOOST_TEST(world.vendor.pieces_sent < 20u);
  std::string all;
  for (const std::string& piece : pieces) all += piece;
  BOOST_TEST(all == answer->completion.text);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(client_generator)

namespace {

struct Pulled {
  std::vector<std::string> pieces;
  std::optional<Result<client::Answer, Failure>> result;
};

Task<Pulled> pull_all(Client& client, Loop& loop, Duration pause) {
  Pulled pulled;
  const auto stream = client.open("gpt-4o", ClientWorld::question("Capital of Peru?"));
  for (;;) {
    Task<std::optional<std::string>> pulling = stream->next();
    auto piece = co_await pulling;
    if (!piece) break;
    pulled.pieces.push_back(std::move(*piece));
    co_await sleep_for(loop, pause);
  }
  pulled.result.emplace(stream->result());
  co_return pulled;
}

Task<std::string> pull_one(Client& client) {
  const auto stream = client.open("gpt-4o", ClientWorld::question("Capital of Peru?"));
  Task<std::optional<std::string>> pulling = stream->next();
  auto piece = co_await pulling;
  co_return piece.value_or("");
}

}  // namespace

BOOST_AUTO_TEST_CASE(gives_each_piece_and_then_the_result) {
  ClientWorld world;
  world.vendor.then(streamed({"Li", "m", "a"}, usage));

  const Pulled pulled = world.loop.run(pull_all(world.client, world.loop, Duration(1)));

  BOOST_TEST(pulled.pieces == (std::vector<std::string>{"Li", "m", "a"}), boost::test_tools::per_element());
  BOOST_TEST(pulled.result->value().completion.text == "Lima");
  BOOST_TEST(pulled.result->value().cost.value().nanos() == 3'500'000);
}

BOOST_AUTO_TEST_CASE(gives_a_slow_reader_all_that_came_meanwhile_at_once) {
  ClientWorld world;
  world.vendor.then(streamed({"Li", "m", "a"}, usage));

  const Pulled pulled = world.loop.run(pull_all(world.client, world.loop, std::chrono::seconds(1)));

  BOOST_TEST(pulled.pieces == (std::vector<std::string>{"Li", "ma"}), boost::test_tools::per_element());
  BOOST_TEST(pulled.result->value().completion.text == "Lima");
}

BOOST_AUTO_TEST_CASE(ends_with_the_failure) {
  ClientWorld world;
  world.vendor.then(whole("{}", 401));

  const Pulled pulled = world.loop.run(pull_all(world.client, world.loop, Duration(1)));

  BOOST_TEST(pulled.pieces.empty());
  BOOST_TEST((pulled.result->error().kind == Failure::Kind::auth));
}

BOOST_AUTO_TEST_CASE(that_nobody_wants_any_more_cuts_the_call) {
  ClientWorld world;
  world.vendor.then(streamed({"Li", "m", "a"}, usage));

  BOOST_TEST(world.loop.run(pull_one(world.client)) == "Li");

  BOOST_TEST(world.vendor.pieces_sent == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(client_lists)

namespace {

Chunks vectors(std::size_t count) {
  std::string data;
  for (std::size_t n = 0; n < count; ++n)
    data += (n ? "," : "") + (R"({"index":)" + std::to_string(n) + R"(,"embedding":[0.5,)" + std::to_string(n) + "]}");
  return whole(R"({"object":"list","model":"text-embedding-3-small","data":[)" + data +
               R"(],"usage":{"prompt_tokens":1000,"total_tokens":1000}})");
}

auto embed(ClientWorld& world, std::string model, std::size_t texts) {
  return world.loop.run(world.client.embed(std::move(model), std::vector<std::string>(texts, "some text")));
}

}  // namespace

BOOST_AUTO_TEST_CASE(embeds_texts_and_tells_usage_and_cost) {
  ClientWorld world;
  world.vendor.then(vectors(2));

  const auto made = embed(world, "openai/text-embedding-3-small", 2);

  BOOST_REQUIRE(made.has_value());
  BOOST_REQUIRE(made->vectors.size() == 2u);
  BOOST_TEST(made->vectors[1][1] == 1.0f);
  BOOST_TEST((made->usage.source == UsageSource::provider));
  BOOST_TEST(made->usage.input.value() == 1000);
  BOOST_TEST(made->cost.value().nanos() == 20'000);  // 1,000 × $0.02 per million
}

BOOST_AUTO_TEST_CASE(embeds_more_texts_than_one_call_takes) {
  ClientWorld world;
  const std::size_t most = providers::dialect(providers::DialectKind::openai_chat).most_embeddings({});
  world.vendor.then(vectors(most)).then(vectors(3));

  const auto made = embed(world, "openai/text-embedding-3-small", most + 3);

  BOOST_REQUIRE(made.has_value());
  BOOST_TEST(made->vectors.size() == most + 3);
  BOOST_TEST(made->calls == 2);
  BOOST_TEST(made->usage.input.value() == 2000);
}

BOOST_AUTO_TEST_CASE(needs_a_model_for_embeddings_named_or_configured) {
  client::Settings settings;
  ClientWorld without;
  settings.embedding_model = "openai/text-embedding-3-small";
  ClientWorld with(settings);
  with.vendor.then(vectors(1));

  BOOST_TEST((embed(without, "", 1).error().kind == Failure::Kind::bad_request));
  BOOST_TEST(embed(with, "", 1).value().place.model == "text-embedding-3-small");
}

BOOST_AUTO_TEST_CASE(lists_what_a_provider_serves) {
  ClientWorld world;
  world.vendor.then(
      whole(R"({"object":"list","data":[{"id":"gpt-4o","object":"model"},{"id":"gpt-4o-mini","object":"model"}]})"));

  const auto models = world.loop.run(world.client.list_models("openai"));

  BOOST_REQUIRE(models.has_value());
  BOOST_REQUIRE(models->size() == 2u);
  BOOST_TEST(models->at(0).name == "gpt-4o");
  BOOST_TEST(world.vendor.requests[0].method == "GET");
}

BOOST_AUTO_TEST_CASE(knows_price_and_context_of_a_model_without_asking) {
  ClientWorld world;

  const auto info = world.client.model_info("gpt-4o");

  BOOST_TEST(info.value().place.provider == "openai");
  BOOST_TEST(info->price.value().rates.input.value() == 2'500'000'000);
  BOOST_TEST(info->context_tokens.value() == 128'000);
  BOOST_TEST(world.vendor.requests.empty());
}

BOOST_AUTO_TEST_SUITE_END()
