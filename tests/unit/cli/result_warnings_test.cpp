#include "cli/result_warnings.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;

namespace {

using Row = std::vector<std::optional<std::string>>;

postgres::Table results(std::vector<Row> rows) {
  postgres::Table table;
  table.columns = {"called_model",       "served_model",  "other_model", "flags",
                   "dropped_parameters", "seed_honoured", "truncated"};
  table.rows = std::move(rows);
  return table;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(result_warnings)

BOOST_AUTO_TEST_CASE(say_nothing_of_plain_answers) {
  BOOST_TEST(cli::warnings_of(results({{"gpt-4o", "gpt-4o-2024-08-06", "f", "{}", "{}", std::nullopt, "f"}})) == "");
  BOOST_TEST(cli::warnings_of(postgres::Table()) == "");
}

BOOST_AUTO_TEST_CASE(name_each_fact_once_with_how_many_cells_it_holds_for) {
  const Row other{"meta/llama", "qwen/qwen3", "t", "{fallback}", "{}", std::nullopt, "f"};
  const Row dropped{"o4-mini", "o4-mini", "f", "{}", "{seed,temperature}", "f", "t"};

  BOOST_TEST(cli::warnings_of(results({other, dropped, other})) ==
             "warning: asked for meta/llama, answered by qwen/qwen3 (2 cells)\n"
             "warning: flags {fallback} (2 cells)\n"
             "warning: o4-mini takes none of {seed,temperature}: not sent (1 cell)\n"
             "warning: o4-mini: the answer ended at its limit (1 cell)\n"
             "warning: o4-mini: the seed was not sent (1 cell)\n");
}

BOOST_AUTO_TEST_SUITE_END()
