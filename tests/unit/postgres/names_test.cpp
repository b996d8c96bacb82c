#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "postgres/catalogue.hpp"
#include "postgres/error.hpp"
#include "postgres/schema.hpp"
#include "postgres/url.hpp"

using namespace assay::postgres;

BOOST_AUTO_TEST_SUITE(schema_names)

BOOST_AUTO_TEST_CASE(fill_the_three_tokens_and_nothing_else) {
  const Schema schema("team_b");
  BOOST_TEST(schema.fill("@assay@.f('@assay_worker@') @assay_private@ @else@ a@b") ==
             "team_b.f('team_b_worker') team_b_private @else@ a@b");
  BOOST_TEST(schema.wake_channel() == "team_b_wake");
}

BOOST_AUTO_TEST_CASE(that_would_need_quotes_are_refused) {
  for (const char* prefix : {"", "A", "1a", "a-b", "a b", "a;drop", "ä"})
    BOOST_CHECK_THROW(Schema{prefix}, std::invalid_argument);
  BOOST_CHECK_THROW(Schema(std::string(41, 'a')), std::invalid_argument);
  BOOST_CHECK_NO_THROW(Schema(std::string(40, 'a')));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(connection_strings)

BOOST_AUTO_TEST_CASE(take_parameters_in_both_forms) {
  BOOST_TEST(with_parameter("postgresql://h/d", "options", "-c a=1") == "postgresql://h/d?options=-c%20a%3D1");
  BOOST_TEST(with_parameter("postgresql:///d?host=/s", "a", "b") == "postgresql:///d?host=/s&a=b");
  BOOST_TEST(with_parameter("host=h dbname=d", "application_name", "assay o'w") ==
             "host=h dbname=d application_name='assay o\\'w'");
}

BOOST_AUTO_TEST_CASE(keep_what_the_user_set) {
  BOOST_TEST(with_parameter("postgresql:///d?connect_timeout=9", "connect_timeout", "5") ==
             "postgresql:///d?connect_timeout=9");
  BOOST_TEST(with_parameter("xconnect_timeout=9", "connect_timeout", "5") == "xconnect_timeout=9 connect_timeout='5'");
}

BOOST_AUTO_TEST_CASE(change_their_database) {
  BOOST_TEST(with_database("postgresql:///postgres?host=/s&user=u", "x") == "postgresql:///x?host=/s&user=u");
  BOOST_TEST(with_database("postgres://u:p@h:5/old", "x") == "postgres://u:p@h:5/x");
  BOOST_TEST(with_database("postgres://h", "x") == "postgres://h/x");
  BOOST_TEST(with_database("host=h dbname=old", "x") == "host=h dbname=old dbname='x'");
}

BOOST_AUTO_TEST_CASE(are_shown_without_their_password) {
  BOOST_TEST(without_password("postgres://u:s3cret@h/d") == "postgres://u:***@h/d");
  BOOST_TEST(without_password("postgres://u@h/d?password=s3cret&x=1") == "postgres://u@h/d?password=***&x=1");
  BOOST_TEST(without_password("host=h password=s3cret user=u") == "host=h password=*** user=u");
  BOOST_TEST(without_password("host=h password='s3 cret' user=u") == "host=h password='***' user=u");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(database_error)

BOOST_AUTO_TEST_CASE(says_what_can_be_done) {
  const std::pair<const char*, ErrorKind> cases[] = {
      {"40001", ErrorKind::retry},    {"40P01", ErrorKind::retry},     {"22021", ErrorKind::bad_data},
      {"22P05", ErrorKind::bad_data}, {"23514", ErrorKind::bad_data},  {"54000", ErrorKind::bad_data},
      {"ZA101", ErrorKind::ours},     {"57P01", ErrorKind::ambiguous}, {"57P03", ErrorKind::outage},
      {"57014", ErrorKind::outage},   {"08006", ErrorKind::outage},    {"25006", ErrorKind::outage},
      {"53300", ErrorKind::outage},   {"55P03", ErrorKind::outage},    {"42883", ErrorKind::fatal},
      {"", ErrorKind::ambiguous}};
  for (const auto& [state, kind] : cases) BOOST_TEST(to_string(kind_of(state)) == to_string(kind), state);
}

BOOST_AUTO_TEST_CASE(takes_the_servers_text_apart_and_keeps_row_values_out_of_it) {
  const DatabaseError error(
      ErrorKind::ours, "ZA001",
      "ERROR:  p_models: is empty\nDETAIL:  Row (secret)\nHINT:  Name a model.\nCONTEXT:  PL/pgSQL function x\nmore");
  BOOST_TEST(error.message() == "p_models: is empty");
  BOOST_TEST(error.hint() == "Name a model.");
  BOOST_TEST(error.detail() == "Row (secret)");
  BOOST_TEST(std::string(error.what()) == "p_models: is empty (Name a model.) [ZA001]");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(migration_files)

BOOST_AUTO_TEST_CASE(are_embedded_in_order) {
  const Catalogue catalogue = embedded_catalogue();
  BOOST_REQUIRE(!catalogue.tables.empty());
  int last = 0;
  for (const SqlFile& table : catalogue.tables) {
    BOOST_TEST(number_of(table) == last + 1);
    last = number_of(table);
    BOOST_CHECK_NO_THROW(runs_before_the_deploy(table));
  }
  BOOST_TEST(catalogue.functions.size() > 10u);
  BOOST_TEST(catalogue.roles.size() == 1u);
}

BOOST_AUTO_TEST_CASE(say_their_number_and_when_they_run) {
  BOOST_TEST(number_of({"0012_x", ""}) == 12);
  BOOST_CHECK_THROW(number_of({"x", ""}), std::invalid_argument);
  BOOST_TEST(!runs_before_the_deploy({"0012_x", "-- after the deploy\nselect 1"}));
  BOOST_CHECK_THROW(runs_before_the_deploy({"0012_x", "select 1"}), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
