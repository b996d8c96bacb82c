#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>
#include <vector>

#include "tests/support/test_database.hpp"

using namespace assay;

namespace {

struct Row {
  std::string pattern, answer;
};

/// The shared table writes a tab, a line feed and a carriage return as their pictures.
std::string with_controls(std::string text) {
  const std::pair<std::string, std::string> pictures[] = {{"␉", "\t"}, {"␊", "\n"}, {"␍", "\r"}};
  for (const auto& [picture, control] : pictures) {
    for (std::size_t at = text.find(picture); at != std::string::npos; at = text.find(picture, at + 1)) text.replace(at, picture.size(), control);
  }
  return text;
}

std::vector<Row> gate_table() {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/regex/gate.tsv");
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    // Pattern, the worker's answer, and this one's where it differs.
    if (line.starts_with("# ") || line.empty()) continue;
    rows.push_back({with_controls(line.substr(0, line.find('\t'))), line.substr(line.rfind('\t') + 1)});
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

}  // namespace

BOOST_AUTO_TEST_SUITE(stored_regexes)

// The worker's gate (unit_regex) reads the same table: what one stores the other can judge, or names an error for.
BOOST_AUTO_TEST_CASE(the_database_answers_as_the_shared_table_says) {
  testing::TestDatabase database;
  const std::vector<Row> rows = gate_table();
  BOOST_REQUIRE(rows.size() >= 1000u);

  std::string sql = "set standard_conforming_strings = on; select coalesce(@assay_private@.check_regex(p), 'ok') from (values ";
  for (std::size_t i = 0; i < rows.size(); ++i) sql += (i == 0 ? "(" : ",(") + std::to_string(i) + "," + quoted(rows[i].pattern) + "::text)";
  const postgres::Rows answers = database.run(sql + ") v(i, p) order by i");

  BOOST_REQUIRE(answers.size() == static_cast<int>(rows.size()));
  for (int i = 0; i < answers.size(); ++i) {
    const Row& row = rows[static_cast<std::size_t>(i)];
    BOOST_TEST(std::string(answers.text(i, 0)) == row.answer, "pattern " << row.pattern << ": " << answers.text(i, 0) << " instead of " << row.answer);
  }
}

BOOST_AUTO_TEST_SUITE_END()
