#include "postgres/migrator.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <optional>
#include <thread>

#include "tests/support/test_database.hpp"

using namespace assay;
using namespace assay::postgres;
using testing::TestDatabase;

namespace {

/// A small catalogue whose every step shows.
Catalogue small_catalogue() {
  Catalogue made;
  made.tables = {{"0001_first",
                  "-- before the deploy\ncreate table @assay_private@.first (id int); insert into "
                  "@assay_private@.first values (1)"},
                 {"0002_second", "-- before the deploy\nalter table @assay_private@.first add column note text"},
                 {"0003_third", "-- after the deploy\nalter table @assay_private@.first drop column note"}};
  made.functions = {
      {"assay_private/ensure_partitions.sql",
       "create or replace function @assay_private@.ensure_partitions() returns int language sql as 'select 0'"},
      {"assay/answer.sql",
       "create schema if not exists @assay@; create or replace function @assay@.answer() returns int language sql as "
       "'select 41'"}};
  made.roles = {{"roles.sql", "select 1"}};
  return made;
}

struct Empty {
  TestDatabase database{TestDatabase::Contents::empty};
  std::vector<std::string> said;

  Migrator::Options options(const std::string& prefix = "assay") {
    Migrator::Options made;
    made.url = database.url();
    made.schema = Schema(prefix);
    made.program_version = "1.2.0";
    made.say = [this](const std::string& line) { said.push_back(line); };
    return made;
  }
  Migrator migrator(Catalogue catalogue = small_catalogue()) { return Migrator(options(), std::move(catalogue)); }
  bool said_it(const std::string& line) const { return std::find(said.begin(), said.end(), line) != said.end(); }
  std::string shape() {
    return database.text(
        "select coalesce(string_agg(what, E'\\n' order by what), '') from ("
        "select 'column ' || table_schema || '.' || table_name || '.' || column_name || ' ' || data_type as what "
        "from information_schema.columns where table_schema like 'assay%' and table_name !~ '_[0-9]{8}$' union all "
        "select 'function ' || oid::regprocedure || ' ' || md5(prosrc) from pg_proc where "
        "pronamespace::regnamespace::text like 'assay%' "
        "union all select 'index ' || indexdef from pg_indexes where schemaname like 'assay%' and tablename !~ "
        "'_[0-9]{8}$') t");
  }
  /// From nothing: one migrator dies before its n-th statement, another goes on. How many there are in all.
  int die_and_resume(const Catalogue& catalogue, int fatal) {
    struct Killed {};
    database.run(
        "drop schema if exists assay cascade; drop schema if exists assay_worker cascade; "
        "drop schema if exists assay_private cascade");
    int seen = 0;
    Migrator::Options dying = options();
    dying.before = [&](const std::string&) {
      if (++seen == fatal) throw Killed{};
    };
    try {
      Migrator(dying, catalogue).up();
      return seen;
    } catch (const Killed&) {
    }
    Migrator(options(), catalogue).up();
    BOOST_TEST(migrator(catalogue).status().current());
    return fatal + 1;
  }
};

std::string refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const MigrationRefused& error) {
    return error.what();
  }
  BOOST_ERROR("it was not refused");
  return "";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(migrator_, Empty)

BOOST_AUTO_TEST_CASE(makes_a_database_of_ours_and_then_has_nothing_to_do) {
  Migrator::Options how = options();
  Migrator real(how);
  real.up();
  BOOST_TEST(real.status().current());
  BOOST_TEST(database.number("select count(*) from @assay_private@.applied_table") ==
             static_cast<std::int64_t>(embedded_catalogue().tables.size()));
  BOOST_TEST(database.number("select count(*) from @assay@.jobs") == 0);
  BOOST_TEST(database.number("select @assay_private@.ensure_partitions()") == 0);  // they are there

  said.clear();
  real.up();
  BOOST_TEST((said == std::vector<std::string>{"functions are current", "partitions are there"}));
}

BOOST_AUTO_TEST_CASE(takes_any_prefix) {
  Migrator real(options("team_b"));
  real.up();
  BOOST_TEST(Schema("team_b").fill("@assay@") == "team_b");
  BOOST_TEST(database.number("select count(*) from team_b.jobs") == 0);
  BOOST_TEST(database.number("select count(*) from pg_namespace where nspname like 'assay%'") == 0);
}

BOOST_AUTO_TEST_CASE(applies_roles_twice_without_harm) {
  Migrator real(options("assay_roles_test"));
  real.up();
  real.roles();
  real.roles();
  BOOST_TEST(database.number("select count(*) from pg_roles where rolname = 'assay_roles_test_worker'") == 1);
  database.run(
      "do $$ declare r text; begin foreach r in array array['owner', 'enqueuer', 'worker', 'reader'] loop "
      "execute format('drop owned by assay_roles_test_%s; drop role assay_roles_test_%1$s', r); end loop; end $$");
}

BOOST_AUTO_TEST_CASE(shows_its_plan_and_does_nothing) {
  Migrator small = migrator();
  const std::string plan = small.plan();
  BOOST_TEST(plan.find("create table assay_private.first") != std::string::npos);
  BOOST_TEST(plan.find("function assay.answer()") != std::string::npos);
  BOOST_TEST(database.number("select count(*) from pg_namespace where nspname like 'assay%'") == 0);
}

