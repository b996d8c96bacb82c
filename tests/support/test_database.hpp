#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "postgres/connection.hpp"
#include "postgres/schema.hpp"

namespace assay::testing {

/// The running private cluster of scripts/pg, from ASSAY_TEST_DATABASE_URL. Throws when it is not given: a test that
/// needs a database fails without one, it never skips.
std::string cluster_url();

/// A database of one test: made with it, dropped with it, connections and all. With `Contents::migrated` it is a copy
/// of one that the real migrator made, once per process.
class TestDatabase {
 public:
  enum class Contents { migrated, empty };

  explicit TestDatabase(Contents contents = Contents::migrated, const std::string& cluster = cluster_url());
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase();

  const std::string& url() const { return url_; }
  const std::string& name() const { return name_; }
  const postgres::Schema& schema() const { return schema_; }

  /// Statements with the placeholders of migrations/, on a connection of the test's own.
  postgres::Rows run(std::string_view sql);
  std::int64_t number(std::string_view sql) { return run(sql).number(0, 0); }
  std::string text(std::string_view sql) { return std::string(run(sql).text(0, 0)); }

  /// The invariants of verify() that do not hold.
  std::vector<std::string> violations();

  /// Ends all other connections to the database whose application name begins so.
  std::int64_t terminate(std::string_view application = "assay");

 private:
  std::string cluster_, name_, url_;
  postgres::Schema schema_;
  std::unique_ptr<postgres::Connection> connection_;
};

}  // namespace assay::testing
