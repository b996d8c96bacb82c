#include "postgres/bisect.hpp"

#include <boost/test/unit_test.hpp>
#include <numeric>
#include <vector>

using namespace assay::postgres;

namespace {

/// A hundred rows of which some are bad; stored is what a database would hold.
struct Rows {
  std::vector<int> rows = std::vector<int>(100), answers = std::vector<int>(100, -1);
  std::vector<int> bad, stored;
  int statements = 0;
  ErrorKind kind = ErrorKind::bad_data;

  Rows() { std::iota(rows.begin(), rows.end(), 0); }
  void store() {
    const auto together = [this](std::span<int> some, std::span<int> into) {
      ++statements;
      for (const int row : some) {
        if (std::find(bad.begin(), bad.end(), row) != bad.end()) throw DatabaseError(kind, "22021", "no");
      }
      for (std::size_t i = 0; i < some.size(); ++i) stored.push_back(some[i]), into[i] = some[i];
    };
    const auto alone = [](int row, const DatabaseError&) { return 1000 + row; };
    bisect(std::span(rows), std::span(answers), together, alone);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(bisecting)

BOOST_AUTO_TEST_CASE(a_good_group_is_one_statement) {
  Rows group;
  group.store();
  BOOST_TEST(group.statements == 1);
}

BOOST_AUTO_TEST_CASE(bad_rows_never_sink_the_others) {
  Rows group;
  group.bad = {0, 41, 42, 99};
  group.store();
  BOOST_TEST(group.stored.size() == 96u);
  for (int row = 0; row < 100; ++row) {
    const bool bad = std::find(group.bad.begin(), group.bad.end(), row) != group.bad.end();
    BOOST_TEST(group.answers[static_cast<std::size_t>(row)] == (bad ? 1000 + row : row));
  }
  BOOST_TEST(group.statements < 50);
}

BOOST_AUTO_TEST_CASE(other_errors_leave_at_once) {
  Rows group;
  group.bad = {42};
  group.kind = ErrorKind::ambiguous;
  BOOST_CHECK_THROW(group.store(), DatabaseError);
  BOOST_TEST(group.statements == 1);
}

BOOST_AUTO_TEST_SUITE_END()