BOOST_AUTO_TEST_CASE(leaves_what_must_wait_for_the_deploy) {
  Migrator small = migrator();
  small.up(Migrator::Until::before_the_deploy);
  BOOST_TEST(said_it("waiting for the deploy: 0003_third and what follows"));
  BOOST_TEST((small.status().pending == std::vector<std::string>{"0003_third"}));
  small.up();
  BOOST_TEST(small.status().current());
}

BOOST_AUTO_TEST_CASE(applies_again_only_functions_that_changed) {
  migrator().up();
  BOOST_TEST(database.number("select @assay@.answer()") == 41);
  Catalogue changed = small_catalogue();
  std::string& sql = changed.functions[1].sql;
  sql.replace(sql.find("41"), 2, "42");
  said.clear();
  migrator(changed).up();
  BOOST_TEST(database.number("select @assay@.answer()") == 42);
  BOOST_TEST(said_it("applied assay/answer.sql"));
  BOOST_TEST(!said_it("applied assay_private/ensure_partitions.sql"));
}

BOOST_AUTO_TEST_CASE(refuses_a_migration_that_was_edited) {
  migrator().up();
  Catalogue edited = small_catalogue();
  edited.tables[1].sql += " -- a small correction";
  const std::string why = refusal([&] { migrator(edited).up(); });
  BOOST_TEST(why.find("migrations/tables/0002_second.sql differs") != std::string::npos);
  BOOST_TEST(why.find("put the file back") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(refuses_a_database_that_is_newer_than_the_program) {
  migrator().up();
  Catalogue older = small_catalogue();
  older.tables.pop_back();
  BOOST_TEST(refusal([&] { migrator(older).up(); }).find("0003_third") != std::string::npos);

  Migrator::Options old = options();
  old.program_version = "1.1.9";
  BOOST_TEST(refusal([&] { Migrator(old, small_catalogue()).up(); }).find("version 1.2.0") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(names_the_file_that_does_not_work_and_leaves_nothing_of_it) {
  Catalogue broken = small_catalogue();
  broken.tables[1].sql = "-- before the deploy\ncreate table @assay_private@.half (id int); select 1/0";
  BOOST_CHECK_EXCEPTION(migrator(broken).up(), DatabaseError,
                        [](const DatabaseError& error) { return std::string(error.what()).find("0002_second") == 0; });
  BOOST_TEST(database.text("select to_regclass('assay_private.half') is null") == "t");
  migrator().up();
  BOOST_TEST(migrator().status().current());
}

BOOST_AUTO_TEST_CASE(may_run_twice_at_once) {
  std::vector<std::thread> threads;
  std::vector<std::string> errors(4);
  for (std::size_t i = 0; i < errors.size(); ++i) {
    threads.emplace_back([&, i] {
      try {
        Migrator::Options how;
        how.url = database.url();
        how.seed = i;
        Migrator(how).up();
      } catch (const std::exception& error) {
        errors[i] = error.what();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& error : errors) BOOST_TEST(error == "");
  BOOST_TEST(Migrator(options()).status().current());
}

BOOST_AUTO_TEST_CASE(waits_for_a_lock_again_and_again_without_blocking_others) {
  Catalogue first = small_catalogue();
  first.tables.resize(1);
  migrator(first).up();
  TestDatabase& holder = database;
  holder.run("begin; select * from @assay_private@.first");  // as a long query of a running worker

  bool released = false;
  Migrator::Options how = options();
  how.lock_timeout = std::chrono::milliseconds(50);
  how.say = [&](const std::string& line) {
    said.push_back(line);
    if (line == "waiting for a lock: 0002_second" && !std::exchange(released, true)) holder.run("commit");
  };
  Migrator(how, small_catalogue()).up();
  BOOST_TEST(released);
  BOOST_TEST(said_it("applied 0002_second"));
}

/// Dies before its n-th statement, by losing the connection there; the next one finishes the work.
BOOST_AUTO_TEST_CASE(killed_before_any_statement_it_is_resumed_by_the_next) {
  for (int fatal = 1, statements = 1; fatal <= statements; ++fatal) {
    statements = die_and_resume(small_catalogue(), fatal);
    BOOST_TEST_CONTEXT("killed before statement " << fatal) {
      BOOST_TEST(database.number("select count(*) from @assay_private@.first") == 1);
      BOOST_TEST(database.number("select count(*) from @assay_private@.applied_table") == 3);
      BOOST_TEST(database.number("select @assay@.answer()") == 41);
    }
  }
}

BOOST_AUTO_TEST_CASE(killed_anywhere_in_the_real_migrations_it_leaves_the_same_database) {
  Migrator(options()).up();
  const std::string whole = shape();
  const int statements = die_and_resume(embedded_catalogue(), 1'000'000);
  BOOST_TEST(statements > 100);
  for (int part = 1; part <= 6; ++part) {
    die_and_resume(embedded_catalogue(), statements * part / 7);
    BOOST_TEST_CONTEXT("killed after " << part << " of 7 parts") BOOST_TEST((shape() == whole));
  }
}

BOOST_AUTO_TEST_SUITE_END()
