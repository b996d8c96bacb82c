// tests/requirements.tsv is a promise about promises: it may not lose a row, repeat one, or leave one without an
// answer.
#include <boost/test/unit_test.hpp>
#include <cctype>
#include <filesystem>
#include <set>
#include <sstream>
#include <vector>

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

/// The suites and cases that `--run_test` options of a text name, in order.
std::vector<std::string> named_tests(const std::string& text, const std::string& option) {
  std::vector<std::string> names;
  for (std::size_t at = text.find(option); at != std::string::npos; at = text.find(option, at + 1)) {
    std::string name;
    for (std::size_t i = at + option.size(); i <= text.size(); ++i) {
      const char c = i < text.size() ? text[i] : ' ';
      if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
        name += c;
        continue;
      }
      if (!name.empty()) names.push_back(std::move(name));
      name.clear();
      if (c != '/' && c != ',') break;
    }
  }
  return names;
}

/// Of every suite and case in tests/.
std::set<std::string> names_of_tests() {
  std::set<std::string> names;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = whole_file(entry.path());
    for (const std::string macro : {"BOOST_AUTO_TEST_SUITE(", "BOOST_FIXTURE_TEST_SUITE(", "BOOST_AUTO_TEST_CASE(",
                                    "BOOST_FIXTURE_TEST_CASE(", "BOOST_DATA_TEST_CASE("}) {
      for (std::size_t at = text.find(macro); at != std::string::npos; at = text.find(macro, at + 1)) {
        const std::size_t begin = at + macro.size();
        names.insert(text.substr(begin, text.find_first_of(",)", begin) - begin));
      }
    }
  }
  return names;
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

/// A command that runs no test proves nothing: Boost.Test is content when one of several names fits.
BOOST_AUTO_TEST_CASE(names_suites_and_cases_that_there_are) {
  const std::set<std::string> known = names_of_tests();
  const std::string table = whole_file(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/requirements.tsv");
  BOOST_TEST(named_tests("a --run_test=s/c,d && b --run_test=t", "--run_test=") ==
                 (std::vector<std::string>{"s", "c", "d", "t"}),
             boost::test_tools::per_element());

  Complaints unknown;
  for (const std::string& name : named_tests(table, "--run_test=")) {
    if (!known.contains(name)) unknown.push_back(name);
  }
  BOOST_TEST(unknown == Complaints(), boost::test_tools::per_element());
}

/// Every script of a row is asked for, and every one that is asked for is there.
BOOST_AUTO_TEST_CASE(has_the_scripts_that_it_names) {
  const std::filesystem::path source = ASSAY_SOURCE_DIR;
  const std::string table = whole_file(source / "tests/requirements.tsv");
  Complaints missing;
  for (std::size_t at = table.find("tests/requirements/"); at != std::string::npos;
       at = table.find("tests/requirements/", at + 1)) {
    const std::string script = table.substr(at, table.find(".sh", at) + 3 - at);
    if (!std::filesystem::exists(source / script)) missing.push_back(script);
  }
  BOOST_TEST(missing == Complaints(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay::style
