#include "tests/db/protocol.hpp"

#include <atomic>
#include <mutex>
#include <random>
#include <thread>

using namespace assay::testing;

/// Workers, a canceller and sweepers on their own connections do everything the protocol allows, on few jobs, while the
/// sweepers take leases away that have not expired, so that they meet in the same rows all the time. It proves that the
/// order of locks holds (no statement was a deadlock's victim), that everything ends, and that verify finds nothing,
/// also while all that goes on.
namespace {

struct Storm : World {
  static constexpr int workers = 4, jobs = 60;
  std::atomic<int> deadlocks{0}, lost{0}, stored{0}, cancelled{0}, rescued{0}, refused_calls{0}, violations{0},
      watched{0};
  std::mutex mutex;
  std::string first_violation;

  pqxx::result exec(pqxx::connection& connection, const std::string& statement) {
    for (;;) {
      try {
        return assay::testing::rows(connection, statement);
      } catch (const pqxx::sql_error& error) {
        const std::string text = error.what();
        if (error.sqlstate() == "ZA101") return {};
        if (text.find("deadlock") == std::string::npos) throw;
        ++deadlocks;
      }
    }
  }
  bool over(pqxx::connection& connection) {
    return exec(connection, "select not exists (select from assay_private.share)")[0][0].as<bool>();
  }

  void work(int number) {
    auto connection = connect();
    std::mt19937 chance(static_cast<unsigned>(number));
    Claim some{.shares = 6, .cells = 30, .suspect = true, .worker = "w" + std::to_string(number), .lease = "60 s"};
    while (!over(*connection)) {
      std::vector<Call> calls;
      Batch batch;
      std::vector<std::string> shares, tokens;
      for (const auto& row : exec(*connection, sql(some))) {
        if (row["share_id"].is_null()) continue;
        const auto share = row["share_id"].as<std::int64_t>(), token = row["token"].as<std::int64_t>();
        const std::string done = row["done"].is_null() ? "" : row["done"].c_str();
        const std::string known = "," + (done.empty() ? "" : done.substr(1, done.size() - 2)) + ",";
        const auto seqs =
            exec(*connection, "select n, coalesce((select max(seq) from assay_private.call where job_id = " +
                                  std::string(row["job_id"].c_str()) + " and cell = n), 0) + 1 from generate_series(" +
                                  row["first_cell"].c_str() + ", " + row["first_cell"].c_str() + " + " +
                                  row["cell_count"].c_str() + " - 1) n");
        for (const auto& cell : seqs) {
          if (known.find("," + std::string(cell[0].c_str()) + ",") != std::string::npos) continue;
          calls.push_back({share, token, cell[0].as<int>(), cell[1].as<int>()});
        }
        batch.closes.emplace_back(share, token);
        shares.push_back(std::to_string(share));
        tokens.push_back(std::to_string(token));
      }
      if (batch.closes.empty()) continue;
      std::shuffle(calls.begin(), calls.end(), chance);
      std::string granted = calls.empty() ? "" : exec(*connection, begin_sql(calls))[0][0].c_str();
      std::string pairs = "array[" + joined(shares) + "]::bigint[], array[" + joined(tokens) + "]::bigint[]";
      if (chance() % 2 == 0) exec(*connection, "select assay_worker.renew_v1('w', " + pairs + ", '60 s')");
      if (chance() % 5 == 0) {
        exec(*connection, "select assay_worker.release_v1(" + pairs + ", array_fill(" +
                              (chance() % 2 == 0 ? "1" : "0") + "::bigint, array[" + std::to_string(shares.size()) +
                              "]), array_fill('why'::text, array[" + std::to_string(shares.size()) + "]))");
        continue;
      }
      std::size_t at = 0;
      for (const Call& call : calls) {
        if (granted.compare(at + 1, 7, "granted") == 0) {
          if (chance() % 8 == 0) {
            batch.ended.push_back({.share = call.share, .token = call.token, .cell = call.cell, .seq = call.seq});
          } else {
            batch.results.push_back({.share = call.share, .token = call.token, .cell = call.cell, .seq = call.seq});
          }
        } else {
          ++refused_calls;
        }
        at = granted.find(',', at + 1);
        if (at == std::string::npos) break;
      }
      if (chance() % 2 == 0) batch.closes.clear();
      const pqxx::result answer = exec(*connection, sql(batch));
      if (answer.empty()) continue;
      for (const char* word = answer[0][0].c_str(); *word != '\0'; ++word) {
        stored += *word == 't';
        lost += *word == 'f';
      }
    }
  }
  void sweep() {
    auto connection = connect();
    while (!over(*connection))
      rescued +=
          exec(*connection, "select rescued from assay_worker.sweep_v1(1, 1000, now() + interval '1 hour')")[0][0]
              .as<int>();
  }
  void watch() {
    auto connection = connect();
    while (!over(*connection)) {
      for (const auto& row : exec(*connection, "select check_name, example from assay.verify() where violations > 0")) {
        ++violations;
        const std::lock_guard lock(mutex);
        first_violation = std::string(row[0].c_str()) + ": " + row[1].c_str();
      }
      ++watched;
    }
  }
  void cancel() {
    auto connection = connect();
    std::mt19937 chance(99);
    for (int i = 0; i < jobs / 4; ++i) {
      cancelled +=
          exec(*connection, "select assay.cancel_job(" + std::to_string(1 + chance() % jobs) + ")")[0][0].as<bool>();
      exec(*connection, "select assay.set_priority(" + std::to_string(1 + chance() % jobs) + ", " +
                            std::to_string(chance() % 4) + ")");
    }
  }
  static std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
    return text;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(stress, Storm)

BOOST_AUTO_TEST_CASE(everybody_at_once_ends_without_a_deadlock_and_with_every_invariant) {
  for (int i = 0; i < jobs; ++i) {
    enqueue(1 + i % 12,
            "p_cells_per_share => " + std::to_string(1 + i % 4) + (i % 3 == 0 ? ", p_max_cost => 0.00001" : ""));
  }

  std::vector<std::future<void>> all;
  for (int number = 0; number < workers; ++number)
    all.push_back(std::async(std::launch::async, [this, number] { work(number); }));
  for (int i = 0; i < 2; ++i) all.push_back(std::async(std::launch::async, [this] { sweep(); }));
  all.push_back(std::async(std::launch::async, [this] { cancel(); }));
  all.push_back(std::async(std::launch::async, [this] { watch(); }));
  for (auto& one_of_them : all) one_of_them.get();

  BOOST_TEST_MESSAGE("stored " << stored << ", lost " << lost << ", rescued " << rescued << ", cancelled " << cancelled
                               << ", refused " << refused_calls << ", deadlocks " << deadlocks);
  BOOST_TEST(deadlocks == 0);
  BOOST_TEST(violations == 0, first_violation);
  BOOST_TEST(watched > 0);
  BOOST_TEST(lost > 0);  // the storm was one
  BOOST_TEST(rescued > 0);
  BOOST_TEST(cancelled > 0);
  BOOST_TEST(one("select count(*) from assay.jobs where state in ('queued', 'running')") == "0");
  verify();
}

BOOST_AUTO_TEST_SUITE_END()
