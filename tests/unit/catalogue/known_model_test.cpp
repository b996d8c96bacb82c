#include "catalogue/known_model.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "catalogue/aliases.hpp"
#include "catalogue/from_settings.hpp"
#include "config/load.hpp"
#include "pricing/cost.hpp"

using namespace assay;
using namespace assay::catalogue;

namespace {

config::Settings settings(std::string yaml, std::map<std::string, std::string> environment = {}) {
  config::Sources sources;
  sources.file = config::Sources::File{"assay.yaml", std::move(yaml)};
  sources.environment = std::move(environment);
  auto loaded = config::load(sources);
  BOOST_REQUIRE_MESSAGE(loaded.has_value(), source::to_text(loaded ? std::vector<source::Fault>() : loaded.error()));
  return std::move(loaded->settings);
}

const char* const own_models = R"(
models:
  gpt-4:
    provider: openai
    unit: per_thousand
    input: 0.03
    output: 0.06
    requests_per_minute: 200
    tokens_per_minute: 40000
    context_tokens: 8192
    task_types: [chat, code]
  corp: { provider: together_ai, model: meta-llama/Llama-3.3-70B, unit: per_million, input: 1, output: 2, lifecycle: deprecated }
aliases: { best: corp, sonnet: claude-opus-4-5 }
)";

}  // namespace

BOOST_AUTO_TEST_SUITE(catalogue_of_models)

BOOST_AUTO_TEST_CASE(the_programs_own_list_holds_a_hundred_models_that_all_have_a_price) {
  const auto cards = product_cards();
  const pricing::PriceBook prices = pricing::product_price_book();
  std::set<std::string> names;
  int whole = 0;

  BOOST_TEST(cards.size() >= 100u);
  for (const ModelCard& card : cards) {
    BOOST_TEST(names.insert(card.provider + "/" + card.model).second, card.model << " stands there twice");
    BOOST_TEST(!card.source.empty(), card.model);
    BOOST_TEST((card.mode == ModelCard::Mode::embedding) == card.can.empty(), card.model);
    if (card.model.starts_with("gemini-1.5-flash")) continue;  // the source's price cannot be one
    const auto price = prices.find(card.provider, card.model, Day{1'000'000});
    BOOST_REQUIRE_MESSAGE(price.has_value(), card.provider << "/" << card.model);
    BOOST_TEST(price->model == card.model);
    whole += price->context_tokens ? 1 : 0;
  }
  BOOST_TEST(whole >= 130);
}

BOOST_AUTO_TEST_CASE(every_alias_leads_to_a_model_that_is_served_and_has_a_price) {
  const Knowledge knowledge{config::Settings()};

  for (const char* name : {"claude", "sonnet", "opus", "gpt-4", "gpt", "gemini", "gemini-pro"}) {
    const auto model = knowledge.find(name);
    BOOST_REQUIRE_MESSAGE(model.has_value(), name);
    BOOST_TEST(!model->alias_of.empty(), name);
    BOOST_TEST(model->lifecycle() == "current", name);
    BOOST_TEST(model->price.has_value(), name);
  }
  for (const routing::Alias& alias : product_aliases()) BOOST_TEST(knowledge.find(alias.name).has_value(), alias.name);
  BOOST_TEST(knowledge.find("sonnet")->model == "claude-sonnet-4-5-20250929");
}

