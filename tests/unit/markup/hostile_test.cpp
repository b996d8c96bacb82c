#include <boost/test/unit_test.hpp>
#include <string>

#include "json/document.hpp"
#include "markup/html.hpp"
#include "markup/sql.hpp"
#include "markup/xml.hpp"

using namespace assay;
using namespace assay::markup;

namespace {

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

constexpr std::size_t kMegabyte = 1'000'000, kPart = 200'000;

/// Neither pass nor fail: an error with these words.
void expect_limit(const Answer& answer, const std::string& words) {
  BOOST_REQUIRE(!answer.has_value());
  BOOST_TEST(answer.error().find(words) != std::string::npos, answer.error());
}

void expect_fails(const Answer& answer) {
  BOOST_REQUIRE_MESSAGE(answer.has_value(), (answer ? std::string() : answer.error()));
  BOOST_TEST(!answer->holds, answer->found);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_markup)

BOOST_AUTO_TEST_CASE(a_megabyte_of_open_elements_is_no_xml) {
  for (const char* piece :
       {"<a>", "<a>x", "<a b='1'>", "<", "<a", "<a \"", "<!--", "<![CDATA[", "<?x ", "</a>", "<a><b/>", "<!x ["}) {
    const std::string text = repeated(piece, std::string_view(piece) == "<a>" ? kMegabyte : kPart);

    expect_fails(is_xml(text, {}));
    BOOST_TEST(contains_xml(text, {"nothing"}).has_value());
  }
}

BOOST_AUTO_TEST_CASE(deep_xml_is_refused_as_the_original_does) {
  const std::string deep = repeated("<a>", 3 * 5000) + repeated("</a>", 4 * 5000);

  expect_fails(is_xml(deep, {}));
  expect_fails(contains_xml(deep, {}));
}

BOOST_AUTO_TEST_CASE(entities_are_never_expanded) {
  std::string bomb = "<!DOCTYPE a [<!ENTITY x0 \"ha\">";
  for (int n = 1; n < 40; ++n) {
    const std::string before = "&x" + std::to_string(n - 1) + ";";
    bomb += "<!ENTITY x" + std::to_string(n) + " \"" + before + before + "\">";
  }
  bomb += "]><a>&x39;</a>";

  const Answer answer = is_xml(bomb, {});

  expect_fails(answer);
  BOOST_TEST(answer->found.find("internal DTD") != std::string::npos, answer->found);
}

BOOST_AUTO_TEST_CASE(many_candidates_cost_no_more_than_the_text) {
  expect_fails(contains_xml(repeated("<a/>x", kPart), {"b"}));
  expect_fails(contains_xml(repeated("<a><b/><c>", kPart), {"d"}));
}

BOOST_AUTO_TEST_CASE(html_with_too_many_tags_names_the_limit) {
  for (const char* piece : {"<a>", "<div>", "<b><p>", "<table><tr><td>", "<select><svg>", "</p>", "<i><b></i>"}) {
    expect_limit(is_html(repeated(piece, kMegabyte)), "20000 tags");
  }
  expect_limit(is_html("<a " + repeated("b=c ", 100'000) + ">"), "thousands of attributes");
}

BOOST_AUTO_TEST_CASE(html_that_grows_while_it_is_read_names_the_limit) {
  std::string text = "<p>";
  for (int n = 0; n < 6000; ++n) text += "<b c" + std::to_string(n) + ">";
  for (int n = 0; n < 6000; ++n) text += "</p><p>x";

  expect_limit(is_html(text), "128 MiB");
}

BOOST_AUTO_TEST_CASE(deep_html_is_read_without_recursion) {
  BOOST_TEST(is_html(repeated("<div>", 5 * 19'000)).has_value());
  BOOST_TEST(is_html("<p>" + std::string(5 * kMegabyte, 'x') + "</p>")->holds);
}

BOOST_AUTO_TEST_CASE(signs_of_html_are_counted_in_one_pass_each) {
  for (const char* piece : {"<", "<a ", "&", "&a", "<!--", "<!-- -", " a=", "<a/", "</a ", "\xE2\x80\x83", " a= "}) {
    BOOST_TEST(contains_html(repeated(piece, kPart)).has_value(), piece);
  }
  BOOST_TEST(!contains_html("<p></p>" + std::string(max_html_units, ' '))->holds);
}

BOOST_AUTO_TEST_CASE(deep_and_long_sql_names_its_limit) {
  const SqlOptions options;

  expect_limit(is_sql("SELECT " + repeated("(", kMegabyte), options), "SQL");
  expect_limit(is_sql("SELECT " + repeated("(", 100'000), options), "150 levels");
  expect_limit(is_sql("SELECT a" + repeated(" LIKE a", 100'000), options), "150 levels");
  BOOST_TEST(is_sql("SELECT " + repeated("+", 100'000) + "1", options)->holds);
  BOOST_TEST(is_sql("SELECT " + repeated("(", 140) + "1" + repeated(")", 140), options)->holds);
  expect_limit(is_sql("SELECT " + repeated("NOT (", 10'000), options), "150 levels");
  expect_limit(is_sql(repeated("(SELECT ", 10'000), options), "150 levels");
  expect_limit(is_sql("SELECT " + repeated("f(", 10'000), options), "150 levels");
  expect_limit(is_sql("SELECT " + repeated("CASE WHEN ", 10'000), options), "150 levels");
  expect_limit(is_sql("SELECT 1" + repeated(",a", 500'000), options), "200000 words");
  expect_limit(is_sql(std::string(2 * kMegabyte, 'x'), options), "1 MiB");
}

BOOST_AUTO_TEST_CASE(sql_that_could_be_read_in_many_ways_takes_bounded_steps) {
  const SqlOptions options;
  for (const std::string& text :
       {repeated("((a,", 4 * 140), "SELECT " + repeated("INTERVAL (", 10 * 100), "SELECT " + repeated("TRIM(", 5 * 100),
        "SELECT * FROM " + repeated("((", 2 * 60), "SELECT " + repeated("a IN (", 6 * 100),
        "SELECT * FROM " + repeated("f(a) JOIN (", 11 * 60)}) {
    const Answer answer = is_sql(text, options);

    BOOST_TEST((!answer.has_value() || !answer->holds), text.substr(0, 40));
  }
}

BOOST_AUTO_TEST_CASE(any_bytes_are_text) {
  const SqlOptions options;
  for (const std::string& text :
       {std::string("\0\xFF<a>\xC3</a>", 9), std::string("\xEF\xBB\xBF<a/>"), std::string("\xED\xA0\x80")}) {
    BOOST_TEST(is_xml(text, {}).has_value());
    BOOST_TEST(contains_xml(text, {}).has_value());
    BOOST_TEST(is_html(text).has_value());
    BOOST_TEST(contains_html(text).has_value());
    BOOST_TEST(is_sql(text, options).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()
