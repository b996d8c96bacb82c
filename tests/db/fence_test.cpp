#include "tests/db/protocol.hpp"

using namespace assay::testing;

/// A worker that was paused past its lease comes back with a result. Three interleavings decide whether it can write
/// (each with the takeover that rescue and claim make): takeover in progress when it settles, settle in progress when
/// it is taken over, and a takeover that commits after the settle's statement took its snapshot. Each case also runs
/// with the row locks taken out of settle_v2, and shows that the stale result is then stored.
namespace {

struct Outcome {
  bool waited = false;
  std::string stored;   ///< settle_v2's word on the late result
  std::string results;  ///< rows in the end
  std::string seen;     ///< what the new holder was told is done
};

/// settle_v2 without its two locks: the token is compared, but only with what the snapshot shows.
std::string settle_without_lock() {
  std::string text = migration("functions/assay_worker/settle_v2.sql");
  for (const std::string lock : {"t.cell_count for update) f on", "t.cell_count for share) l on"}) {
    BOOST_REQUIRE(text.find(lock) != std::string::npos);
    text.replace(text.find(lock), lock.size(), std::string("t.cell_count offset 0) ") + lock[lock.size() - 4] + " on");
  }
  return text;
}

struct Fence : World {
  Held stale;
  std::unique_ptr<pqxx::connection> late = connect(), taker = connect();

  void given_a_paused_holder() {
    run("select assay.cancel_job(id) from assay.jobs where state in ('queued', 'running')");
    enqueue(2);
    stale = claim_one();
    begin({{stale.share, stale.token, 0}});
    run("update assay_private.share set lease_until = now() - interval '1 s' where id = " +
        std::to_string(stale.share));
  }
  std::string late_result() { return sql(Batch{.results = {{stale.share, stale.token, 0}}}); }
  std::string written() {
    return one("select count(*) from assay.results where job_id = " + std::to_string(stale.job));
  }

  Outcome takeover_uncommitted_then_settle() {
    given_a_paused_holder();
    pqxx::work takeover(*taker);
    takeover.exec("select assay_worker.sweep_v1()");
    const pqxx::result taken = takeover.exec(sql(Claim{.worker = "w2"}));
    Waiting settle(*this, *late, late_result());
    Outcome outcome;
    outcome.waited = settle.waits();
    outcome.seen = taken[0]["done"].is_null() ? "" : taken[0]["done"].c_str();
    if (!settle.waits()) outcome.stored = settle.end()[0]["results"].c_str();
    takeover.commit();
    if (outcome.waited) outcome.stored = settle.end()[0]["results"].c_str();
    outcome.results = written();
    return outcome;
  }

  /// The new holder must not claim before the settle has committed: it would not see the result.
  Outcome settle_uncommitted_then_takeover() {
    given_a_paused_holder();
    pqxx::work settle(*late);
    Outcome outcome;
    outcome.stored = settle.exec(late_result())[0]["results"].c_str();
    run("select assay_worker.sweep_v1()");
    std::vector<Held> taken = claim({.worker = "w2"});
    outcome.waited = taken.empty();
    settle.commit();
    if (taken.empty()) {
      run("select assay_worker.sweep_v1()");
      taken = claim({.worker = "w2"});
    }
    BOOST_REQUIRE_EQUAL(taken.size(), 1u);
    outcome.seen = taken[0].done;
    outcome.results = written();
    return outcome;
  }

  /// A second share, first in the order of locks, holds the settle up after it took its snapshot.
  Outcome takeover_after_the_snapshot() {
    run("select assay.cancel_job(id) from assay.jobs where state in ('queued', 'running')");
    enqueue(1), enqueue(2);
    const std::vector<Held> held = claim();
    BOOST_REQUIRE_EQUAL(held.size(), 2u);
    const Held& first = held[0];
    stale = held[1];
    begin({{first.share, first.token, 0}, {stale.share, stale.token, 0}});
    run("update assay_private.share set lease_until = now() - interval '1 s' where id = " +
        std::to_string(stale.share));

    auto blocker = connect();
    pqxx::work holds_up(*blocker);
    // What a broken settle_v2 would wait for as well: a result of the same cell that may yet vanish.
    holds_up.exec("select from assay_private.share where id = " + std::to_string(first.share) + " for update");
    holds_up.exec(
        "insert into assay_private.result (job_id, token, score, job_day, cell, seq, verdict, usage_source, "
        "text_escaped, "
        "text_truncated, tenant, requested_model) select job_id, 0, 0, job_day, 0, 0, 'pass', 'none', false, false, "
        "tenant, '' "
        "from assay_private.share where id = " +
        std::to_string(first.share));
    Waiting settle(*this, *late, sql(Batch{.results = {{first.share, first.token, 0}, {stale.share, stale.token, 0}}}));
    BOOST_TEST(settle.waits());
    pqxx::work takeover(*taker);
    takeover.exec("select assay_worker.sweep_v1()");
    const pqxx::result taken = takeover.exec(sql(Claim{.worker = "w2"}));
    Outcome outcome;
    outcome.seen = taken[0]["done"].is_null() ? "" : taken[0]["done"].c_str();
    takeover.commit();
    holds_up.abort();
    outcome.waited = true;
    outcome.stored = settle.end()[0]["results"].c_str();
    outcome.results = written();
    return outcome;
  }

