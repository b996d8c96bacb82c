#include "pricing/price_book.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>

#include "pricing/cost.hpp"

using namespace assay;
using namespace assay::pricing;

namespace {

const Day today = *parse_day("2026-11-21");

std::string model_found(const PriceBook& book, std::string_view vendor, std::string_view model) {
  const auto price = book.find(vendor, model, today);
  return price ? price->vendor + "/" + price->model : "unknown";
}

PriceBook book(const std::string& rows) {
  auto book = PriceBook::parse("vendor\tmodel\tfrom\tinput\toutput\tsource\n" + rows);
  BOOST_REQUIRE_MESSAGE(book.has_value(), (book ? std::string() : book.error()));
  return *book;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(price_book)

BOOST_AUTO_TEST_CASE(the_products_own_book_is_valid_and_dated) {
  const PriceBook own = product_price_book();

  BOOST_TEST(own.size() > 100u);
  for (const std::string& name : own.names()) {
    const std::size_t slash = name.find('/');
    const auto price = own.find(name.substr(0, slash), name.substr(slash + 1), today);
    BOOST_REQUIRE_MESSAGE(price.has_value(), name);
    BOOST_TEST(!price->source.empty(), name);
    BOOST_TEST(price->from.since_epoch > parse_day("2024-01-01")->since_epoch, name);
    BOOST_TEST(*price->rates.input > 0, name);
    BOOST_TEST(*price->rates.input <= 600'000'000'000, name << ": the unit is a million tokens");
    if (price->vendor == "anthropic" && price->rates.cache_write_1h) {
      // The vendor's own rule.
      BOOST_TEST(*price->rates.cache_write_1h == 2 * *price->rates.input, name);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_row_of_the_products_book_keeps_the_vendors_own_rules) {
  const PriceBook own = product_price_book();
  for (const Price& price : own.prices()) {
    const std::string name = price.vendor + "/" + price.model;
    std::vector<Rates> all = {price.rates};
    for (const ContextTier& tier : price.context_tiers) all.push_back(price.rates.replaced_by(tier.rates));
    for (const ServiceTier& tier : price.service_tiers) all.push_back(price.rates.replaced_by(tier.rates));
    for (const Rates& rates : all) {
      for (const auto& rate : {rates.input, rates.cached_read, rates.cache_write_5m, rates.cache_write_1h, rates.output,
                               rates.reasoning})
        BOOST_TEST((!rate || (*rate >= 0 && *rate <= max_rate)), name);
      const bool embedding = *rates.output == 0;
      BOOST_TEST((embedding || *rates.output >= *rates.input), name);
      if (rates.cached_read) BOOST_TEST(*rates.cached_read <= *rates.input, name);
    }
    if (price.vendor != "anthropic" || price.model == "claude-3-haiku-20240307") continue;
    for (std::size_t i = 0; i <= price.context_tiers.size(); ++i) {
      const Rates& rates = all[i];
      if (rates.cache_write_5m) BOOST_TEST(*rates.cache_write_5m * 4 == *rates.input * 5, name);
      if (rates.cache_write_1h) BOOST_TEST(*rates.cache_write_1h == *rates.input * 2, name);
      if (rates.cached_read) BOOST_TEST(*rates.cached_read * 10 == *rates.input, name);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_tier_is_reached_by_the_whole_prompt_and_only_above_its_bound) {
  const PriceBook own = product_price_book();
  for (const Price& price : own.prices()) {
    for (const ContextTier& tier : price.context_tiers) {
      Usage usage;
      usage.source = UsageSource::provider;
      usage.output = 0;
      usage.input = tier.above_input_tokens - 100;
      usage.cached_read = 100;
      const Money at = *cost(usage, price);
      usage.cached_read = 101;
      BOOST_TEST(cost(usage, price)->nanos() * 2 > at.nanos() * 3, price.vendor + "/" + price.model);
      const bool known_bound = tier.above_input_tokens == 200'000 || tier.above_input_tokens == 272'000 ||
                               tier.above_input_tokens == 128'000 || tier.above_input_tokens == 256'000;
      BOOST_TEST(known_bound, price.model);
    }
  }
}

BOOST_AUTO_TEST_CASE(prices_made_elsewhere_come_before_the_products_own) {
  Price mine;
  mine.vendor = "google";
  mine.model = "gemini-2.5-pro";
  mine.source = "contract";
  mine.rates.input = 1;
  mine.rates.output = 2;

  const PriceBook both = product_price_book().overridden_by(PriceBook::of({mine}));

  BOOST_TEST(both.find("gemini", "gemini-2.5-pro", today)->source == "contract");
  BOOST_TEST(both.find("gemini", "gemini-2.5-flash", today)->source != "contract");
  BOOST_TEST(both.find("azure", "gpt-4o", today)->vendor == "azure_openai");
}

BOOST_AUTO_TEST_CASE(sonnet_4_costs_eighteen_dollars_for_a_million_tokens_each_way_below_its_long_context_tier) {
  const Price sonnet = *product_price_book().find("anthropic", "claude-sonnet-4-20250514", today);
  BOOST_TEST(*sonnet.rates.input == 3'000'000'000);
  BOOST_TEST(*sonnet.rates.output == 15'000'000'000);

  Usage usage;
  usage.source = UsageSource::provider;
  usage.input = 200'000;
  usage.output = 1'000'000;
  BOOST_TEST(to_dollars(*cost(usage, sonnet)) == "15.600000000");
  usage.input = 200'001;
  BOOST_TEST(to_dollars(*cost(usage, sonnet)) == "23.700006000");
}

BOOST_AUTO_TEST_CASE(gpt_4o_has_two_rates) {
  const Price gpt = *product_price_book().find("openai", "gpt-4o", today);
  BOOST_TEST(*gpt.rates.input == 2'500'000'000);
  BOOST_TEST(*gpt.rates.output == 10'000'000'000);
}

BOOST_AUTO_TEST_CASE(finds_dated_undated_latest_and_prefixed_names) {
  const PriceBook own = product_price_book();
  BOOST_TEST(model_found(own, "openai", "gpt-4o") == "openai/gpt-4o");
  BOOST_TEST(model_found(own, "openai", "gpt-4o-2024-08-06") == "openai/gpt-4o");
  BOOST_TEST(model_found(own, "openai", "gpt-4o-2024-05-13") == "openai/gpt-4o-2024-05-13");
  BOOST_TEST(model_found(own, "anthropic", "claude-sonnet-4-5-20250929") == "anthropic/claude-sonnet-4-5");
  BOOST_TEST(model_found(own, "anthropic", "claude-sonnet-4-5@20250929") == "anthropic/claude-sonnet-4-5");
  BOOST_TEST(model_found(own, "anthropic", "claude-sonnet-4") == "anthropic/claude-sonnet-4-20250514");
  BOOST_TEST(model_found(own, "anthropic", "claude-3-5-sonnet-latest") == "anthropic/claude-3-5-sonnet-20241022");
  BOOST_TEST(model_found(own, "litellm", "anthropic/claude-haiku-4-5") == "anthropic/claude-haiku-4-5");
  BOOST_TEST(model_found(own, "litellm", "google/gemini-2.5-pro") == "gemini/gemini-2.5-pro");
  BOOST_TEST(model_found(own, "groq", "openai/gpt-oss-120b") == "groq/openai/gpt-oss-120b");
}

BOOST_AUTO_TEST_CASE(what_it_does_not_know_is_unknown) {
  const PriceBook own = product_price_book();
  for (const char* model : {"no-such-model", "", "/", "gpt-4o-", "gpt-4o-mini-audio", "gpt", "GPT-4o", "openai/"}) {
    BOOST_TEST(model_found(own, "openai", model) == "unknown", model);
  }
  BOOST_TEST(model_found(own, "nobody", "gpt-4o") == "unknown");
  BOOST_TEST(model_found(own, "gemini", "gemini-1.5-flash") == "unknown");
}

BOOST_AUTO_TEST_CASE(the_row_in_force_on_the_day_holds) {
  const PriceBook given = book("v\tm\t2026-03-01\t2\t4\ts\nv\tm\t2026-01-01\t1\t2\ts\n");
  const auto input = [&](const char* day) { return *given.find("v", "m", *parse_day(day))->rates.input; };

  BOOST_TEST(input("2025-01-01") == 1'000'000'000);
  BOOST_TEST(input("2026-02-28") == 1'000'000'000);
  BOOST_TEST(input("2026-03-01") == 2'000'000'000);
  BOOST_TEST(input("2030-01-01") == 2'000'000'000);
}

BOOST_AUTO_TEST_CASE(an_override_replaces_the_model_it_names_and_no_other) {
  const PriceBook ours = book("v\ta\t2026-01-01\t1\t2\tlist\nv\tb\t2026-01-01\t1\t2\tlist\n");
  const PriceBook both = ours.overridden_by(book("v\ta\t2027-01-01\t9\t9\tcontract\n"));

  BOOST_TEST(both.find("v", "a", today)->source == "contract");
  BOOST_TEST(both.find("v", "b", today)->source == "list");
}

BOOST_AUTO_TEST_CASE(a_faulty_list_is_refused_with_its_line) {
  const std::string head = "# comment\n\nvendor\tmodel\tfrom\tinput\toutput\ttiers\tsource\n";
  const auto complaint = [&](const std::string& row) {
    const auto parsed = PriceBook::parse(head + row);
    return parsed ? "accepted" : parsed.error();
  };

  BOOST_TEST(complaint("v\tm\t2026-01-01\t1\t2\t-\ts") == "accepted");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t1\t2\t>100:input=1 >200:input=2,output=3\ts") == "accepted");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t1\t2\ts") == "price list, line 4: has 6 columns, the heading 7");
  BOOST_TEST(complaint("v\tm\t2026-01-41\t1\t2\t-\ts") == "price list, line 4: \"2026-01-41\" is no from");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t-1\t2\t-\ts") == "price list, line 4: \"-1\" is no input");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t0.0000000001\t2\t-\ts") ==
             "price list, line 4: \"0.0000000001\" is no input");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t3e-6\t2\t-\ts") == "price list, line 4: \"3e-6\" is no input");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t-\t2\t-\ts") == "price list, line 4: a price states input and output");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t1\t2\t-\t-") == "price list, line 4: \"-\" is no source");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t1\t2\t200:input=1\ts") == "price list, line 4: \"200:input=1\" is no tiers");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t1\t2\t>200:speed=1\ts") ==
             "price list, line 4: \">200:speed=1\" is no tiers");
  BOOST_TEST(complaint("v\tm\t2026-01-01\t1\t2\t-\ts\nv\tm\t2026-01-01\t3\t4\t-\ts") ==
             "two prices for v/m from 2026-01-01");
  BOOST_TEST(!PriceBook::parse("vendor\tmodel\tinput\toutput\tsource\n").has_value());
}

BOOST_AUTO_TEST_CASE(the_book_in_the_program_is_the_file_in_the_tree) {
  std::ifstream file(ASSAY_SOURCE_DIR "/lib/pricing/book/prices.tsv");
  std::stringstream text;
  text << file.rdbuf();
  const auto on_disk = PriceBook::parse(text.str());

  BOOST_REQUIRE(on_disk.has_value());
  BOOST_TEST((on_disk->names() == product_price_book().names()));
}

BOOST_AUTO_TEST_SUITE_END()
