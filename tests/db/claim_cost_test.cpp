#include "tests/db/protocol.hpp"

#include <regex>

using namespace assay::testing;

/// A claim of 20 beside 200,000 shares that nobody can have yet. What finding and locking costs is counted in shared
/// buffers, so the verdict does not depend on the machine. Then the rows are taken: each costs its own index entries
/// and its job's row, whatever lies beside it.
namespace {

struct Crowd : World {
  static constexpr int ineligible = 200'000;
  static constexpr int most_buffers = 100;      ///< to find and lock 20 shares
  static constexpr int most_for_all = 20 * 15;  ///< to take them as well

  Crowd() { run("truncate assay_private.share; alter table assay_private.share set (autovacuum_enabled = off)"); }
  ~Crowd() {
    run("truncate assay_private.share, assay_private.job; alter table assay_private.share set (autovacuum_enabled = "
        "on)");
  }

  /// One that anybody may have, and as many more like it as make up the count.
  void add_waiting(int count) {
    const std::string first = std::to_string(enqueue()),
                      more = "generate_series(1, " + std::to_string(count - 1) + ") n";
    run("insert into assay_private.job select (jsonb_populate_record(j, jsonb_build_object('id', 1000000 + n))).* from "
        "assay_private.job j, " +
        more + " where j.id = " + first);
    run("insert into assay_private.share select (jsonb_populate_record(s, jsonb_build_object('id', (1000000 + "
        "n)::bigint << 20, 'job_id', 1000000 + n))).* "
        "from assay_private.share s, " +
        more + " where s.job_id = " + first);
  }
  /// Shares that nobody can have; `columns`: their state, priority and run_at, by n.
  void add_ineligible(int count, const std::string& columns, std::int64_t from) {
    run("insert into assay_private.share (id, job_id, job_day, first_cell, cell_count, capped, solo, tenant, queue, "
        "state, priority, run_at) "
        "select (" +
        std::to_string(from) + " + n)::bigint << 20, " + std::to_string(from) +
        " + n, current_date, 0, 1, false, true, 'default', 'default', " + columns + " from generate_series(1, " +
        std::to_string(count) + ") n");
  }
  int buffers(const std::string& statement) {
    pqxx::work work(*c);
    std::string plan;
    for (const auto& row : work.exec("explain (analyze, buffers, timing off) " + statement))
      plan += std::string(row[0].c_str()) + "\n";
    work.commit();
    int sum = 0;
    std::smatch found;
    const std::regex counts(R"((?:hit|read)=(\d+))");
    const std::string top =
        plan.substr(plan.find("Buffers:"), plan.find('\n', plan.find("Buffers:")) - plan.find("Buffers:"));
    for (auto at = top.cbegin(); std::regex_search(at, top.cend(), found, counts); at = found.suffix().first)
      sum += std::stoi(found[1]);
    return sum;
  }
  void claims_stay_small(const std::string& what) {
    for (const char* mode : {"auto", "force_generic_plan"}) {
      run(std::string("set plan_cache_mode = ") + mode);
      for (int i = 0; i < 3; ++i) {
        BOOST_REQUIRE_EQUAL(claim({.shares = 20}).size(), 20u);  // warms the caches of catalogue and plans
        const int find = buffers("select * from assay_private.pick_shares('{default}', 20, 20, null, now())");
        const int all = buffers(sql(Claim{.shares = 20}));
        BOOST_TEST_MESSAGE(what << ", " << mode << ": " << find << " buffers to find 20, " << all
                                << " to take them too");
        BOOST_TEST(find <= most_buffers, what << ", " << mode << ": " << find);
        BOOST_TEST(all <= most_for_all, what << ", " << mode << ": " << all);
      }
    }
  }
  void fill() {
    add_ineligible(ineligible / 4, "'ready', 3, now() + interval '1 hour' + n * interval '1 ms'", 2'000'000);
    add_ineligible(ineligible / 4, "'ready', 2, now() + interval '1 hour'", 3'000'000);
    add_ineligible(ineligible / 4, "'throttled', 0, now() + interval '1 hour' - n * interval '1 ms'", 4'000'000);
    add_ineligible(ineligible / 4, "'scheduled', 3, now() + interval '2 hours'", 5'000'000);
    add_waiting(400);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(claim_cost, Crowd)

BOOST_AUTO_TEST_CASE(stays_small_with_fresh_statistics) {
  fill();
  run("analyze assay_private.share");
  claims_stay_small("fresh statistics");
  // The counts tell good from bad: one scan over all priorities walks the future rows.
  BOOST_TEST(buffers("select id from assay_private.share where queue = 'default' and state = 'ready' and crashes < 2 "
                     "and run_at <= now() "
                     "order by priority desc, run_at, id limit 20 for update skip locked") > 5 * most_buffers);
}

BOOST_AUTO_TEST_CASE(stays_small_with_statistics_of_another_time) {
  add_ineligible(300, "'running', 1, now()", 6'000'000);
  run("analyze assay_private.share; delete from assay_private.share");
  fill();
  claims_stay_small("stale statistics");
}

BOOST_AUTO_TEST_CASE(stays_small_with_the_statistics_of_an_empty_table_and_plans_made_then) {
  pqxx::nontransaction(*c).exec("vacuum analyze assay_private.share");
  BOOST_TEST(claim().empty());  // this connection has planned everything for an empty table
  fill();
  claims_stay_small("empty-table statistics");
}

BOOST_AUTO_TEST_CASE(an_empty_poll_is_small_too) {
  add_ineligible(ineligible, "'ready', 3, now() + interval '1 hour'", 2'000'000);
  claim({.shares = 20});
  BOOST_TEST(buffers(sql(Claim{.shares = 20})) <= most_buffers);
}

/// What the low-water mark is for: a pinned horizon keeps the index entries of shares that are long gone.
BOOST_AUTO_TEST_CASE(a_mark_keeps_claims_small_while_an_old_snapshot_pins_dead_shares) {
  auto reader = connect();
  pqxx::transaction<pqxx::repeatable_read> pinned(*reader);
  pinned.exec("select count(*) from assay_private.share");
  add_waiting(5000);
  Claim some{.shares = 20};
  std::int64_t mark = 0;
  run("update assay_private.share set run_at = run_at + (id >> 20) * interval '1 us' - interval '1 minute'");
  for (int i = 0; i < 240; ++i) {
    const std::vector<Held> held = claim(some);
    BOOST_REQUIRE_EQUAL(held.size(), 20u);
    mark = held.back().run_at_us;
    run("delete from assay_private.share where state = 'running'");
  }
  const std::string find = "select * from assay_private.pick_shares('{default}', 20, 20, ";
  const int without = buffers(find + "null, now())");
  const int with = buffers(find + "array[" + std::to_string(mark) + ", null, null, null], now())");
  BOOST_TEST_MESSAGE("behind 4,800 dead shares: " << with << " buffers with the mark, " << without << " without");
  BOOST_TEST(with <= most_buffers);
  BOOST_TEST(without > 5 * with);
}

BOOST_AUTO_TEST_SUITE_END()
