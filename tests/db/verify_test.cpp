#include "tests/db/protocol.hpp"

#include <map>
#include <set>

using namespace assay::testing;

namespace {

/// A database in which every kind of row exists: an ended job, a cancelled one, a capped one in flight with several
/// shares, a waiting one.
struct Busy : World {
  std::int64_t ended = 0, cancelled = 0, capped = 0, waiting = 0;

  void fill() {
    database.empty();
    ended = enqueue(3);
    Held held = claim_one();
    begin({{held.share, held.token, 2}});
    settle({.ended = {{held.share, held.token, 2}}});
    finish(held);
    cancelled = enqueue(2);
    held = claim_one();
    begin({{held.share, held.token, 0}});
    run("select assay.cancel_job(" + std::to_string(cancelled) + ")");
    capped = enqueue(4, "p_max_cost => 0.000001, p_cells_per_share => 2");
    held = claim_one();
    begin({{held.share, held.token, 0}, {held.share, held.token, 1}});
    settle({.results = {{held.share, held.token, 0}}});
    waiting = enqueue(1);
  }
  std::string violated() {
    return one(
        "select coalesce(string_agg(check_name, '; ' order by check_name), '') from assay.verify() where violations > "
        "0");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(verify_function, Busy)

BOOST_AUTO_TEST_CASE(finds_nothing_in_a_healthy_database) {
  fill();
  BOOST_TEST(violated() == "");
  BOOST_TEST(one("select count(*) > 20 from assay.verify()") == "t");
}

/// Every check is shown to find the damage it is there for. One kind of damage may violate several sentences.
BOOST_AUTO_TEST_CASE(finds_each_kind_of_damage) {
  fill();
  const std::string e = std::to_string(ended), p = std::to_string(capped), w = std::to_string(waiting),
                    x = std::to_string(cancelled);
  const std::string clone_result =
      "insert into assay_private.result select (jsonb_populate_record(r, '{\"job_day\": \"2001-02-03\"}')).* from "
      "assay_private.result r "
      "where job_id = " +
      e + " and cell = 0";
  const std::multimap<std::string, std::string> damages{
      {"a finished job has exactly its cells as results",
       "delete from assay_private.result where job_id = " + e + " and cell = 1"},
      {"a finished job has exactly its cells as results",
       "update assay_private.result set cell = 7 where job_id = " + e + " and cell = 1"},
      {"a cell has at most one result", "select assay_private.ensure_partitions(0, '2001-02-03'); " + clone_result},
      {"a result has its call", "delete from assay_private.call where job_id = " + e + " and cell = 0"},
      {"a result has its call",
       "update assay_private.result set token = token + 5 where job_id = " + e + " and cell = 0"},
      {"a booked call has its call",
       "delete from assay_private.call where job_id = " + e + " and cell = 2 and seq = 1"},
      {"a call ends once",
       "insert into assay_private.settlement select (jsonb_populate_record(s, '{\"cell\": 0}')).* from "
       "assay_private.settlement s where job_id = " +
           e},
      {"an ended job makes no new call",
       "update assay_private.call set begun_at = now() + interval '1 minute' where job_id = " + x},
      {"later calls have later tokens",
       "update assay_private.call set token = 9 where job_id = " + e + " and cell = 2 and seq = 1"},
      {"an ended job has no shares and no meter",
       "update assay_private.share set job_id = " + e + " where job_id = " + w},
      {"an ended job has no shares and no meter", "update assay_private.job_meter set job_id = " + x},
      {"an open job has shares for all its open cells", "delete from assay_private.share where job_id = " + w},
      {"an open job has shares for all its open cells",
       "delete from assay_private.share where job_id = " + p + " and first_cell = 2"},
      {"an open job has shares for all its open cells",
       "update assay_private.share set cell_count = 1 where job_id = " + p + " and first_cell = 2"},
      {"a share belongs to its job", "update assay_private.share set queue = 'other' where job_id = " + w},
      {"a share belongs to its job", "update assay_private.share set solo = true where job_id = " + p},
      {"a running share has a lease, another has none",
       "update assay_private.share set lease_until = null where state = 'running'"},
      {"a running share has a lease, another has none",
       "update assay_private.share set worker = 'w', lease_until = now() where state = 'ready'"},
      {"an expired lease is rescued within ten minutes",
       "update assay_private.share set lease_until = now() - interval '11 minutes' where state = 'running'"},
      {"no token is younger than its share's", "update assay_private.share set token = 0 where state = 'running'"},
      {"open shares are counted right", "update assay_private.job_meter set open_shares = 1"},
      {"jobs with a cap or several shares have a meter", "delete from assay_private.job_meter"},
      {"jobs with a cap or several shares have a meter", "update assay_private.job_meter set max_cost_nanos = null"},
      {"settled and reserved money stays under the cap", "update assay_private.job_meter set max_cost_nanos = 50"},
      {"an ended job stayed under its cap", "update assay_private.job set max_cost_nanos = 1 where id = " + e},
      {"a meter equals its calls", "update assay_private.job_meter set reserved_nanos = reserved_nanos + 1"},
      {"a meter equals its calls", "update assay_private.job_meter set settled_nanos = 0"},
      {"an ended job's totals equal its rows",
       "update assay_private.job_end set cost_nanos = cost_nanos + 1 where job_id = " + e},
      {"an ended job's totals equal its rows",
       "update assay_private.job_end set failed = 1, passed = passed - 1 where job_id = " + e},
      {"an ended job's totals equal its rows",
       "update assay_private.job_end set unknown_nanos = 0 where job_id = " + x},
      {"an ended job's totals equal its rows",
       "update assay_private.result set score = 0.5 where job_id = " + e + " and cell = 0"},
      {"rows carry their job's tenant and day", "update assay_private.result set tenant = 'other' where job_id = " + e},
      {"rows carry their job's tenant and day",
       "update assay_private.job_end set tenant = 'other' where job_id = " + x},
      {"a job's suite is its tenant's", "update assay_private.suite set tenant = 'other'"},
      {"every row has its job", "delete from assay_private.job where id = " + e},
      {"open jobs have partitions", "update assay_private.job set day = '1999-01-01' where id = " + w},
  };
  std::set<std::string> covered;
  for (const auto& [check, damage] : damages) {
    covered.insert(check);
    pqxx::work work(*c);
    work.exec(damage);
    const pqxx::result found =
        work.exec("select violations, example from assay.verify() where check_name = " + work.quote(check));
    BOOST_REQUIRE_MESSAGE(!found.empty(), "no such check: " << check);
    BOOST_TEST(found[0][0].as<int>() > 0, check << " did not find: " << damage);
    BOOST_TEST(!found[0][1].is_null());
    work.abort();
  }
  for (const auto& row : rows("select check_name from assay.verify()")) {
    BOOST_TEST(covered.contains(row[0].c_str()), "nothing shows that this can fail: " << row[0].c_str());
  }
  BOOST_TEST(violated() == "");
}

BOOST_AUTO_TEST_CASE(can_be_kept_to_young_jobs) {
  fill();
  run("update assay_private.job_end set cost_nanos = cost_nanos + 1 where job_id = " + std::to_string(ended));
  BOOST_TEST(violated() == "an ended job's totals equal its rows");
  BOOST_TEST(one("select sum(violations) from assay.verify(current_date + 1)") == "0");
}

BOOST_AUTO_TEST_SUITE_END()
