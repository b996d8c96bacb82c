#pragma once
#include <pqxx/pqxx>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::testing {

/// A database of its own, made from migrations/ and dropped at the end. The cluster comes from ASSAY_TEST_DATABASE_URL.
/// Applies the files in the documented order, as plain text: what the tests see does not depend on the migrator.
class Database {
 public:
  explicit Database(const std::string& name);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& url() const { return url_; }
  std::unique_ptr<pqxx::connection> connect() const;
  void empty();  ///< every table as after the migration

 private:
  std::string name_, url_;
};

/// A file of migrations/, with the schemas named after the prefix "assay".
std::string migration(std::string_view path);

/// Runs statements without parameters, each call in a transaction of its own.
std::string one(pqxx::connection& connection, const std::string& sql);  ///< first column of the first row; "" for null
pqxx::result rows(pqxx::connection& connection, const std::string& sql);
void run(pqxx::connection& connection, const std::string& sql);

/// What Postgres said no with.
struct Refused {
  std::string sqlstate, message, hint;
};
/// Runs a statement that must fail. Boost.Test fails when it does not.
Refused refused(pqxx::connection& connection, const std::string& sql);

}  // namespace assay::testing
