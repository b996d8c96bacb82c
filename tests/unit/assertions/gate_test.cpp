#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "assertions/compile.hpp"
#include "suite/read.hpp"

using namespace assay;

// tests/db/assertion_gate_test.cpp holds put_suite to the same file.
namespace {

struct Row {
  std::string dialect, assertion, stored, worker;
};

std::vector<Row> rows() {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/assertions/gate.tsv");
  std::vector<Row> found;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    std::istringstream fields(line);
    Row row;
    std::getline(fields, row.dialect, '\t');
    std::getline(fields, row.assertion, '\t');
    std::getline(fields, row.stored, '\t');
    std::getline(fields, row.worker);
    found.push_back(row);
  }
  return found;
}

bool faulty_inside(const assertions::Check& check) {
  for (const assertions::Check& member : check.members) {
    if (!member.fault.empty() || faulty_inside(member)) return true;
  }
  return false;
}

/// What becomes of a suite with this assertion, and why.
std::string answer(const Row& row, std::string& why) {
  const auto suite = suite::read(R"({"name":"n","prompt":"p","dialect":")" + row.dialect +
                                 R"(","cases":[{"title":"t","input":"i","assertions":[)" + row.assertion + "]}]}");
  why = suite ? "" : suite.error().path + ": " + suite.error().message;
  if (!suite) return "refused";
  const auto compiled = assertions::compile(suite->cases[0], suite->dialect, suite->templates);
  why = compiled ? compiled->checks[0].fault : compiled.error().message;
  if (!compiled || !compiled->checks[0].fault.empty()) return "refused";
  return faulty_inside(compiled->checks[0]) ? "inside" : "ok";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gate)

BOOST_AUTO_TEST_CASE(takes_and_refuses_what_the_file_says) {
  const auto table = rows();
  BOOST_REQUIRE(table.size() >= 500u);
  for (const Row& row : table) {
    std::string why;
    const std::string found = answer(row, why);
    BOOST_TEST(found == row.worker, row.dialect << ' ' << row.assertion << ": " << found << " (" << why << ")");
  }
}

BOOST_AUTO_TEST_CASE(takes_nothing_that_storing_refuses_but_where_promptfoo_raises_late) {
  for (const Row& row : rows()) {
    const bool strict_and_loose = row.dialect == "strict" && row.stored != "ok" && row.worker == "ok" &&
                                  row.assertion.find("weight") == std::string::npos;
    BOOST_TEST(!strict_and_loose, row.assertion);
  }
}

BOOST_AUTO_TEST_SUITE_END()
