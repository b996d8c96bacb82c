#include "postgres/migrator.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include "base/digest.hpp"
#include "postgres/backoff.hpp"

namespace assay::postgres {
namespace {

/// What was applied is kept beside the tables it made. The checksum is of the file, before names are filled in.
constexpr const char* bookkeeping = R"(
create schema if not exists @assay_private@;
create table if not exists @assay_private@.applied_table (
  number     int primary key,
  name       text not null,
  checksum   text not null,
  program    text not null,
  applied_at timestamptz not null default now());
create table if not exists @assay_private@.applied_function (
  name       text primary key,
  checksum   text not null,
  program    text not null,
  applied_at timestamptz not null default now());
)";

std::vector<int> parts_of(const std::string& version) {
  std::vector<int> parts;
  std::istringstream words(version);
  for (std::string part; std::getline(words, part, '.');) parts.push_back(std::atoi(part.c_str()));
  return parts;
}

bool newer(const std::string& one, const std::string& other) {
  return parts_of(one) > parts_of(other);
}

}  // namespace

struct Migrator::Applied {
  struct Table {
    std::string name, checksum;
  };
  std::map<int, Table> tables;
  std::map<std::string, std::string> functions;  // name → checksum
  std::string newest_program;
};

Migrator::Migrator(Options options, Catalogue catalogue)
    : options_(std::move(options)), catalogue_(std::move(catalogue)) {
  Connection::Options how;
  how.url = options_.url;
  how.application_name = "assay migrate";
  how.lock_timeout = options_.lock_timeout;
  how.statement_timeout = std::chrono::hours(1);
  how.idle_in_transaction_timeout = std::chrono::minutes(1);
  how.own_transactions = true;
  connection_ = std::make_unique<Connection>(how);
}

Migrator::~Migrator() = default;

void Migrator::up(Until until) {
  step("bookkeeping", [this] {
    run(options_.schema.fill(bookkeeping));
    return true;
  });
  const Status found = status();
  for (const SqlFile& table : catalogue_.tables) {
    if (std::find(found.pending.begin(), found.pending.end(), table.name) == found.pending.end()) continue;
    if (until == Until::before_the_deploy && !runs_before_the_deploy(table)) {
      say("waiting for the deploy: " + table.name + " and what follows");
      break;
    }
    apply_table(table);
  }
  apply_functions();
  make_partitions();
}

Migrator::Status Migrator::status() {
  const Applied found = applied();
  check(found);
  return compare(found);
}

std::string Migrator::plan() {
  const Status todo = status();
  std::string text;
  const auto add = [&](const std::vector<SqlFile>& files, const std::vector<std::string>& wanted, const char* folder) {
    for (const SqlFile& file : files) {
      if (std::find(wanted.begin(), wanted.end(), file.name) == wanted.end()) continue;
      text += std::string("-- ") + folder + file.name + "\n" + options_.schema.fill(file.sql) + "\n";
    }
  };
  add(catalogue_.tables, todo.pending, "tables/");
  add(catalogue_.functions, todo.changed, "functions/");
  text += options_.schema.fill("select @assay_private@.ensure_partitions();\n");
  return text;
}

void Migrator::roles() {
  for (const SqlFile& file : catalogue_.roles) {
    step(file.name, [&] {
      run(options_.schema.fill(file.sql));
      return true;
    });
    say("applied " + file.name);
  }
}

Migrator::Applied Migrator::applied() {
  Applied found;
  const Rows there = run(options_.schema.fill("select to_regclass('@assay_private@.applied_function') is not null"));
  if (!there.flag(0, 0)) return found;
  const Rows tables = run(options_.schema.fill(
      "select number, name, checksum, program from @assay_private@.applied_table order by number"));
  const Rows functions =
      run(options_.schema.fill("select name, checksum, program from @assay_private@.applied_function"));
  const auto note_program = [&](std::string_view program) {
    if (newer(std::string(program), found.newest_program)) found.newest_program = program;
  };
  for (int row = 0; row < tables.size(); ++row) {
    found.tables[static_cast<int>(tables.number(row, 0))] = {std::string(tables.text(row, 1)),
                                                             std::string(tables.text(row, 2))};
    note_program(tables.text(row, 3));
  }
  for (int row = 0; row < functions.size(); ++row) {
    found.functions[std::string(functions.text(row, 0))] = functions.text(row, 1);
    note_program(functions.text(row, 2));
  }
  return found;
}

void Migrator::check(const Applied& found) const {
  std::map<int, const SqlFile*> known;
  for (const SqlFile& table : catalogue_.tables) known[number_of(table)] = &table;
  for (const auto& [number, table] : found.tables) {
    const auto ours = known.find(number);
    if (ours == known.end()) {
      throw MigrationRefused("the database is newer than this program: it has migration " + table.name +
                             ". Use the program that applied it, or a later one.");
    }
    if (sha256_hex(ours->second->sql) != table.checksum) {
      throw MigrationRefused("migrations/tables/" + ours->second->name +
                             ".sql differs from what was applied to this database as " + table.name +
                             ". Migrations are never edited: put the file back and make the change in a new one.");
    }
  }
  if (newer(found.newest_program, options_.program_version)) {
    throw MigrationRefused("the database was migrated by version " + found.newest_program +
                           " and this program is version " + options_.program_version +
                           ". Use that version, or a later one.");
  }
}

