#include "postgres/connection.hpp"

#include <boost/test/unit_test.hpp>
#include <thread>

#include "postgres/statements.hpp"
#include "tests/support/postgres_proxy.hpp"
#include "tests/support/test_database.hpp"

using namespace assay;
using namespace assay::postgres;
using testing::TestDatabase;

namespace {

struct Connected {
  TestDatabase database{TestDatabase::Contents::empty};
  Connection::Options options() const {
    Connection::Options made;
    made.url = database.url();
    made.application_name = "assay test";
    return made;
  }
  Connection connection{options()};
};

ErrorKind kind_of_failure(const std::function<void()>& work) {
  try {
    work();
  } catch (const DatabaseError& error) {
    return error.kind();
  }
  BOOST_ERROR("it did not fail");
  return ErrorKind::fatal;
}

Parameters text_array(std::initializer_list<std::string_view> values) {
  BinaryArray array(BinaryArray::Type::text);
  for (const std::string_view value : values) array.bytes(value);
  Parameters parameters;
  parameters.array(std::move(array));
  return parameters;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(connection, Connected)

BOOST_AUTO_TEST_CASE(carries_every_kind_of_array_there_and_back) {
  BinaryArray flags(BinaryArray::Type::boolean), small(BinaryArray::Type::int2), medium(BinaryArray::Type::int4),
      large(BinaryArray::Type::int8), real(BinaryArray::Type::float8), text(BinaryArray::Type::text),
      raw(BinaryArray::Type::bytea), json(BinaryArray::Type::jsonb), none(BinaryArray::Type::int8);
  flags.boolean(true), flags.null();
  small.int2(-7), small.null();
  medium.int4(INT32_MIN), medium.null();
  large.int8(INT64_MIN), large.null();
  real.float8(-0.1), real.null();
  text.bytes("é \"q\" \\ {} NULL"), text.bytes(""), text.null();
  raw.bytes(std::string("\0\xff", 2)), raw.null();
  json.jsonb(R"({"a": [1]})"), json.null();
  Parameters parameters;
  for (BinaryArray* array : {&flags, &small, &medium, &large, &real, &text, &raw, &json, &none})
    parameters.array(std::move(*array));

  const Rows rows = connection.call(
      "select $1::boolean[], $2::smallint[], $3::int[], $4::bigint[], $5::float8[], $6::text[], $7::bytea[], "
      "$8::jsonb[], $9::bigint[]",
      parameters);

  BOOST_TEST(rows.text(0, 0) == "{t,NULL}");
  BOOST_TEST(rows.text(0, 1) == "{-7,NULL}");
  BOOST_TEST(rows.text(0, 2) == "{-2147483648,NULL}");
  BOOST_TEST(rows.text(0, 3) == "{-9223372036854775808,NULL}");
  BOOST_TEST(rows.text(0, 4) == "{-0.1,NULL}");
  const auto texts = parse_array(rows.text(0, 5));
  BOOST_TEST((texts == std::vector<std::optional<std::string>>{"é \"q\" \\ {} NULL", "", std::nullopt}));
  BOOST_TEST(rows.text(0, 6) == R"({"\\x00ff",NULL})");
  BOOST_TEST((parse_array(rows.text(0, 7)) == std::vector<std::optional<std::string>>{R"({"a": [1]})", std::nullopt}));
  BOOST_TEST(rows.text(0, 8) == "{}");
}

BOOST_AUTO_TEST_CASE(carries_single_values_the_empty_text_included) {
  Parameters parameters;
  parameters.text("").text("é").boolean(true).int4(-1).int8(INT64_MAX);
  const Rows rows = connection.call("select $1::text, $2::text, $3::boolean, $4::int, $5::bigint", parameters);
  BOOST_TEST(rows.at(0, 0).has_value());
  BOOST_TEST(rows.text(0, 0) == "");
  BOOST_TEST(rows.text(0, 1) == "é");
  BOOST_TEST(rows.flag(0, 2));
  BOOST_TEST(rows.number(0, 3) == -1);
  BOOST_TEST(rows.number(0, 4) == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(never_cuts_a_text_at_its_nul) {
  const auto send = [&](const Parameters& parameters) { connection.call("select $1::text[]", parameters); };
  BOOST_TEST((kind_of_failure([&] { send(text_array({std::string_view("a\0b", 3)})); }) == ErrorKind::bad_data));
  BOOST_TEST((kind_of_failure([&] { send(text_array({"\xc3("})); }) == ErrorKind::bad_data));
  Parameters plain;
  plain.text(std::string_view("a\0b", 3));
  BOOST_TEST((kind_of_failure([&] { connection.call("select $1::text", plain); }) == ErrorKind::bad_data));
  BOOST_TEST(connection.open());
}

BOOST_AUTO_TEST_CASE(sets_its_guards_and_its_name) {
  const Rows rows = connection.run(
      "select current_setting('statement_timeout'), current_setting('lock_timeout'), "
      "current_setting('idle_in_transaction_session_timeout'), current_setting('application_name')");
  BOOST_TEST(rows.text(0, 0) == "30s");
  BOOST_TEST(rows.text(0, 1) == "5s");
  BOOST_TEST(rows.text(0, 2) == "5s");
  BOOST_TEST(rows.text(0, 3) == "assay test");
  BOOST_TEST(!connection.pooled());
}

BOOST_AUTO_TEST_CASE(survives_a_statement_that_takes_too_long) {
  Connection::Options quick = options();
  quick.statement_timeout = std::chrono::milliseconds(50);
  Connection impatient(quick);
  BOOST_TEST((kind_of_failure([&] { impatient.run("select pg_sleep(60)"); }) == ErrorKind::outage));
  BOOST_TEST(impatient.open());
  BOOST_TEST(impatient.run("select 7").number(0, 0) == 7);
}

BOOST_AUTO_TEST_CASE(gives_up_on_a_lock) {
  database.run("create table t (id int)");
  Connection::Options quick = options();
  quick.lock_timeout = std::chrono::milliseconds(50);
  Connection impatient(quick);
  connection.run("begin; lock table t");
  BOOST_TEST((kind_of_failure([&] { impatient.run("insert into t values (1)"); }) == ErrorKind::outage));
  connection.run("rollback");
}

BOOST_AUTO_TEST_CASE(can_be_cancelled_from_another_thread) {
  std::thread other([&] {
    while (database.number(
               "select count(*) from pg_stat_activity where query = 'select pg_sleep(61)' and state = 'active'") == 0) {
    }
    connection.cancel();
  });
  BOOST_TEST((kind_of_failure([&] { connection.run("select pg_sleep(61)"); }) == ErrorKind::outage));
  other.join();
}

BOOST_AUTO_TEST_CASE(does_not_know_what_became_of_a_statement_whose_server_was_killed) {
  std::thread other([&] {
    while (database.number(
               "select count(*) from pg_stat_activity where query = 'select pg_sleep(62)' and state = 'active'") == 0) {
    }
    database.terminate("assay test");
  });
  BOOST_TEST((kind_of_failure([&] { connection.run("select pg_sleep(62)"); }) == ErrorKind::ambiguous));
  other.join();
  BOOST_TEST(!connection.open());
  BOOST_TEST((kind_of_failure([&] { connection.run("select 1"); }) == ErrorKind::outage));
}

BOOST_AUTO_TEST_CASE(notices_while_idle_that_the_server_hung_up) {
  BOOST_TEST(!connection.hung_up());
  database.terminate("assay test");
  while (database.number("select count(*) from pg_stat_activity where application_name = 'assay test'") > 0) {
  }
  while (!connection.hung_up()) {
  }
  BOOST_TEST(!connection.open());
}

BOOST_AUTO_TEST_CASE(calls_a_deadlock_a_reason_to_try_again) {
  database.run("create table t (id int primary key, n int); insert into t values (1, 0), (2, 0)");
  Connection other(options());
  connection.run("begin; update t set n = 1 where id = 1");
  other.run("begin; update t set n = 1 where id = 2");
  std::optional<ErrorKind> first, second;
  std::thread thread([&] {
    try {
      other.run("update t set n = 2 where id = 1");
    } catch (const DatabaseError& error) {
      second = error.kind();
    }
  });
  try {
    connection.run("update t set n = 2 where id = 2");
  } catch (const DatabaseError& error) {
    first = error.kind();
    connection.run("rollback");
  }
  if (!first) connection.run("rollback");
  thread.join();
  BOOST_TEST((first.has_value() != second.has_value()));
  BOOST_TEST(
      (first.value_or(ErrorKind::retry) == ErrorKind::retry && second.value_or(ErrorKind::retry) == ErrorKind::retry));
}

BOOST_AUTO_TEST_CASE(says_outage_when_nobody_answers) {
  Connection::Options nowhere = options();
  nowhere.url = "postgresql:///x?host=/nonexistent";
  BOOST_TEST((kind_of_failure([&] { Connection attempt(nowhere); }) == ErrorKind::outage));
}

BOOST_AUTO_TEST_CASE(looks_for_a_server_that_takes_writes) {
  database.run("alter database " + database.name() + " set default_transaction_read_only = on");
  BOOST_TEST((kind_of_failure([&] { Connection attempt(options()); }) == ErrorKind::outage));
}

BOOST_AUTO_TEST_CASE(guards_each_statement_itself_behind_a_pooler_that_refuses_options) {
  testing::PostgresProxy proxy(database.url());
  proxy.refuse_options();
  Connection::Options pooled = options();
  pooled.url = proxy.url();
  pooled.statement_timeout = std::chrono::milliseconds(150);
  Connection through(pooled);

  BOOST_TEST(through.pooled());
  BOOST_TEST(through.call("select current_setting('statement_timeout')", {}).text(0, 0) == "150ms");
  BOOST_TEST((kind_of_failure([&] { through.call("select pg_sleep(60)", {}); }) == ErrorKind::outage));
  BOOST_TEST(through.call("select current_setting('lock_timeout')", {}).text(0, 0) == "5s");
  BOOST_TEST(through.run("select current_setting('statement_timeout')").text(0, 0) == "0");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(statement_catalogue)

BOOST_AUTO_TEST_CASE(fits_the_migrated_database) {
  TestDatabase database;
  const Statements statements(database.schema());
  BOOST_TEST(statements.all().size() == 12u);
  for (const Statements::Named& statement : statements.all()) {
    // Parsing it finds the function with these argument types, or fails.
    BOOST_CHECK_NO_THROW(database.run("prepare tried as " + statement.text + "; deallocate tried"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