BOOST_AUTO_TEST_CASE(a_name_is_found_however_it_is_written) {
  const Knowledge knowledge{config::Settings()};

  BOOST_TEST(knowledge.find("gpt-4o")->name == "openai/gpt-4o");
  BOOST_TEST(knowledge.find("openai/gpt-4o")->name == "openai/gpt-4o");
  BOOST_TEST(knowledge.find("google/gemini-2.5-pro")->name == "gemini/gemini-2.5-pro");
  BOOST_TEST(knowledge.find("mistral-large-latest")->provider == "mistral");
  BOOST_TEST(knowledge.find("gpt-4o-2024-11-20")->card->model == "gpt-4o");
  BOOST_TEST(!knowledge.find("gpt-9").has_value());
  BOOST_TEST(!knowledge.find("nobody/gpt-4o").has_value());
  BOOST_TEST(!knowledge.find("").has_value());
  BOOST_TEST(knowledge.near("claude-sonet-5").find("claude-sonnet-5") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_model_of_the_configuration_comes_before_aliases_and_the_programs_own) {
  const Knowledge knowledge(settings(own_models));

  const auto gpt = knowledge.find("gpt-4");
  BOOST_REQUIRE(gpt.has_value());
  BOOST_TEST(gpt->alias_of == "");
  BOOST_TEST(*gpt->price->rates.input == 30'000'000'000);
  BOOST_TEST(gpt->price->source == "configuration");
  BOOST_TEST(gpt->context_tokens().value() == 8192);
  BOOST_TEST(gpt->custom->requests_per_minute == 200);
  BOOST_TEST(knowledge.find("best")->alias_of == "corp");
  BOOST_TEST(knowledge.find("best")->provider == "together");
  BOOST_TEST(knowledge.find("corp")->lifecycle() == "deprecated");
  BOOST_TEST(knowledge.find("sonnet")->alias_of == "claude-opus-4-5");
}

BOOST_AUTO_TEST_CASE(a_model_of_the_configuration_is_routed_and_priced_as_it_says) {
  const config::Settings given = settings(own_models, {{"OPENAI_API_KEY", "k"}, {"TOGETHER_API_KEY", "t"}});

  const auto route = routing::Router(router_settings(given)).route("best");

  BOOST_REQUIRE(route.has_value());
  BOOST_TEST(route->deployment.provider == "together");
  BOOST_TEST(route->deployment.vendor == "together");
  BOOST_TEST(route->deployment.model == "meta-llama/Llama-3.3-70B");
  Usage usage;
  usage.source = UsageSource::provider;
  usage.input = 1'000'000;
  usage.output = 1'000'000;
  const auto price = price_book(given).find(route->deployment.vendor, route->deployment.model, Day{20'000});
  BOOST_TEST(to_dollars(*pricing::cost(usage, *price)) == "3.000000000");
}

BOOST_AUTO_TEST_CASE(everything_known_is_listed_once) {
  const auto models = Knowledge(settings(own_models)).all();
  std::set<std::string> names;

  for (const KnownModel& model : models) BOOST_TEST(names.insert(model.name).second, model.name);
  BOOST_TEST(names.contains("corp"));
  BOOST_TEST(names.contains("gpt-4"));
  BOOST_TEST(!names.contains("openai/gpt-4"));
}

BOOST_AUTO_TEST_CASE(a_chain_names_each_model_once) {
  const config::Settings given = settings(R"(
fallbacks:
  claude-sonnet-4: [gpt-4o, claude-opus-4]
  gpt-4o: claude-sonnet-4
  claude-opus-4: [gemini-2.5-pro, gpt-4o]
)");

  BOOST_TEST(chain_of(given, "claude-sonnet-4") ==
                 (std::vector<std::string>{"claude-sonnet-4", "gpt-4o", "claude-opus-4", "gemini-2.5-pro"}),
             boost::test_tools::per_element());
  BOOST_TEST(chain_of(given, "other").size() == 1u);
}

BOOST_AUTO_TEST_CASE(aws_keys_sign_unless_there_is_a_bearer) {
  const std::map<std::string, std::string> pair = {
      {"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "s"}, {"AWS_SESSION_TOKEN", "t"}, {"AWS_REGION", "eu-west-1"}};
  std::map<std::string, std::string> both = pair;
  both["AWS_BEARER_TOKEN_BEDROCK"] = "b";

  const auto signs = routing::Router(router_settings(settings("", pair))).route("bedrock/amazon.nova-lite-v1:0");
  const auto bears = routing::Router(router_settings(settings("", both))).route("bedrock/amazon.nova-lite-v1:0");

  BOOST_REQUIRE(signs.has_value());
  BOOST_TEST(signs->deployment.base_url == "https://bedrock-runtime.eu-west-1.amazonaws.com");
  BOOST_TEST(signs->deployment.key.reveal() == "s");
  BOOST_TEST(signs->deployment.key_id == "AKID");
  BOOST_TEST(signs->deployment.session_token.reveal() == "t");
  BOOST_TEST(bears->deployment.key.reveal() == "b");
  BOOST_TEST(bears->deployment.key_id == "");
}

BOOST_AUTO_TEST_CASE(lists_that_are_wrong_are_refused_with_their_line) {
  const std::string heading = "provider\tmodel\tmode\tlifecycle\tuntil\tcan\tsource\n";

  BOOST_TEST(parse_cards(heading + "a\tb\tchat\tcurrent\t-\t-\ts\n")->size() == 1u);
  for (const char* row : {"a\tb\tchat\tcurrent\t-\t-", "a\tb\tspeech\tcurrent\t-\t-\ts", "a\tb\tchat\tnew\t-\t-\ts",
                          "a\tb\tchat\tcurrent\tsoon\t-\ts", "\tb\tchat\tcurrent\t-\t-\ts", "a\tb\tchat\tcurrent\t-\t-\t"})
    BOOST_TEST(parse_cards(heading + row).error() == "list of models, line 2: not a model", row);
  BOOST_TEST(parse_cards("model\nx").error() == "list of models, line 1: another heading");
}

BOOST_AUTO_TEST_CASE(aliases_that_are_wrong_are_refused) {
  BOOST_TEST(parse_aliases("a", "x: y")->size() == 1u);
  for (const char* yaml : {"x: [y]", "x: y\ny: z", "- x", "x:"}) BOOST_TEST(!parse_aliases("a", yaml).has_value(), yaml);
}

BOOST_AUTO_TEST_SUITE_END()
