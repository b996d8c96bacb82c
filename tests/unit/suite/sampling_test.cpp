#include "suite/sampling.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

using namespace assay;

namespace {

std::string answer(const std::string& json) {
  const auto read = suite::read_sampling(json, "defaults");
  if (read) return "ok";
  const std::string& path = read.error().path;
  return path == "defaults" ? "" : path.substr(std::string("defaults.").size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wishes)

// The gate in SQL (db_postgres) reads the same table.
BOOST_AUTO_TEST_CASE(are_taken_or_refused_by_the_table_and_by_their_place) {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/suite/sampling.tsv");
  std::size_t rows = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    const std::size_t tab = line.find('\t');
    BOOST_REQUIRE(tab != std::string::npos);
    const std::string json = line.substr(0, tab);
    BOOST_TEST(answer(json) == line.substr(tab + 1), json);
    ++rows;
  }
  BOOST_TEST(rows >= 170u);
}

BOOST_AUTO_TEST_CASE(are_read_whole) {
  const auto read = suite::read_sampling(
      R"({"temperature": 0.5, "max_tokens": 9, "top_p": 1, "seed": 9223372036854775807, "stop": "END", "top_k": 5,
          "frequency_penalty": -1.5, "presence_penalty": 2, "reasoning_effort": "xhigh", "reasoning_tokens": 0,
          "log_probs": true, "parallel_tool_calls": false, "stream": true, "tool_choice": "f",
          "response_format": {"type": "json_schema", "name": "n", "schema": {"maximum": 9223372036854775807}},
          "tools": [ {"name": "f", "parameters": {"type": "object"}} ]})",
      "sampling");

  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(read->temperature.value() == 0.5);
  BOOST_TEST(read->max_tokens.value() == 9);
  BOOST_TEST(read->seed.value() == 9223372036854775807);
  BOOST_TEST((read->stop == std::vector<std::string>{"END"}));
  const Asking& asked = read->asked();
  BOOST_TEST(asked.top_k.value() == 5);
  BOOST_TEST(asked.frequency_penalty.value() == -1.5);
  BOOST_TEST(asked.presence_penalty.value() == 2.0);
  BOOST_TEST(asked.reasoning_effort == "xhigh");
  BOOST_TEST(asked.reasoning_tokens.value() == 0);
  BOOST_TEST(asked.log_probs);
  BOOST_TEST(!asked.parallel_tool_calls.value());
  BOOST_TEST(asked.stream.value());
  BOOST_TEST(asked.tool_choice == "f");
  BOOST_TEST(asked.response_format == R"({"type":"json_schema","name":"n","schema":{"maximum":9223372036854775807}})");
  BOOST_TEST(asked.tools == R"([{"name":"f","parameters":{"type":"object"}}])");
}

BOOST_AUTO_TEST_CASE(beyond_sampling_cost_nothing_where_there_are_none) {
  BOOST_TEST(!suite::read_sampling(R"({"temperature": 1, "stop": ["a"], "top_k": null})", "s")->asking);
  BOOST_TEST(!suite::read_sampling("", "s")->asking);
}

BOOST_AUTO_TEST_CASE(of_a_job_may_name_a_tool_of_its_suite) {
  const std::string names_one = R"({"tool_choice": "f"})";
  BOOST_TEST(suite::read_sampling(names_one, "sampling", suite::ToolsAre::here_or_in_the_suite).has_value());
  BOOST_TEST(suite::read_sampling(names_one, "sampling").error().path == "sampling.tool_choice");
}

BOOST_AUTO_TEST_SUITE_END()
