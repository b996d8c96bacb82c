#pragma once
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "postgres/catalogue.hpp"
#include "postgres/connection.hpp"
#include "postgres/schema.hpp"

namespace assay::postgres {

/// The database and this program do not fit together, and only a person can decide. The text names the file and says
/// what to do.
class MigrationRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Brings a database to the state this program needs, step by step, each step one transaction under an advisory lock
/// that ends with it (so a pooler in transaction mode is fine). Any number may run at once; one killed anywhere is
/// resumed by the next.
///
/// Refuses (MigrationRefused) a table migration that was applied with another text, one this program does not know,
/// and functions that a newer program wrote. Waits for locks only `lock_timeout` at a time, so that running workers
/// are not queued up behind it. Blocks. Throws DatabaseError when the database fails or stays locked.
class Migrator {
 public:
  enum class Until {
    before_the_deploy,  ///< leave table migrations that must wait until the old programs are gone
    everything
  };

  struct Options {
    std::string url;
    Schema schema;
    std::string program_version = "0";  ///< digits and dots
    Duration lock_timeout = std::chrono::seconds(3);
    int tries = 20;                                  ///< of a step that met a lock
    std::uint64_t seed = 1;                          ///< of the waits between them
    std::function<void(const std::string&)> say;     ///< one line for each thing done
    std::function<void(const std::string&)> before;  ///< told of each statement before it is sent; tests throw from it
  };

  struct Status {
    std::vector<std::string> applied, pending;  ///< table migrations
    std::vector<std::string> changed;           ///< functions to apply
    bool current() const { return pending.empty() && changed.empty(); }
  };

  explicit Migrator(Options options, Catalogue catalogue = embedded_catalogue());
  ~Migrator();

  void up(Until until = Until::everything);
  Status status();
  std::string plan();  ///< the SQL that up() would run
  void roles();        ///< idempotent

 private:
  struct Applied;
  Applied applied();
  void check(const Applied& applied) const;
  Status compare(const Applied& applied) const;
  void apply_table(const SqlFile& table);
  void apply_functions();
  void make_partitions();

  bool step(const std::string& name, const std::function<bool()>& work);
  bool in_transaction(const std::function<bool()>& work);
  void pause(Duration duration);
  Rows run(const std::string& sql);
  Rows call(const std::string& sql, const Parameters& parameters);
  void say(const std::string& line) const;

  Options options_;
  Catalogue catalogue_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace assay::postgres