  template <class Case>
  Outcome without_lock(Case interleaving) {
    run(settle_without_lock());
    const Outcome outcome = (this->*interleaving)();
    run(migration("functions/assay_worker/settle_v2.sql"));
    return outcome;
  }
};

/// Stale: a result was stored under the old token that the new holder was not told of.
bool stale_write(const Outcome& outcome) {
  return outcome.results == "1" && outcome.seen.empty();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(fence, Fence)

BOOST_AUTO_TEST_CASE(a_takeover_in_progress_is_waited_for_and_then_obeyed) {
  const Outcome outcome = takeover_uncommitted_then_settle();
  BOOST_TEST(outcome.waited);
  BOOST_TEST(outcome.stored == "{f}");
  BOOST_TEST(outcome.results == "0");
  verify();
  BOOST_TEST(stale_write(without_lock(&Fence::takeover_uncommitted_then_settle)));
}

BOOST_AUTO_TEST_CASE(a_settle_in_progress_holds_off_the_takeover) {
  const Outcome outcome = settle_uncommitted_then_takeover();
  BOOST_TEST(outcome.waited);
  BOOST_TEST(outcome.stored == "{t}");
  BOOST_TEST(outcome.seen == "{0}");
  verify();
  BOOST_TEST(stale_write(without_lock(&Fence::settle_uncommitted_then_takeover)));
}

BOOST_AUTO_TEST_CASE(a_takeover_after_the_settles_snapshot_is_noticed_at_the_row) {
  const Outcome outcome = takeover_after_the_snapshot();
  BOOST_TEST(outcome.stored == "{t,f}");
  BOOST_TEST(outcome.results == "0");
  verify();
  BOOST_TEST(stale_write(without_lock(&Fence::takeover_after_the_snapshot)));
}

BOOST_AUTO_TEST_CASE(a_close_in_progress_holds_off_the_takeover_too) {
  given_a_paused_holder();
  begin({{stale.share, stale.token, 1}});
  pqxx::work closing(*late);
  closing.exec(sql(Batch{.results = {{stale.share, stale.token, 0}, {stale.share, stale.token, 1}},
                         .closes = {{stale.share, stale.token}}}));
  run("select assay_worker.sweep_v1()");
  BOOST_TEST(claim({.worker = "w2"}).empty());
  closing.commit();
  run("select assay_worker.sweep_v1()");
  BOOST_TEST(claim({.worker = "w2"}).empty());
  BOOST_TEST(state(stale.job) == "finished");
  verify();
}

BOOST_AUTO_TEST_CASE(a_begin_waits_for_a_takeover_and_is_refused) {
  given_a_paused_holder();
  pqxx::work takeover(*taker);
  takeover.exec("select assay_worker.sweep_v1()");
  Waiting begin_call(*this, *late, begin_sql({{stale.share, stale.token, 1}}));
  BOOST_TEST(begin_call.waits());
  takeover.commit();
  BOOST_TEST(begin_call.end()[0][0].c_str() == std::string("{lost}"));
}

BOOST_AUTO_TEST_CASE(renewing_and_releasing_a_lost_lease_changes_nothing) {
  given_a_paused_holder();
  run("select assay_worker.sweep_v1()");
  const Held fresh = claim_one({.worker = "w2"});
  const std::string pair = "'{" + std::to_string(stale.share) + "}', '{" + std::to_string(stale.token) + "}'";
  BOOST_TEST(one("select assay_worker.renew_v1('w1', " + pair + ", '1 hour')") == "{}");
  BOOST_TEST(one("select assay_worker.release_v1(" + pair + ", '{0}', '{drain}')") == "{f}");
  BOOST_TEST(one("select assay_worker.run_alone_v1(" + std::to_string(stale.share) + ", " +
                 std::to_string(stale.token) + ")") == "f");
  BOOST_TEST(one("select worker || ' ' || token from assay_private.share where state = 'running'") ==
             "w2 " + std::to_string(fresh.token));
}

BOOST_AUTO_TEST_SUITE_END()
