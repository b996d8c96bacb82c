// Commands that keep something in the database, or read it, as people type them.
#include <boost/test/unit_test.hpp>

#include "tests/support/ran_program.hpp"
#include "tests/support/test_database.hpp"

using namespace assay;
using testing::Ran;

namespace {

struct Typed {
  testing::TestDatabase database;

  Ran run(std::vector<std::string> arguments) const {
    cli::World world;
    world.arguments = std::move(arguments);
    world.environment = {{"DATABASE_URL", database.url()}, {"ASSAY_SCHEMA", database.schema().prefix()}};
    return testing::run_program(world);
  }
  std::string models() {
    return database.text(
        "select coalesce(string_agg(concat_ws('|', name, provider, model, input, output), ' ' "
        "order by name), '') from @assay@.models");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(commands, Typed)

BOOST_AUTO_TEST_CASE(models_add_stores_replaces_and_remove_drops) {
  const Ran added = run({"models", "add", "house/fast", "--provider", "openai", "--model", "gpt-4o-mini", "--unit",
                         "per_million", "--price-in", "0.15", "--price-out", "0.60", "--context", "128000"});
  BOOST_TEST(added.code == 0, added.said);
  BOOST_TEST(added.out == "house/fast\n");
  BOOST_TEST(models() == "house/fast|openai|gpt-4o-mini|0.150000000|0.600000000");

  const Ran replaced = run({"models", "add", "house/fast", "--provider", "openai", "--unit", "per_thousand",
                            "--price-in", "0.0002", "--price-out", "0.0008"});
  BOOST_TEST(replaced.code == 0, replaced.said);
  BOOST_TEST(models() == "house/fast|openai|house/fast|0.200000000|0.800000000");

  BOOST_TEST(run({"models", "remove", "house/fast"}).code == 0);
  BOOST_TEST(models() == "");
}

BOOST_AUTO_TEST_CASE(models_remove_says_that_there_was_none) {
  const Ran ran = run({"models", "remove", "house/fast"});

  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.said == "assay: no model house/fast was added\n");
}

BOOST_AUTO_TEST_CASE(what_the_database_refuses_is_told_by_name) {
  const std::vector<std::vector<std::string>> wrong{{"--lifecycle", "ancient"},
                                                    {"--mode", "painting"},
                                                    {"--unit", "per_million", "--price-in", "-1", "--price-out", "1"},
                                                    {"--unit", "per_dozen", "--price-in", "1", "--price-out", "1"},
                                                    {"--unit", "per_million", "--price-in", "1"}};
  for (const auto& options : wrong) {
    std::vector<std::string> arguments{"models", "add", "house/fast", "--provider", "openai"};
    arguments.insert(arguments.end(), options.begin(), options.end());

    const Ran ran = run(arguments);

    BOOST_TEST(ran.code == 2, options[1] << " was taken");
    BOOST_TEST(ran.said.find("[ZA00") != std::string::npos, ran.said);
    BOOST_TEST(ran.out.empty());
  }
  BOOST_TEST(models() == "");
}

BOOST_AUTO_TEST_CASE(usage_adds_up_under_every_heading_also_when_there_is_nothing) {
  for (const std::string heading : {"provider", "model", "day", "tenant", "job"}) {
    const Ran table = run({"usage", "--by", heading}), lines = run({"usage", "--by", heading, "--json"});

    BOOST_TEST(table.code == 0, table.said);
    BOOST_TEST(table.out.find("unknown_calls") != std::string::npos, table.out);
    BOOST_TEST(lines.code == 0, lines.said);
    BOOST_TEST(lines.out == "");
  }
}

BOOST_AUTO_TEST_CASE(rating_again_books_nothing) {
  BOOST_TEST(run({"usage", "rerate"}).code == 0);
  BOOST_TEST(run({"usage", "rerate", "--own", "--json"}).out == "");
  const Ran unread = run({"usage", "rerate", "--prices", "/no/such/list.tsv"});
  BOOST_TEST(unread.code == 2);
  BOOST_TEST(unread.said.find("/no/such/list.tsv: ") != std::string::npos, unread.said);
}

BOOST_AUTO_TEST_CASE(a_day_that_is_none_is_refused) {
  const Ran ran = run({"usage", "--from", "yesterday-ish"});

  BOOST_TEST(ran.code == 2, ran.said);
  BOOST_TEST(ran.said.find("yesterday-ish") != std::string::npos, ran.said);
}

BOOST_AUTO_TEST_SUITE_END()
