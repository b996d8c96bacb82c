#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/test_database.hpp"

using namespace assay;

namespace {

struct Row {
  std::string dialect, assertion, stored;
};

std::vector<Row> gate_table() {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/assertions/gate.tsv");
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    std::istringstream fields(line);
    Row row;
    std::getline(fields, row.dialect, '\t');
    std::getline(fields, row.assertion, '\t');
    std::getline(fields, row.stored, '\t');
    rows.push_back(row);
  }
  return rows;
}

std::string quoted(const std::string& text) {
  std::string literal = "'";
  for (const char c : text) {
    literal += c;
    if (c == '\'') literal += c;
  }
  return literal + "'";
}

/// Answers ok, or the SQLSTATE and the message that check_suite refuses the suite with.
constexpr const char* answering = R"(
  create function pg_temp.answer(p_dialect text, p_assertion text, out state text, out message text) language plpgsql as $f$
  begin
    perform @assay_private@.check_suite(jsonb_build_object('name', 'n', 'prompt', 'p', 'dialect', p_dialect, 'cases',
      jsonb_build_array(jsonb_build_object('title', 't', 'input', 'i', 'assertions', jsonb_build_array(p_assertion::jsonb)))));
    state := 'ok';
  exception when others then
    state := sqlstate;
    message := sqlerrm;
  end $f$)";

}  // namespace

BOOST_AUTO_TEST_SUITE(stored_assertions)

// The worker's compiler (unit_assertions) reads the same table.
BOOST_AUTO_TEST_CASE(are_refused_by_the_table_and_by_their_place) {
  testing::TestDatabase database;
  const std::vector<Row> rows = gate_table();
  BOOST_REQUIRE(rows.size() >= 500u);
  database.run(answering);

  std::string sql = "set standard_conforming_strings = on; select a.state, coalesce(a.message, '') from (values ";
  for (std::size_t i = 0; i < rows.size(); ++i)
    sql += (i == 0 ? "(" : ",(") + std::to_string(i) + "," + quoted(rows[i].dialect) + "," + quoted(rows[i].assertion) + ")";
  const postgres::Rows answers = database.run(sql + ") v(i, d, e), lateral pg_temp.answer(v.d, v.e) a order by i");

  BOOST_REQUIRE(answers.size() == static_cast<int>(rows.size()));
  for (int i = 0; i < answers.size(); ++i) {
    const Row& row = rows[static_cast<std::size_t>(i)];
    const std::string state(answers.text(i, 0)), message(answers.text(i, 1));
    BOOST_TEST(state == row.stored, row.dialect << ' ' << row.assertion << ": " << state << ' ' << message);
    BOOST_TEST((state == "ok" || message.find("cases[0].assertions[0]") == 0), row.assertion << ": " << message);
  }
}

BOOST_AUTO_TEST_SUITE_END()
