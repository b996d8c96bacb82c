#include "postgres/admin.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/test_database.hpp"

using namespace assay;
using namespace assay::postgres;
using testing::TestDatabase;

namespace {

constexpr const char* suite =
    R"({"name": "n", "prompt": "p", "cases": [{"title": "t", "input": "i"}, {"title": "u", "input": "j"}]})";

struct Administered {
  TestDatabase database;
  Admin admin{database.url(), database.schema()};

  Admin::Order order() {
    Admin::Order made;
    made.suite = admin.put_suite(suite).value();
    made.models = {"openai/gpt-4o-mini"};
    return made;
  }
  static std::string cell(const Table& table, std::size_t row, const std::string& column) {
    const auto found = std::find(table.columns.begin(), table.columns.end(), column);
    BOOST_REQUIRE_MESSAGE(found != table.columns.end(), "no column " << column);
    return table.rows.at(row)[static_cast<std::size_t>(found - table.columns.begin())].value_or("null");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(admin_, Administered)

BOOST_AUTO_TEST_CASE(stores_a_suite_once) {
  const SuiteId first = admin.put_suite(suite).value(), second = admin.put_suite(suite).value();
  BOOST_TEST(first.value == second.value);
  BOOST_TEST(admin.put_suite(suite, "other").value().value != first.value);
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong_with_a_suite_and_where) {
  const auto refused =
      admin.put_suite(R"({"name": "n", "prompt": "a\u0000b", "cases": [{"title": "t", "input": "i"}]})");
  BOOST_REQUIRE(!refused);
  BOOST_TEST(refused.error().sqlstate == "ZA007");
  BOOST_TEST(refused.error().message.find("prompt") != std::string::npos);
  BOOST_TEST(to_string(refused.error()).find("[ZA007]") != std::string::npos);

  const auto nul = admin.put_suite(std::string("{\"name\": \"n\0\"}", 15));
  BOOST_REQUIRE(!nul);
  BOOST_TEST(nul.error().sqlstate == "22021");
}

BOOST_AUTO_TEST_CASE(enqueues_with_every_wish) {
  Admin::Order wishes = order();
  wishes.repeats = 3;
  wishes.priority = 2;
  wishes.max_cost = "0.25";
  wishes.sampling = R"({"temperature": 0.5})";
  wishes.metadata = R"({"package": "p"})";
  wishes.run_at = "2099-01-01T00:00:00Z";
  const JobId job = admin.enqueue({wishes}).value().at(0);

  const Table shown = admin.job(job);
  BOOST_REQUIRE(shown.rows.size() == 1u);
  BOOST_TEST(cell(shown, 0, "state") == "queued");
  BOOST_TEST(cell(shown, 0, "cells") == "6");
  BOOST_TEST(cell(shown, 0, "priority") == "2");
  BOOST_TEST(cell(shown, 0, "max_cost") == "0.250000000");
  BOOST_TEST(cell(shown, 0, "metadata") == R"({"package": "p"})");
  BOOST_TEST(admin.backlog() == 0);  // it is not due
  BOOST_TEST(admin.jobs(10).rows.size() == 1u);
  BOOST_TEST(admin.results(job).rows.empty());
}

BOOST_AUTO_TEST_CASE(refuses_an_order_by_name) {
  Admin::Order wrong = order();
  wrong.suite = SuiteId(999);
  BOOST_TEST(admin.enqueue({wrong}).error().sqlstate == "ZA002");
  wrong = order();
  wrong.models.clear();
  BOOST_TEST(admin.enqueue({wrong}).error().message.find("models") != std::string::npos);
  wrong = order();
  wrong.sampling = "{";
  BOOST_TEST(admin.enqueue({wrong}).error().message.find("sampling is not JSON") == 0u);
}

BOOST_AUTO_TEST_CASE(cancels_once_and_retries_what_has_ended) {
  const JobId job = admin.enqueue({order()}).value().at(0);
  BOOST_TEST(admin.retry(job).error().sqlstate == "ZA009");
  BOOST_TEST(admin.backlog() == 2);
  BOOST_TEST(admin.cancel(job, "no longer wanted").value());
  BOOST_TEST(!admin.cancel(job).value());
  BOOST_TEST(cell(admin.job(job), 0, "reason") == "no longer wanted");
  BOOST_TEST(admin.cancel(JobId(999)).error().sqlstate == "ZA002");
  const JobId again = admin.retry(job, "cells", {CellNumber(1)}).value();
  BOOST_TEST(cell(admin.job(again), 0, "cells") == "1");
  BOOST_TEST(cell(admin.job(again), 0, "retry_of") == to_string(job));
}

BOOST_AUTO_TEST_CASE(pauses_a_queue) {
  BOOST_TEST(admin.pause("default", true).has_value());
  BOOST_TEST(database.text("select paused from @assay@.queues where name = 'default'") == "t");
  BOOST_TEST(admin.pause("default", false).has_value());
  BOOST_TEST(database.text("select paused from @assay@.queues where name = 'default'") == "f");
}

BOOST_AUTO_TEST_CASE(finds_a_broken_invariant) {
  const auto broken = [&] {
    std::int64_t count = 0;
    for (const Admin::Check& check : admin.verify()) count += check.violations;
    return count;
  };
  admin.enqueue({order()});
  BOOST_TEST(admin.verify().size() >= 20u);
  BOOST_TEST(broken() == 0);
  database.run("delete from @assay_private@.share");
  BOOST_TEST(broken() > 0);
}

BOOST_AUTO_TEST_SUITE_END()
