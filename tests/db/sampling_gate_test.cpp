#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/test_database.hpp"

using namespace assay;

namespace {

/// Answers ok, or the SQLSTATE, a space and the place that check_suite names.
constexpr const char* answering = R"(
  create function pg_temp.answer(p_defaults text) returns text language plpgsql as $f$
  begin
    perform @assay_private@.check_suite(jsonb_build_object('name', 'n', 'prompt', 'p', 'defaults', p_defaults::jsonb,
      'cases', '[{"title": "t", "input": "i"}]'::jsonb));
    return 'ok';
  exception when others then
    return sqlstate || ' ' || split_part(sqlerrm, ': ', 1);
  end $f$)";

std::string quoted(const std::string& text) {
  std::string literal = "'";
  for (const char c : text) literal += c == '\'' ? std::string("''") : std::string(1, c);
  return literal + "'";
}

struct Suite {
  testing::TestDatabase database;
  std::string suite;

  explicit Suite(const std::string& defaults) {
    suite = database.text("select @assay@.put_suite('{\"name\": \"n\", \"prompt\": \"p\", \"defaults\": " + defaults +
                          ", \"cases\": [{\"title\": \"t\", \"input\": \"i\"}]}'::text)");
  }
  /// The message that a job with these wishes is refused with; "ok" when it is taken.
  std::string enqueue(const std::string& sampling) {
    try {
      database.run("select @assay@.enqueue_job(" + suite + ", '{m}', p_sampling => '" + sampling + "')");
      return "ok";
    } catch (const postgres::DatabaseError& error) {
      return error.sqlstate() + " " + error.message();
    }
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(stored_wishes)

// The worker's reader (unit_suite) reads the same table.
BOOST_AUTO_TEST_CASE(are_refused_by_the_table_and_by_their_place) {
  testing::TestDatabase database;
  database.run(answering);
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/suite/sampling.tsv");
  std::vector<std::string> wanted;
  std::string sql = "set standard_conforming_strings = on; select pg_temp.answer(v.d), v.d from (values ";
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    const std::size_t tab = line.find('\t');
    sql += (wanted.empty() ? "(" : ",(") + std::to_string(wanted.size()) + "," + quoted(line.substr(0, tab)) + ")";
    wanted.push_back(line.substr(tab + 1));
  }
  BOOST_REQUIRE(wanted.size() >= 170u);

  const postgres::Rows answers = database.run(sql + ") v(i, d) order by i");

  BOOST_REQUIRE(answers.size() == static_cast<int>(wanted.size()));
  for (int i = 0; i < answers.size(); ++i) {
    const std::string& place = wanted[static_cast<std::size_t>(i)];
    const std::string full = place == "ok" ? "ok" : "ZA003 defaults" + (place.empty() ? "" : "." + place);
    BOOST_TEST(answers.text(i, 0) == full, answers.text(i, 1));
  }
}

BOOST_AUTO_TEST_CASE(of_a_job_may_name_the_tools_of_its_suite) {
  Suite offered(R"({"tools": [{"name": "f"}], "tool_choice": "f"})");
  BOOST_TEST(offered.enqueue(R"({"tool_choice": "f"})") == "ok");
  BOOST_TEST(offered.enqueue(R"({"tool_choice": "required"})") == "ok");
  BOOST_TEST(offered.enqueue(R"({"tool_choice": "g"})") ==
             "ZA003 p_sampling.tool_choice: 'g' is no tool that is offered");
  BOOST_TEST(offered.enqueue(R"({"tools": [{"name": "g"}], "tool_choice": "g"})") == "ok");
  BOOST_TEST(offered.enqueue(R"({"tools": [{"name": "g"}]})") ==
             "ZA003 p_sampling.tools: 'f' is no tool that is offered");
  BOOST_TEST(offered.enqueue(R"({"temperature": 9})") == "ZA003 p_sampling.temperature: not a value this can have");
}

BOOST_AUTO_TEST_CASE(of_a_job_over_a_suite_without_tools_need_their_own) {
  Suite bare("null");
  BOOST_TEST(bare.enqueue(R"({"tool_choice": "f"})") == "ZA003 p_sampling.tool_choice: 'f' is no tool that is offered");
  BOOST_TEST(bare.enqueue(R"({"tool_choice": "auto", "tools": null})") == "ok");
}

BOOST_AUTO_TEST_SUITE_END()
