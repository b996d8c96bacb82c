#include "tests/support/database.hpp"

#include <unistd.h>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace assay::testing {
namespace {

const std::filesystem::path migrations = std::filesystem::path(ASSAY_SOURCE_DIR) / "migrations";

std::string admin_url() {
  const char* url = std::getenv("ASSAY_TEST_DATABASE_URL");
  if (url == nullptr) throw std::runtime_error("ASSAY_TEST_DATABASE_URL is not set: start a cluster with scripts/pg");
  return url;
}

/// The same server, another database: the name is the last word that counts in both forms of a URL.
std::string with_database(const std::string& url, const std::string& name) {
  if (url.rfind("postgres", 0) != 0) return url + " dbname=" + name;
  const std::size_t query = std::min(url.find('?'), url.size());
  const std::size_t path = url.find('/', url.find("://") + 3);
  return url.substr(0, std::min(path, query)) + "/" + name + url.substr(query);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

void apply_file(pqxx::connection& connection, const std::string& path) {
  try {
    run(connection, migration(path));
  } catch (const pqxx::sql_error& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}

void migrate(pqxx::connection& connection) {
  std::vector<std::string> tables;
  for (const auto& file : std::filesystem::directory_iterator(migrations / "tables")) {
    tables.push_back("tables/" + file.path().filename().string());
  }
  std::sort(tables.begin(), tables.end());
  for (const std::string& table : tables) apply_file(connection, table);
  std::ifstream order(migrations / "order.txt");
  for (std::string line; std::getline(order, line);) apply_file(connection, "functions/" + line);
  run(connection, "select assay_private.ensure_partitions()");
}

}  // namespace

std::string migration(std::string_view path) {
  std::ifstream file(migrations / path);
  if (!file) throw std::runtime_error("no such migration: " + std::string(path));
  std::stringstream content;
  content << file.rdbuf();
  std::string text = content.str();
  replace_all(text, "@assay_private@", "assay_private");
  replace_all(text, "@assay_worker@", "assay_worker");
  replace_all(text, "@assay@", "assay");
  return text;
}

Database::Database(const std::string& name) : name_("assay_test_" + name + "_" + std::to_string(getpid())) {
  url_ = with_database(admin_url(), name_);
  {
    pqxx::connection admin(admin_url());
    pqxx::nontransaction work(admin);
    work.exec("create database " + name_);
  }
  migrate(*connect());
}

Database::~Database() {
  try {
    pqxx::connection admin(admin_url());
    pqxx::nontransaction work(admin);
    work.exec("drop database " + name_ + " with (force)");
  } catch (const std::exception&) {
    // A test database left behind harms nobody.
  }
}

std::unique_ptr<pqxx::connection> Database::connect() const {
  auto connection = std::make_unique<pqxx::connection>(url_);
  run(*connection, "set client_min_messages to error");
  return connection;
}

void Database::empty() {
  auto connection = connect();
  // Deleting few rows is far cheaper than truncating forty tables.
  std::string text;
  for (const char* table : {"suite", "suite_case", "job", "job_end", "share", "job_meter", "call", "settlement",
                            "result", "price", "worker", "queue"}) {
    text += std::string("delete from assay_private.") + table + ";";
  }
  run(*connection,
      text +
          "insert into assay_private.queue (name) values ('default');"
          "alter sequence assay_private.job_id restart; alter sequence assay_private.suite_id_seq restart");
}

std::string one(pqxx::connection& connection, const std::string& sql) {
  const pqxx::result result = rows(connection, sql);
  // Not Boost's check: threads come here too, and its log is not theirs to share.
  if (result.empty()) throw std::runtime_error("no row: " + sql);
  return result[0][0].is_null() ? "" : result[0][0].c_str();
}

pqxx::result rows(pqxx::connection& connection, const std::string& sql) {
  pqxx::work work(connection);
  pqxx::result result = work.exec(sql);
  work.commit();
  return result;
}

void run(pqxx::connection& connection, const std::string& sql) {
  rows(connection, sql);
}

Refused refused(pqxx::connection& connection, const std::string& sql) {
  // libpqxx 6 keeps the SQLSTATE but not the hint, so the text is taken apart.
  try {
    run(connection, sql);
  } catch (const pqxx::sql_error& error) {
    const std::string text = error.what();
    const std::size_t hint = text.find("HINT:  ");
    Refused answer;
    answer.sqlstate = error.sqlstate();
    answer.message = text.substr(0, text.find('\n'));
    if (hint != std::string::npos) answer.hint = text.substr(hint + 7, text.find('\n', hint) - hint - 7);
    return answer;
  }
  BOOST_ERROR("was not refused: " << sql);
  return {};
}

}  // namespace assay::testing
