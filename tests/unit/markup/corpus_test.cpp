#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <string>

#include "json/document.hpp"
#include "markup/html.hpp"
#include "markup/sql.hpp"
#include "markup/xml.hpp"
#include "text/javascript_text.hpp"

using namespace assay;
using namespace assay::markup;
using json::View;

namespace {

Answer judge(std::string_view type, View value, std::string_view output) {
  if (type == "is-html") return is_html(output);
  if (type == "contains-html") return contains_html(output);
  if (type.ends_with("-sql")) {
    const auto options = read_sql_options(value);
    if (!options) return failure(options.error());
    return type == "is-sql" ? is_sql(output, *options) : contains_sql(output, *options);
  }
  const auto required = required_elements(value);
  if (!required) return failure(required.error());
  return type == "is-xml" ? is_xml(output, *required) : contains_xml(output, *required);
}

std::string shown(View row) {
  std::string_view type = row["type"].string_or("");
  const bool inverse = type.starts_with("not-");
  if (inverse) type.remove_prefix(4);
  const Answer answer = judge(type, row["value"], text::well_formed(row["output"].string_or("")));
  if (!answer) return "raised";
  return answer->holds != inverse ? "pass" : "fail";
}

std::string recorded(View row) {
  if (row["raised"].exists()) return "raised";
  return row["pass"].as_bool().value() ? "pass" : "fail";
}

/// Rows where Assay means to differ: the file, the line, the reason.
std::map<std::string, std::string> known_differences() {
  std::map<std::string, std::string> differences;
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/markup/differences.tsv");
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (!line.starts_with("# ") && tab != line.npos) differences[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return differences;
}

struct Counts {
  int rows = 0, passed = 0, failed = 0, raised = 0;
};

Counts compare(const std::string& file, const std::map<std::string, std::string>& differences) {
  std::ifstream lines(ASSAY_SOURCE_DIR "/tests/data/markup/" + file + ".jsonl");
  Counts counts;
  for (std::string line; std::getline(lines, line);) {
    const auto row = json::parse(line, json::Limits::foreign());
    BOOST_REQUIRE(row.has_value());
    const std::string place = file + ":" + std::to_string(++counts.rows);
    const std::string expected = recorded(row->root()), got = shown(row->root());
    ++(expected == "raised" ? counts.raised : expected == "pass" ? counts.passed : counts.failed);
    if (differences.contains(place)) {
      BOOST_TEST(got != expected, place << " is listed as a difference, but there is none");
    } else {
      BOOST_TEST(got == expected, place << ": " << got << " instead of " << expected << ": " << line);
    }
  }
  return counts;
}

}  // namespace

// The record holds what promptfoo answered (scripts/dev/markup-corpus.mjs).
BOOST_AUTO_TEST_SUITE(markup_corpus)

BOOST_AUTO_TEST_CASE(answers_as_promptfoo_did_but_where_a_difference_is_listed) {
  const auto differences = known_differences();

  for (const char* file :
       {"is_xml", "contains_xml", "is_html", "contains_html", "is_sql", "is_sql_mariadb", "is_sql_postgresql",
        "is_sql_sqlite", "is_sql_broken", "is_sql_tables", "is_sql_columns", "contains_sql"}) {
    const Counts counts = compare(file, differences);

    BOOST_TEST(counts.rows >= 150, file);
    BOOST_TEST(counts.passed >= 40, file);
    BOOST_TEST(counts.failed >= 40, file);
  }
}

BOOST_AUTO_TEST_SUITE_END()
