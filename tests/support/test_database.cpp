#include "tests/support/test_database.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdlib>
#include <optional>
#include <stdexcept>

#include "postgres/migrator.hpp"
#include "postgres/url.hpp"

namespace assay::testing {
namespace {

std::string fresh_name(const char* what) {
  static std::atomic<int> count{0};
  return std::string("assay_") + what + "_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

std::unique_ptr<postgres::Connection> connect(const std::string& url) {
  postgres::Connection::Options how;
  how.url = url;
  how.application_name = "test";
  how.statement_timeout = std::chrono::minutes(2);
  how.idle_in_transaction_timeout = std::chrono::minutes(2);
  return std::make_unique<postgres::Connection>(how);
}

/// The migrated database that others are copied from, and the cluster it is in.
class Template {
 public:
  explicit Template(const std::string& cluster) : cluster_(cluster), name_(fresh_name("template")) {
    connect(cluster_)->run("create database " + name_);
    postgres::Migrator::Options how;
    how.url = postgres::with_database(cluster_, name_);
    postgres::Migrator(how).up();
  }
  ~Template() {
    try {
      connect(cluster_)->run("drop database " + name_ + " with (force)");
    } catch (const std::exception&) {  // the cluster may be gone already
    }
  }
  const std::string& name() const { return name_; }
  const std::string& cluster() const { return cluster_; }

 private:
  std::string cluster_, name_;
};

std::optional<Template> made;

/// Drops the template while libpqxx still has its own statics.
struct DropAtEnd {
  ~DropAtEnd() { made.reset(); }
};
BOOST_TEST_GLOBAL_FIXTURE(DropAtEnd);

const std::string& migrated_template(const std::string& cluster) {
  if (!made || made->cluster() != cluster) made.emplace(cluster);
  return made->name();
}

}  // namespace

std::string cluster_url() {
  const char* const url = std::getenv("ASSAY_TEST_DATABASE_URL");
  if (url == nullptr || *url == '\0') {
    throw std::runtime_error(
        "ASSAY_TEST_DATABASE_URL is not set: start a cluster with scripts/pg start and pass its URL");
  }
  return url;
}

TestDatabase::TestDatabase(Contents contents, const std::string& cluster)
    : cluster_(cluster), name_(fresh_name("test")), url_(postgres::with_database(cluster, name_)) {
  const std::string source = contents == Contents::migrated ? " template " + migrated_template(cluster) : std::string();
  connect(cluster_)->run("create database " + name_ + source);
  connection_ = connect(url_);
}

TestDatabase::~TestDatabase() {
  connection_.reset();
  try {
    connect(cluster_)->run("drop database " + name_ + " with (force)");
  } catch (const std::exception&) {  // the cluster may be gone already
  }
}

postgres::Rows TestDatabase::run(std::string_view sql) {
  if (!connection_->open() || connection_->hung_up()) connection_ = connect(url_);
  return connection_->run(schema_.fill(sql));
}

std::vector<std::string> TestDatabase::violations() {
  const postgres::Rows rows =
      run("select check_name || ': ' || coalesce(example, '') from @assay@.verify() where violations > 0");
  std::vector<std::string> found;
  for (int row = 0; row < rows.size(); ++row) found.emplace_back(rows.text(row, 0));
  return found;
}

std::int64_t TestDatabase::terminate(std::string_view application) {
  return number(
      "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() "
      "and pid <> pg_backend_pid() and application_name like '" +
      std::string(application) + "%'");
}

}  // namespace assay::testing