Migrator::Status Migrator::compare(const Applied& found) const {
  Status status;
  for (const SqlFile& table : catalogue_.tables) {
    (found.tables.count(number_of(table)) != 0 ? status.applied : status.pending).push_back(table.name);
  }
  for (const SqlFile& function : catalogue_.functions) {
    const auto there = found.functions.find(function.name);
    if (there == found.functions.end() || there->second != sha256_hex(function.sql))
      status.changed.push_back(function.name);
  }
  return status;
}

void Migrator::apply_table(const SqlFile& table) {
  const bool by_us = step(table.name, [&] {
    const Applied found = applied();  // another migrator may have been here before we got the lock
    check(found);
    if (found.tables.count(number_of(table)) != 0) return false;
    run(options_.schema.fill(table.sql));
    Parameters row;
    row.int4(number_of(table)).text(table.name).text(sha256_hex(table.sql)).text(options_.program_version);
    call(options_.schema.fill("insert into @assay_private@.applied_table (number, name, checksum, program) "
                              "values ($1::int, $2::text, $3::text, $4::text)"),
         row);
    return true;
  });
  say(by_us ? "applied " + table.name : table.name + " was applied by another migrator");
}

/// All that changed in one transaction: callers never meet half of it.
void Migrator::apply_functions() {
  std::vector<std::string> changed;
  step("functions", [&] {
    const Applied found = applied();
    check(found);
    changed = compare(found).changed;
    for (const SqlFile& function : catalogue_.functions) {
      if (std::find(changed.begin(), changed.end(), function.name) == changed.end()) continue;
      run(options_.schema.fill(function.sql));
      Parameters row;
      row.text(function.name).text(sha256_hex(function.sql)).text(options_.program_version);
      call(options_.schema.fill("insert into @assay_private@.applied_function (name, checksum, program) "
                                "values ($1::text, $2::text, $3::text) on conflict (name) do update "
                                "set checksum = excluded.checksum, program = excluded.program, applied_at = now()"),
           row);
    }
    return true;
  });
  for (const std::string& name : changed) say("applied " + name);
  if (changed.empty()) say("functions are current");
}

void Migrator::make_partitions() {
  std::int64_t made = 0;
  step("partitions", [&] {
    made = run(options_.schema.fill("select @assay_private@.ensure_partitions()")).number(0, 0);
    return true;
  });
  say("partitions are there" + (made > 0 ? ", " + std::to_string(made) + " days made" : std::string()));
}

/// One transaction under the migration lock; repeated while it meets locks. `work` says whether to commit.
bool Migrator::step(const std::string& name, const std::function<bool()>& work) {
  Backoff backoff(options_.seed, std::chrono::milliseconds(200), std::chrono::seconds(5));
  for (int tries = 1;; ++tries) {
    try {
      return in_transaction(work);
    } catch (const DatabaseError& error) {
      const bool locked = error.sqlstate() == "55P03" || error.kind() == ErrorKind::retry;
      if (!locked || tries >= options_.tries || !connection_->open()) {
        throw DatabaseError(error.kind(), error.sqlstate(), name + ": " + error.message() + "\nHINT: " + error.hint());
      }
      say("waiting for a lock: " + name);
      pause(backoff.next());
    }
  }
}

/// Waits in the database: holding nothing, and ended at once by whoever cancels us there.
void Migrator::pause(Duration duration) {
  Parameters milliseconds;
  milliseconds.int8(std::chrono::ceil<std::chrono::milliseconds>(duration).count());
  call("select pg_sleep($1::bigint / 1000.0)", milliseconds);
}

bool Migrator::in_transaction(const std::function<bool()>& work) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(options_.lock_timeout).count();
  run("begin");
  try {
    run("set local client_min_messages = warning");
    run("set local lock_timeout = " + std::to_string(milliseconds));
    run("set local statement_timeout = '1h'");
    run("set local idle_in_transaction_session_timeout = '1min'");
    run("select pg_advisory_xact_lock(hashtextextended('" + options_.schema.prefix() + " migrations', 0))");
    const bool done = work();
    run(done ? "commit" : "rollback");
    return done;
  } catch (...) {
    if (connection_->open()) {
      try {
        connection_->run("rollback");
      } catch (const DatabaseError&) {  // the first error is the one to tell
      }
    }
    throw;
  }
}

Rows Migrator::run(const std::string& sql) {
  if (options_.before) options_.before(sql);
  return connection_->run(sql);
}

Rows Migrator::call(const std::string& sql, const Parameters& parameters) {
  if (options_.before) options_.before(sql);
  return connection_->call(sql, parameters);
}

void Migrator::say(const std::string& line) const {
  if (options_.say) options_.say(line);
}

}  // namespace assay::postgres
