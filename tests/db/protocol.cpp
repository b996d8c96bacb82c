#include "tests/db/protocol.hpp"

#include <chrono>
#include <thread>

namespace assay::testing {
namespace {

Database& shared_database() {
  static Database database("sql");
  return database;
}

/// '{1,2,null}'
template <class Items, class Get>
std::string list(const Items& items, Get get) {
  std::string text = "'{";
  for (const auto& item : items) text += (text.size() > 2 ? "," : "") + get(item);
  return text + "}'";
}
std::string number(std::int64_t value) {
  return std::to_string(value);
}
std::string number(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : "null";
}
std::string quoted(const std::string& text) {
  if (text.empty()) return "null";
  std::string escaped;
  for (const char c : text)
    escaped += c == '"' || c == '\\' ? std::string("\\") + c : c == '\'' ? "''" : std::string(1, c);
  return '"' + escaped + '"';
}
template <class Items>
std::string same(const Items& items, const std::string& value) {
  return list(items, [&](const auto&) { return value; });
}

std::string text_of(const pqxx::result::reference& row, const char* column) {
  return row[column].is_null() ? "" : row[column].c_str();
}

}  // namespace

std::string sql(const Claim& claim) {
  return "select * from assay_worker.claim_v1('" + claim.worker + "', '" + claim.queues + "', " + number(claim.shares) +
         ", " + number(claim.cells) + ", '" + claim.lease + "', " + (claim.suspect ? "true" : "false") + ", " +
         claim.low + ", " + claim.now + ")";
}

std::string begin_sql(const std::vector<Call>& calls, const std::string& worker) {
  return "select assay_worker.begin_v1('" + worker + "', " +
         list(calls, [](const Call& c) { return number(c.share); }) + ", " +
         list(calls, [](const Call& c) { return number(c.token); }) + ", " +
         list(calls, [](const Call& c) { return number(c.cell); }) + ", " +
         list(calls, [](const Call& c) { return number(c.seq); }) + ", " + same(calls, "answer") + ", " +
         same(calls, "fake") + ", " + same(calls, "m") + ", " + same(calls, "null") + ", " +
         list(calls, [](const Call& c) { return c.bound ? quoted("{\"input\": 1}") : "null"; }) + ", " +
         list(calls, [](const Call& c) { return number(c.bound); }) + ")";
}

std::string sql(const Batch& batch) {
  const auto& r = batch.results;
  const auto& e = batch.ended;
  const std::string no_r = same(r, "null"), no_e = same(e, "null");
  const std::string extras = ", " + list(r, [](const Answer& a) { return quoted(a.extras); }) + ", " +
                             list(e, [](const Ended& a) { return quoted(a.extras); });
  return std::string("select results, ended, closed from assay_worker.settle_v") + (batch.by_v1 ? "1" : "2") +
         "('w1', " +
         // results
         list(r, [](const Answer& a) { return number(a.share); }) + ", " +
         list(r, [](const Answer& a) { return number(a.token); }) + ", " +
         list(r, [](const Answer& a) { return number(a.cell); }) + ", " +
         list(r, [](const Answer& a) { return number(a.seq); }) + ", " +
         list(r, [](const Answer& a) { return quoted(a.verdict); }) + ", " +
         list(r, [](const Answer& a) { return quoted(a.failure); }) + ", " +
         list(r, [](const Answer& a) { return std::to_string(a.score); }) + ", " + same(r, "m") + ", " +
         same(r, "fake") + ", " + same(r, "m-served") + ", " + same(r, "stop") + ", " + same(r, "end_turn") + ", " +
         no_r + ", " + same(r, "req-1") + ", " + no_r + ", " + no_r + ", " + same(r, "Paris") + ", " + same(r, "0") +
         ", " + list(r, [](const Answer& a) { return number(a.cost); }) + ", " + same(r, "3") + ", " + no_r + ", " +
         no_r + ", " + no_r + ", " + same(r, "4") + ", " + no_r + ", " + same(r, "provider") + ", " +
         same(r, quoted("{\"total\": 7}")) + ", " + list(r, [](const Answer& a) { return quoted(a.details); }) + ", " +
         same(r, "1000") + ", " + same(r, "2000") + ", " + same(r, "3000") + ", " + same(r, "4000") + ", " +
         // calls that ended without a result
         list(e, [](const Ended& a) { return number(a.share); }) + ", " +
         list(e, [](const Ended& a) { return number(a.token); }) + ", " +
         list(e, [](const Ended& a) { return number(a.cell); }) + ", " +
         list(e, [](const Ended& a) { return number(a.seq); }) + ", " +
         list(e, [](const Ended& a) { return quoted(a.failure); }) + ", " +
         list(e, [](const Ended& a) { return number(a.cost); }) + ", " + no_e + ", " + no_e + ", " + no_e + ", " +
         no_e + ", " + no_e + ", " + no_e + ", " + same(e, "none") + ", " + no_e + ", " + same(e, "busy") + ", " +
         same(e, "529") + ", " + no_e + ", " +
         // ends of shares
         list(batch.closes, [](const auto& s) { return number(s.first); }) + ", " +
         list(batch.closes, [](const auto& s) { return number(s.second); }) + (batch.by_v1 ? "" : extras) + ")";
}

World::World() : database(shared_database()) {
  database.empty();
  c = database.connect();
}

std::int64_t World::suite(int cases) {
  std::string list;
  for (int i = 0; i < cases; ++i)
    list += (i ? ", " : "") + std::string("{\"title\": \"t") + number(i) + "\", \"input\": \"say it\"}";
  return std::stoll(
      one("select assay.put_suite('{\"name\": \"pkg\", \"prompt\": \"be brief\", \"cases\": [" + list + "]}')"));
}

std::int64_t World::enqueue(int cases, const std::string& more, const std::string& models) {
  return std::stoll(one("select assay.enqueue_job(" + number(suite(cases)) + ", '" + models + "'" +
                        (more.empty() ? "" : ", " + more) + ")"));
}

std::vector<Held> World::claim(const Claim& claim) {
  std::vector<Held> held;
  for (const auto& row : rows(sql(claim))) {
    if (row["share_id"].is_null()) continue;
    held.push_back({row["share_id"].as<std::int64_t>(), row["token"].as<std::int64_t>(),
                    row["job_id"].as<std::int64_t>(), row["first_cell"].as<int>(), row["cell_count"].as<int>(),
                    row["crashes"].as<int>(), row["mark"].as<int>(), row["run_at_us"].as<std::int64_t>(),
                    row["suspect"].as<bool>(), text_of(row, "done"), text_of(row, "prior_cells"),
                    text_of(row, "prior_calls"), text_of(row, "prior_unknown")});
  }
  return held;
}

Held World::claim_one(const Claim& claim) {
  Claim just_one = claim;
  just_one.shares = 1;
  const std::vector<Held> held = this->claim(just_one);
  BOOST_REQUIRE_EQUAL(held.size(), 1u);
  return held.front();
}

std::string World::settle(const Batch& batch) {
  const pqxx::result answer = rows(sql(batch));
  return std::string(answer[0][0].c_str()) + " " + answer[0][1].c_str() + " " + answer[0][2].c_str();
}

void World::finish(const Held& held) {
  Batch batch;
  std::vector<Call> calls;
  const std::string done = "," + (held.done.empty() ? "" : held.done.substr(1, held.done.size() - 2)) + ",";
  for (int cell = held.first; cell < held.first + held.count; ++cell) {
    if (done.find("," + number(cell) + ",") != std::string::npos) continue;
    const std::string seq =
        one("select coalesce(max(seq), 0) + 1 from assay_private.call where job_id = " + number(held.job) +
            " and cell = " + number(cell));
    calls.push_back({held.share, held.token, cell, std::stoi(seq)});
    batch.results.push_back({held.share, held.token, cell, std::stoi(seq)});
  }
  batch.closes = {{held.share, held.token}};
  if (!calls.empty()) BOOST_REQUIRE(begin(calls).find("lost") == std::string::npos);
  BOOST_REQUIRE(settle(batch).find('f') == std::string::npos);
}

void World::crash(int quarantine_after) {
  run("update assay_private.share set lease_until = now() - interval '1 s' where state = 'running'");
  run("select assay_worker.sweep_v1(1000, " + number(quarantine_after) + ")");
}

void World::verify() {
  for (const auto& row : rows("select check_name, violations, example from assay.verify() where violations > 0")) {
    BOOST_ERROR(row[0].c_str() << ": " << row[1].c_str() << ", " << row[2].c_str());
  }
}

Waiting::Waiting(World& world, pqxx::connection& connection, std::string statement) {
  const int backend = connection.backendpid();
  answer_ =
      std::async(std::launch::async, [&connection, text = std::move(statement)] { return rows(connection, text); });
  const std::string blocked = "select cardinality(pg_blocking_pids(" + std::to_string(backend) + "))";
  while (answer_.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
    if (world.one(blocked) != "0") {
      waits_ = true;
      return;
    }
  }
}

}  // namespace assay::testing
