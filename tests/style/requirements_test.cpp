// tests/requirements.tsv is a promise about promises: it may not lose a row, repeat one, or leave one without an
// answer.
#include <boost/test/unit_test.hpp>
#include <set>
#include <sstream>

#include "tests/style/tree.hpp"

namespace assay::style {
namespace {

Complaints faults_of(const std::string& table, std::size_t expected_rows) {
  Complaints complaints;
  std::set<std::string> seen;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string row, promise, command, more;
    std::getline(cells, row, '\t');
    std::getline(cells, promise, '\t');
    std::getline(cells, command, '\t');
    if (row.empty() || promise.empty() || command.empty() || std::getline(cells, more)) {
      complaints.push_back("not three columns: " + line);
    }
    if (!seen.insert(row).second) complaints.push_back("twice: " + row);
  }
  if (seen.size() != expected_rows) complaints.push_back(std::to_string(seen.size()) + " rows");
  return complaints;
}

BOOST_AUTO_TEST_SUITE(requirements)

BOOST_AUTO_TEST_CASE(complains_about_lost_repeated_and_broken_rows) {
  BOOST_TEST(faults_of("a\tx\topen\nb\ty\ttrue\n", 2).empty());
  BOOST_TEST(faults_of("a\tx\topen\n", 2) == Complaints{"1 rows"});
  BOOST_TEST(faults_of("a\tx\topen\na\ty\topen\n", 1) == Complaints{"twice: a"});
  BOOST_TEST(faults_of("a\tx\t\nb\topen\nc\tx\tt\tu\n", 3).size() == 3U);
}

BOOST_AUTO_TEST_CASE(has_every_promised_row_once) {
  const std::string table = whole_file(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/requirements.tsv");
  const Complaints complaints = faults_of(table, 339);
  BOOST_TEST(complaints == Complaints(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay::style
