#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "pricing/cost.hpp"
#include "tests/support/test_database.hpp"

using namespace assay;

/// The sum of tokens times rates, said twice: in C++ where calls are booked, in SQL where they are rated again.
namespace {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  std::int64_t below(std::int64_t end) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(end));
  }
  bool one_in(std::int64_t n) { return below(n) == 0; }

  std::optional<std::int64_t> tokens() {
    if (one_in(3)) return std::nullopt;
    if (one_in(200)) return one_in(2) ? -1 : 1'000'000'000'000'000 + below(2);
    return below(one_in(4) ? 2'000'000 : 5'000);
  }
  std::optional<std::int64_t> rate(bool stated = false) {
    if (!stated && one_in(3)) return std::nullopt;
    return one_in(50) ? pricing::max_rate : below(100'000'000'001);
  }
  pricing::Rates rates(bool list) { return {rate(list), rate(), rate(), rate(), rate(list), rate()}; }

  pricing::Price price() {
    pricing::Price price;
    price.vendor = "v";
    price.model = "m";
    price.from = Day{20'000};
    price.rates = rates(true);
    for (std::int64_t i = below(3); i > 0; --i) price.context_tiers.push_back({below(400'000), rates(false)});
    if (one_in(2)) price.service_tiers = {{"flex", rates(false)}, {"priority", rates(false)}};
    return price;
  }
  Usage usage() {
    Usage usage{tokens(), tokens(), tokens(), tokens(), tokens(), tokens(), UsageSource::provider, ""};
    if (one_in(20)) usage.source = UsageSource::none;
    if (one_in(5)) usage.source = UsageSource::estimated;
    return usage;
  }

 private:
  std::mt19937_64 random_;
};

std::string text_of(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : "null";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rerating)

BOOST_AUTO_TEST_CASE(gives_in_sql_what_booking_gives_in_cpp_to_the_nano_dollar) {
  constexpr int rows = 5'000;
  constexpr const char* tiers[] = {"", "flex", "priority", "batch"};
  testing::TestDatabase database;
  Chance chance(7);
  std::string values;
  std::vector<std::string> wanted;
  for (int i = 0; i < rows; ++i) {
    const pricing::Price price = chance.price();
    const Usage usage = chance.usage();
    const std::string tier = tiers[chance.below(4)];
    const auto cost = pricing::cost(usage, price, tier);
    wanted.push_back(cost ? std::to_string(cost->nanos()) : "");
    values += (i == 0 ? "(" : ",(") + std::to_string(i) + ",'" + pricing::to_json(price) + "'::jsonb";
    for (const auto& tokens :
         {usage.input, usage.cached_read, usage.cache_write_5m, usage.cache_write_1h, usage.output, usage.reasoning})
      values += "," + text_of(tokens) + "::bigint";
    values +=
        ",'" + std::string(to_string(usage.source)) + "'::@assay_private@.usage_source,nullif('" + tier + "', ''))";
  }

  const postgres::Rows rated = database.run("select @assay_private@.rate(p, i, cr, c5, c1, o, r, s, t) from (values " +
                                            values + ") v(n, p, i, cr, c5, c1, o, r, s, t) order by n");

  BOOST_REQUIRE(rated.size() == rows);
  int known = 0, different = 0;
  for (int i = 0; i < rows; ++i) {
    const std::string& booked = wanted[static_cast<std::size_t>(i)];
    known += booked.empty() ? 0 : 1;
    if (rated.text(i, 0) != booked && ++different < 5) BOOST_TEST(rated.text(i, 0) == booked, "row " << i);
  }
  BOOST_TEST(different == 0);
  BOOST_TEST(known > rows / 2);
  BOOST_TEST(known < rows);
}

BOOST_AUTO_TEST_CASE(refuses_prices_without_a_unit_and_models_without_a_name) {
  testing::TestDatabase database;
  const auto answer = [&](const std::string& arguments) -> std::string {
    try {
      database.run("select @assay@.put_model(" + arguments + ")");
      return "ok";
    } catch (const postgres::DatabaseError& error) {
      return error.sqlstate() + " " + error.message().substr(0, error.message().find(':'));
    }
  };
  const std::string sound = R"('{"unit": "per_million", "input": 3, "output": "15.5"}')";
  BOOST_TEST(answer("'a', 'openai', 'm', " + sound) == "ok");
  BOOST_TEST(answer("'a', 'openai', 'm', " + sound) == "ok");
  BOOST_TEST(answer("'b', 'openai', 'm'") == "ok");
  BOOST_TEST(answer("'b', 'openai', 'm', " + sound) == "ZA001 p_prices");
  BOOST_TEST(answer(R"('c', 'openai', 'x', '{"input": 3, "output": 15}')") == "ZA001 p_prices.unit");
  BOOST_TEST(answer(R"('c', 'openai', 'x', '{"unit": "per_day", "input": 3, "output": 15}')") == "ZA001 p_prices.unit");
  BOOST_TEST(answer(R"('c', 'openai', 'x', '{"unit": "per_million", "input": 3}')") == "ZA001 p_prices");
  BOOST_TEST(answer(R"('c', 'openai', 'x', '{"unit": "per_million", "input": -3, "output": 15}')") ==
             "ZA001 p_prices.input");
  BOOST_TEST(answer(R"('c', 'openai', 'x', '{"unit": "per_token", "input": 3, "output": 15}')") ==
             "ZA001 p_prices.input");
  BOOST_TEST(answer(R"('c', 'openai', 'x', '{"unit": "per_million", "in": 3, "output": 15}')") == "ZA003 p_prices.in");
  BOOST_TEST(answer("'', 'openai'") == "ZA001 p_name");
  BOOST_TEST(answer("'c', ''") == "ZA001 p_provider");
  BOOST_TEST(answer("'c', 'openai', p_lifecycle => 'young'") == "ZA001 p_lifecycle");
  BOOST_TEST(answer("'c', 'openai', p_context_tokens => 0") == "ZA001 p_context_tokens");
  BOOST_TEST(database.text("select @assay_worker@.models_v1()::jsonb -> 0 -> 'rates' #>> '{}'") ==
             R"({"input": 3000000000, "output": 15500000000})");
  BOOST_TEST(database.text("select @assay@.drop_model('a')") == "t");
  BOOST_TEST(database.text("select @assay@.drop_model('a')") == "f");
  BOOST_TEST(database.number("select @assay_worker@.control_v1()") == 4);
}

BOOST_AUTO_TEST_SUITE_END()
