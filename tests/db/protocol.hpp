#pragma once
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/database.hpp"

/// What a worker says to the database, as SQL text: short words for the given and the when of a test.
namespace assay::testing {

/// A claimed share, as far as tests look at it.
struct Held {
  std::int64_t share = 0, token = 0, job = 0;
  int first = 0, count = 0, crashes = 0, mark = 0;
  std::int64_t run_at_us = 0;
  bool suspect = false;
  std::string done, prior_cells, prior_calls, prior_unknown;  ///< as array text, "" for null
};
struct Claim {
  int shares = 100, cells = 10000;
  bool suspect = false;
  std::string worker = "w1", queues = "{default}", lease = "60 s", low = "null", now = "null";
};
std::string sql(const Claim& claim);

struct Call {
  std::int64_t share = 0, token = 0;
  int cell = 0, seq = 1;
  std::optional<std::int64_t> bound = 100;
};
std::string begin_sql(const std::vector<Call>& calls, const std::string& worker = "w1");

struct Answer {
  std::int64_t share = 0, token = 0;
  int cell = 0, seq = 1;
  std::optional<std::int64_t> cost = 7;
  std::string verdict = "pass", failure = "", details = "[]";
  double score = 1;
  std::string extras = "";
};
struct Ended {
  std::int64_t share = 0, token = 0;
  int cell = 0, seq = 1;
  std::string failure = "overloaded";
  std::optional<std::int64_t> cost = 0;
  std::string extras = "";
};
struct Batch {
  std::vector<Answer> results = {};
  std::vector<Ended> ended = {};
  std::vector<std::pair<std::int64_t, std::int64_t>> closes = {};  ///< share, token
  bool by_v1 = false;  ///< as a worker of before extras says it
};
std::string sql(const Batch& batch);

/// One test's database: empty, with a suite of three cases, and a connection.
class World {
 public:
  World();

  Database& database;
  std::unique_ptr<pqxx::connection> c;

  std::unique_ptr<pqxx::connection> connect() { return database.connect(); }
  std::string one(const std::string& text) { return testing::one(*c, text); }
  pqxx::result rows(const std::string& text) { return testing::rows(*c, text); }
  void run(const std::string& text) { testing::run(*c, text); }
  Refused refused(const std::string& text) { return testing::refused(*c, text); }

  std::int64_t suite(int cases = 1);
  /// `more`: further arguments of enqueue_job, by name.
  std::int64_t enqueue(int cases = 1, const std::string& more = "", const std::string& models = "{m}");

  std::vector<Held> claim(const Claim& claim = {});
  Held claim_one(const Claim& claim = {});
  std::string begin(const std::vector<Call>& calls) { return one(begin_sql(calls)); }
  /// "results ended closed" as array text.
  std::string settle(const Batch& batch);
  /// Every open cell: one call, one answer; then the close.
  void finish(const Held& held);
  /// The holder of everything running dies: its leases are over and a sweep comes by.
  void crash(int quarantine_after = 3);

  std::string state(std::int64_t job) { return one("select state from assay.jobs where id = " + std::to_string(job)); }
  /// Boost.Test fails for every invariant that does not hold.
  void verify();
};

/// A statement on its own thread, which is expected to wait for somebody else's lock.
class Waiting {
 public:
  /// Returns once the statement waits for a lock, or has ended without waiting.
  Waiting(World& world, pqxx::connection& connection, std::string statement);
  bool waits() const { return waits_; }
  pqxx::result end() { return answer_.get(); }

 private:
  std::future<pqxx::result> answer_;
  bool waits_ = false;
};

}  // namespace assay::testing
