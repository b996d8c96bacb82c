#include <boost/test/unit_test.hpp>
#include <string>

#include "json/document.hpp"
#include "markup/html.hpp"
#include "markup/sql.hpp"
#include "markup/xml.hpp"

using namespace assay;
using namespace assay::markup;

namespace {

json::Document parsed(std::string_view text) {
  auto document = json::parse(text);
  BOOST_REQUIRE_MESSAGE(document.has_value(), text);
  return std::move(*document);
}

SqlOptions options(std::string_view text) {
  const auto document = parsed(text);
  auto read = read_sql_options(document.root());
  BOOST_REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error()));
  return std::move(*read);
}

std::string refusal(std::string_view text) {
  const auto document = parsed(text);
  const auto read = read_sql_options(document.root());
  return read ? "" : read.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xml_checks)

BOOST_AUTO_TEST_CASE(tell_where_the_text_stops_being_xml) {
  const Answer answer = is_xml("<a><b></a>", {});

  BOOST_TEST(!answer->holds);
  BOOST_TEST((answer->at == 8u), answer->found);
}

BOOST_AUTO_TEST_CASE(tell_which_elements_are_missing) {
  const Answer answer = is_xml("<a><b>1</b><b k='2'/></a>", {"a.b.1.@_k", "a.c", "a.b.2"});

  BOOST_TEST(!answer->holds);
  BOOST_TEST(answer->found == "XML without a.c, a.b.2");
}

BOOST_AUTO_TEST_CASE(tell_where_xml_begins_in_a_text) {
  const Answer answer = contains_xml("So: <a><b/></a>.", {"a.b"});

  BOOST_TEST(answer->holds);
  BOOST_TEST((answer->at == 4u));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(html_checks)

BOOST_AUTO_TEST_CASE(read_noscript_and_forms_as_a_browser_does) {
  BOOST_TEST(is_html("<noscript>x</noscript>")->holds);
  BOOST_TEST(!is_html("<noframes>x</noframes>")->holds);
  BOOST_TEST(is_html("<form>x</form>")->holds);
  BOOST_TEST(!is_html("<form>x</form>y")->holds);
  BOOST_TEST(is_html("<!-- </form> --><p>x</p>")->holds);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(sql_checks)

BOOST_AUTO_TEST_CASE(tell_where_a_statement_goes_wrong) {
  const Answer answer = is_sql("SELECT id FROM users WHERE AND a = 1", {});

  BOOST_TEST(!answer->holds);
  BOOST_TEST((answer->at == 27u), answer->found);
}

BOOST_AUTO_TEST_CASE(tell_what_is_not_allowed) {
  const SqlOptions only_users = options(R"({"allowedTables": ["select::.*::users"]})");

  BOOST_TEST(is_sql("SELECT id FROM users", only_users)->holds);
  BOOST_TEST(is_sql("SELECT id FROM USERS", only_users)->holds);
  const Answer answer = is_sql("SELECT id FROM users, secrets", only_users);
  BOOST_TEST(!answer->holds);
  BOOST_TEST(answer->found.find("select::null::secrets") != std::string::npos, answer->found);
  BOOST_TEST(!is_sql("SELECT id FROM users; DROP TABLE users", only_users)->holds);
  BOOST_TEST(!is_sql("SELECT id FROM users WHERE id IN (SELECT id FROM secrets)", only_users)->holds);
  BOOST_TEST(!is_sql("SELECT id FROM users UNION SELECT id FROM secrets", only_users)->holds);
  BOOST_TEST(!is_sql("DELETE FROM users", only_users)->holds);
}

BOOST_AUTO_TEST_CASE(take_columns_by_table_alias_or_name_alone) {
  const SqlOptions columns = options(R"({"allowedColumns": ["select::users::id"]})");

  BOOST_TEST(is_sql("SELECT u.id FROM users u", columns)->holds);
  BOOST_TEST(is_sql("SELECT id FROM users", columns)->holds);
  BOOST_TEST(!is_sql("SELECT u.password FROM users u", columns)->holds);
  BOOST_TEST(!is_sql("SELECT * FROM users", columns)->holds);
}

BOOST_AUTO_TEST_CASE(refuse_values_that_cannot_be_used) {
  BOOST_TEST(refusal(R"("mysql")") == "is-sql takes an object, or no value");
  BOOST_TEST(refusal(R"({"allowedTables": "users"})") == "is-sql: allowedTables must be a list");
  BOOST_TEST(refusal(R"({"allowedTables": ["("]})").starts_with("is-sql: allowedTables: "));
  BOOST_TEST(refusal(R"({"databaseType": 5})") == "is-sql: databaseType must be text");
  BOOST_TEST(refusal("null") == "");
}

BOOST_AUTO_TEST_CASE(know_other_databases_by_a_wider_grammar) {
  BOOST_TEST(is_sql("SELECT TOP 5 [a b] FROM [dbo].[t]", options(R"({"databaseType": "TransactSQL"})"))->holds);
  BOOST_TEST(
      is_sql("SELECT a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1", options(R"({"databaseType": "BigQuery"})"))
          ->holds);
  BOOST_TEST(!is_sql("SELECT FROM t", options(R"({"databaseType": "BigQuery"})"))->holds);
  BOOST_TEST(!is_sql("SELECT 1", options(R"({"databaseType": "Nope"})"))->holds);
}

BOOST_AUTO_TEST_SUITE_END()
